import { sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Database, Queryable } from '../connect.js';

/** Letters to customers about an incident that may say what another one has to say as well. */
const JOINABLE = ['playbookNotice', 'incidentUpdate', 'incidentResolved'];

/**
 * Sees to it that no customer hears of one order from two incidents within an hour, and that what belongs to a parent
 * incident is told by the parent alone. Called before the notices of a step are claimed. Of each of its letters to
 * customers that have not gone out:
 *
 * - a child's is `joined` to the letter that its parent, or another child, has for the same customer;
 * - one whose order's customer was written to within the hour by another incident waits until the hour is over;
 * - any other takes along what other incidents have queued for the same customer and order: those are `joined` to it.
 *
 * It is decided where the letter leaves and not where it is written: a record step reads and writes in two round trips,
 * and two incidents would not see each other. Here both wait for the same customer's lock. Where people are in danger
 * nothing is held back. Answers when the first of those that wait may go, or null.
 */
export function holdBack(db: Database, step: string, now: Instant): Promise<Instant | null> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<{ recipient: string }>(sql`
      select distinct recipient from notices
      where step = ${step} and state = 'queued' and recipient like 'customer:%'
        and template = any(${sql.param(JOINABLE)}::text[])
      order by recipient`);
    // In one order, so that no two steps wait for each other.
    for (const { recipient } of rows) {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('told'), hashtext(${recipient}))`);
    }
    return rows.length === 0 ? null : decide(tx, step, now);
  });
}

async function decide(tx: Queryable, step: string, now: Instant): Promise<Instant | null> {
  await tx.execute(joinFamily(step));
  await tx.execute(waitAnHour(step, now));
  await tx.execute(takeAlong(step, now));
  const { rows } = await tx.execute<{ until: Instant | null }>(sql`
    select min(facts ->> 'heldUntil') until from notices
    where step = ${step} and state = 'queued' and (facts ->> 'heldUntil')::timestamptz > ${now}`);
  return rows[0]?.until ?? null;
}

/** Letters of the step that are still to go; `danger`: of an incident with people in danger. */
const mine = (step: string) => sql`
  select n.key, n.recipient, n.incident_number, n.facts, i.parent,
    coalesce((i.facts ->> 'peopleInDanger')::boolean, false) danger
  from notices n join incidents i on i.number = n.incident_number
  where n.step = ${step} and n.state = 'queued' and n.recipient like 'customer:%' and ${joinable(sql`n`)}`;

const joinable = (table: ReturnType<typeof sql>) =>
  sql`${table}.template = any(${sql.param(JOINABLE)}::text[])`;

/** Letters of other incidents to the same customer of the same order, found by the orders that incidents share. */
const others = sql`
  select distinct m.key mine, o.key, o.state, o.sent_at, o.facts, m.danger
  from mine m
  cross join lateral jsonb_array_elements_text(coalesce(m.facts -> 'orders', '[]')) x(number)
  join incident_orders io on io.order_number = x.number and io.incident <> m.incident_number
  join notices o on o.incident_number = io.incident and o.recipient = m.recipient and ${joinable(sql`o`)}
    and (o.facts -> 'orders') ? x.number`;

const joinFamily = (step: string) => sql`
  with mine as (${mine(step)}), family as (
    select m.key, (
      select f.key from incidents fi
      join notices f on f.incident_number = fi.number and f.recipient = m.recipient and ${joinable(sql`f`)}
      where (fi.number = m.parent or (fi.parent = m.parent and fi.number <> m.incident_number))
        and f.state in ('queued', 'sending', 'sent', 'delivered', 'read')
      order by fi.number = m.parent desc, f.created_at desc limit 1) told
    from mine m where m.parent is not null and not m.danger and not m.facts ? 'joined'
  )
  update notices n set state = 'joined', joined_to = family.told
  from family where n.key = family.key and family.told is not null`;

const waitAnHour = (step: string, now: Instant) => sql`
  with mine as (${mine(step)}), others as (${others}), told as (
    select mine, max(coalesce(sent_at, ${now}::timestamptz)) at from others
    where state in ('sending', 'sent', 'delivered', 'read') and not danger
    group by mine
  )
  update notices n
  set facts = n.facts || jsonb_build_object('heldUntil',
    to_char((told.at + interval '1 hour') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
  from told where n.key = told.mine and told.at + interval '1 hour' > ${now}::timestamptz`;

const takeAlong = (step: string, now: Instant) => sql`
  with mine as (${mine(step)}), others as (${others}), along as (
    select distinct on (o.key) o.key, o.mine from others o
    join notices m on m.key = o.mine
    where o.state = 'queued' and not coalesce((m.facts ->> 'heldUntil')::timestamptz > ${now}, false)
      and not coalesce((o.facts ->> 'heldUntil')::timestamptz > ${now}, false)
    order by o.key, o.mine
  ), joined as (
    update notices n set state = 'joined', joined_to = along.mine
    from along where n.key = along.key
    returning n.key, n.joined_to, n.facts
  )
  update notices n
  set facts = n.facts || jsonb_build_object('joined', coalesce(n.facts -> 'joined', '[]') || (
    -- With it comes what it had taken along itself.
    select jsonb_agg(k.key) from joined j
    cross join lateral (select j.key
      union all select jsonb_array_elements_text(coalesce(j.facts -> 'joined', '[]'))) k(key)
    where j.joined_to = n.key))
  from (select distinct joined_to from joined) carrier where n.key = carrier.joined_to`;
