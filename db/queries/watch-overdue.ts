import { sql } from 'drizzle-orm';
import type { Words } from '../../domain/playbooks/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';

/** A planned instant that has passed and that no workflow has settled. */
export interface OverdueInstant {
  deadline: string;
  /** Kind of the deadline: `evaluation`. */
  kind: string;
  /** What an incident is about, by its playbook's name; null for everything else, whose number says it. */
  about: Words | null;
  instant: 'warning' | 'breach' | 'rung';
  index: number;
  at: Instant;
}

/** The order `o`, the incident `inc` or what is chased, `c`, that a row of deadlines or notices belongs to. */
export const joinProcesses = (row: 'd' | 'n') => {
  const of = (column: string) => sql.raw(`${row}.${column}`);
  return sql`
    left join orders o on o.number = ${of('order_number')}
    left join incidents inc on inc.number = ${of('incident_number')}
    left join chases c on c.number = ${of('chase_number')}`;
};

/** When that has ended; null while it has not. */
export const endedSql = sql`coalesce(o.ended_at, inc.ended_at, c.ended_at)`;

/**
 * What makes an instant `i` of a deadline `d` overdue before a moment: still planned, its deadline still running, what
 * it belongs to not ended. A deadline that was met or withdrawn leaves no planned instant; the check is a second one. An
 * order that was entered late has instants that passed before there was anybody to fire them: they count from its entry.
 */
export const overdueSql = (before: Instant) => sql`
  deadline_instants i
  join deadlines d on d.id = i.deadline_id and d.state in ('open', 'breached') and d.met_at is null
  ${joinProcesses('d')}
  where i.state = 'planned' and i.at < ${before} and ${endedSql} is null
    and coalesce(o.created_at, inc.created_at, c.created_at, '-infinity') < ${before}`;

/**
 * Takes every instant overdue before `before` that ops have not heard of, and marks it as reported at `at`. Each is
 * given to one caller, once, for ever: call it in the transaction that writes the notice. One that a workflow is
 * settling at this moment is left alone.
 */
export async function claimOverdue(db: Queryable, before: Instant, at: Instant): Promise<OverdueInstant[]> {
  const claimed = await db.execute<Record<string, unknown> & OverdueInstant>(sql`
    with overdue as (
      select i.deadline_id, i.kind, i.index, d.kind deadline_kind,
        inc.type, inc.playbook_revision revision
      from ${overdueSql(before)} and i.reported_at is null
      for update of i skip locked
    )
    update deadline_instants i set reported_at = ${at}
    from overdue left join playbooks p on p.type = overdue.type and p.revision = overdue.revision
    where i.deadline_id = overdue.deadline_id and i.kind = overdue.kind and i.index = overdue.index
    returning i.deadline_id deadline, overdue.deadline_kind kind, p.playbook -> 'name' about, i.kind instant,
      i.index, i.at`);
  return claimed.rows
    .map((row) => ({ ...row, at: new Date(row.at).toISOString() }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.deadline < b.deadline ? -1 : 1));
}

/** The steps of the watchman's own notices that have not gone out, oldest first. */
export async function findUnsentAlarms(db: Queryable): Promise<string[]> {
  const unsent = await db.execute<{ step: string }>(sql`
    select step from notices
    where template = 'watchmanAlarm' and recipient = 'ops' and state in ('queued', 'sending')
    group by step order by min(created_at)`);
  return unsent.rows.map(({ step }) => step);
}

/** Whether ops were told something after `since`. */
export async function hasAlarmSince(db: Queryable, since: Instant): Promise<boolean> {
  const found = await db.execute<{ told: boolean }>(sql`
    select exists (select from notices where template = 'watchmanAlarm' and created_at > ${since}) told`);
  return found.rows[0]?.told === true;
}
