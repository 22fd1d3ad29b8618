import { sql } from 'drizzle-orm';
import type { OrderClass, OrderPhase } from '../../domain/order/shape.js';
import type { Queryable } from '../connect.js';

/** An open order as an incident reaches it: what it was asked before, and by which of the incident's steps it is held. */
export interface ReachedOrder {
  number: string;
  class: OrderClass;
  phase: OrderPhase;
  /** Keys of the commands that the incident has given it: `link/SO-…`, `hold/<step>/SO-…`. */
  asked: string[];
  /** Steps of the incident that held it, released or not. */
  heldBy: string[];
  /** How many holds it has had. */
  holds: number;
}

/** The open ones of `numbers`; with `customers` every open order of their customers. One query. */
export async function findReachedOrders(
  db: Queryable,
  asked: { incident: string; numbers: readonly string[]; scope: 'affected' | 'customers' },
): Promise<ReachedOrder[]> {
  const { incident, numbers, scope } = asked;
  if (numbers.length === 0) return [];
  const named = sql`${sql.param([...numbers])}::text[]`;
  const meant =
    scope === 'affected'
      ? sql`o.number = any(${named})`
      : sql`o.customer_id in (select customer_id from orders where number = any(${named}))`;
  const found = await db.execute<ReachedOrder & Record<string, unknown>>(sql`
    select o.number, o.class, o.phase,
      (select coalesce(jsonb_agg(c.key), '[]') from commands c
        where c.target = 'order/' || o.number and c.credential_id = ${`incident/${incident}`}) asked,
      (select coalesce(jsonb_agg(h.step), '[]') from holds h
        where h.order_number = o.number and h.incident_number = ${incident}) "heldBy",
      (select count(*)::int from holds h where h.order_number = o.number) holds
    from orders o where o.ended_at is null and ${meant}
    order by o.number`);
  return found.rows;
}

/** An order that an incident, or one of its steps, holds or has asked to be held. */
export interface HeldOrder {
  number: string;
  class: OrderClass;
  /** Open holds of the incident, by their ids; none while the asking is on its way. */
  ids: string[];
}

/** What is to be released: the open holds of an incident, of one of its steps or of all, and those still on their way. */
export async function findHeldOrders(
  db: Queryable,
  { incident, step }: { incident: string; step?: string | undefined },
): Promise<HeldOrder[]> {
  const ofStep = (column: ReturnType<typeof sql>) =>
    step === undefined ? sql`` : sql`and ${column} = ${step}`;
  const found = await db.execute<HeldOrder & Record<string, unknown>>(sql`
    with open as (
      select h.order_number number, h.id from holds h
      where h.incident_number = ${incident} and h.released_at is null ${ofStep(sql`h.step`)}
    ), coming as (
      select substr(c.target, length('order/') + 1) number from commands c
      where c.credential_id = ${`incident/${incident}`} and c.key like 'hold/%' and c.state = 'pending'
        ${ofStep(sql`c.payload ->> 'step'`)}
    )
    select o.number, o.class,
      (select coalesce(jsonb_agg(open.id), '[]') from open where open.number = o.number) ids
    from orders o
    where o.ended_at is null and (o.number in (select number from open) or o.number in (select number from coming))
    order by o.number`);
  return found.rows;
}
