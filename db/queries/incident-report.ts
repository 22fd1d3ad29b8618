import type { Playbook, Severity } from '../../domain/playbooks/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Database } from '../connect.js';

export interface ReportAsked {
  from: Instant;
  to: Instant;
  type?: string | undefined;
}

/** One group of incidents: all of them, those of a type, of a type and cause, or of a level. */
export interface ReportRow {
  of: 'total' | 'type' | 'cause' | 'level';
  type: string | null;
  cause: string | null;
  severity: Severity | null;
  count: number;
  open: number;
  false_alarms: number;
  routine: number;
  recurrences: number;
  breaches: number;
  /** Median and 90th percentile, in seconds from the report: acknowledged, confirmed, mitigated, resolved. */
  acknowledge: number[] | null;
  confirm: number[] | null;
  mitigate: number[] | null;
  resolve: number[] | null;
}

const spanOf = (column: string) =>
  `percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from ${column} - reported_at))`;

const reportSql = `
with of as (
  select i.type, i.root_cause ->> 'category' cause, i.severity, i.phase, i.ended_at, i.recurrence_of, i.reported_at,
    i.acknowledged_at, i.confirmed_at, i.mitigated_at, i.resolved_at,
    (select count(*) from deadlines d where d.incident_number = i.number and d.state = 'breached') breaches
  from incidents i
  where not i.drill and i.reported_at >= $1 and i.reported_at < $2 and ($3::text is null or i.type = $3)
)
select case grouping(type, cause, severity) when 7 then 'total' when 3 then 'type' when 1 then 'cause' else 'level' end "of",
  type, cause, severity, count(*)::int count,
  count(*) filter (where ended_at is null)::int open,
  count(*) filter (where phase = 'falseAlarm')::int false_alarms,
  count(*) filter (where phase = 'routine')::int routine,
  count(recurrence_of)::int recurrences,
  coalesce(sum(breaches), 0)::int breaches,
  ${spanOf('acknowledged_at')} acknowledge, ${spanOf('confirmed_at')} confirm,
  ${spanOf('mitigated_at')} mitigate, ${spanOf('resolved_at')} resolve
from of
group by grouping sets ((), (type), (type, cause), (severity))
having grouping(cause) = 1 or cause is not null
order by 1, count(*) desc, type, cause, severity`;

/** Incidents that were reported in a time, drills left out, in groups; each is one row of one query. */
export async function readIncidentReport(
  db: Database,
  { from, to, type }: ReportAsked,
): Promise<ReportRow[]> {
  const { rows } = await db.$client.query<ReportRow>({
    name: 'incident-report',
    text: reportSql,
    values: [from, to, type ?? null],
  });
  return rows;
}

/** Action items by where they stand at an instant. */
export async function countActionItemStates(db: Database, at: Instant, type?: string) {
  const { rows } = await db.$client.query<{
    open: number;
    done: number;
    closed: number;
    overdue: number;
  }>({
    name: 'action-item-states',
    text: `
select count(*) filter (where a.state = 'open')::int open, count(*) filter (where a.state = 'done')::int done,
  count(*) filter (where a.state = 'closed')::int closed,
  count(*) filter (where a.state <> 'closed' and a.due_at < $1)::int overdue
from action_items a join incidents i on i.number = a.incident_number
where not i.drill and ($2::text is null or i.type = $2)`,
    values: [at, type ?? null],
  });
  return rows[0] ?? { open: 0, done: 0, closed: 0, overdue: 0 };
}

/** What each type is called, with its causes: of the newest revision that was in force. */
export async function findTypeWords(
  db: Database,
  types: readonly string[],
): Promise<Map<string, Pick<Playbook, 'name' | 'causes'>>> {
  const { rows } = await db.$client.query<{
    type: string;
    name: Playbook['name'];
    causes: Playbook['causes'];
  }>({
    name: 'type-words',
    text: `
select distinct on (type) type, playbook -> 'name' name, playbook -> 'causes' causes from playbooks
where type = any($1) order by type, published_at is not null desc, revision desc`,
    values: [types],
  });
  return new Map(rows.map(({ type, ...words }) => [type, words]));
}
