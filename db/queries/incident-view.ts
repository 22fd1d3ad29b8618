import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { IncidentPhase } from '../../domain/incident/shape.js';
import type { Grade, OrderClass, OrderPhase } from '../../domain/order/shape.js';
import type { StepState } from '../../domain/playbooks/run/shape.js';
import type { Severity, Words } from '../../domain/playbooks/shape.js';
import type { Queryable } from '../connect.js';
import { incidents, playbooks } from '../schema/index.js';
import { type IncidentScope, reportedBy } from './incident-list.js';

/** So many affected orders are shown, the most urgent first; the rest are counted. */
const SHOWN_ORDERS = 200;
const SHOWN_REPORTS = 50;

export interface StepRow {
  key: string;
  state: Exclude<StepState, 'waiting'>;
  outcome: string | null;
  said: Words | null;
  openedAt: string;
  settledAt: string | null;
  by: string | null;
}

export interface StepTaskRow {
  id: string;
  step: string | null;
  state: 'open' | 'done' | 'withdrawn';
  assigneeId: string | null;
  dueAt: string | null;
}

interface DeadlineRow {
  id: string;
  kind: string;
  round: number;
  dueAt: string;
  provisional: boolean;
  state: 'open' | 'met' | 'breached' | 'withdrawn';
  metAt: string | null;
}

interface AffectedRow {
  number: string;
  because: string;
  class: OrderClass;
  grade: Grade;
  phase: OrderPhase;
  customer: { id: string; name: string };
}

interface ReportRow {
  by: string;
  source: string;
  summary: string;
  at: string;
}

interface ChildRow {
  number: string;
  type: string;
  phase: IncidentPhase;
  severity: Severity;
}

const listOf = <Row>(select: SQL) => sql<Row[]>`(select coalesce(json_agg(x), '[]') from (${select}) x)`;
const number = incidents.number;

const parts = {
  deadlines: listOf<DeadlineRow>(sql`select d.id, d.kind, d.round, d.due_at "dueAt", d.provisional, d.state,
    d.met_at "metAt" from deadlines d where d.incident_number = ${number} order by d.due_at, d.id`),
  steps: listOf<StepRow>(sql`select s.key, s.state, s.outcome, s.said, s.opened_at "openedAt",
    s.settled_at "settledAt", s.by from incident_steps s where s.incident = ${number}`),
  tasks: listOf<StepTaskRow>(sql`select t.id, t.facts ->> 'step' step, t.state, t.assignee_id "assigneeId",
    t.due_at "dueAt" from tasks t where t.incident_number = ${number} order by t.opened_at, t.id`),
  affected: listOf<AffectedRow>(sql`select o.number, l.because, o.class, o.grade, o.phase,
      json_build_object('id', c.id, 'name', c.name) customer
    from incident_orders l join orders o on o.number = l.order_number join customers c on c.id = o.customer_id
    where l.incident = ${number}
    order by array_position(array['critical', 'urgent', 'normal'], o.class), o.grade desc, o.number
    limit ${sql.raw(String(SHOWN_ORDERS))}`),
  scope: sql<{ total: number; customers: number }>`(select json_build_object('total', count(*),
      'customers', count(distinct o.customer_id))
    from incident_orders l join orders o on o.number = l.order_number where l.incident = ${number})`,
  reports: listOf<ReportRow>(sql`select r.by, r.source, r.summary, r.at from incident_reports r
    where r.incident = ${number} order by r.at desc, r.id limit ${sql.raw(String(SHOWN_REPORTS))}`),
  children: listOf<ChildRow>(sql`select k.number, k.type, k.phase, k.severity from incidents k
    where k.parent = ${number} order by k.number limit 200`),
};

/** One incident with all its parts; undefined when there is none, or the scope does not hold it. */
export async function findIncident(db: Queryable, wanted: string, scope: IncidentScope = {}) {
  const [found] = await db
    .select({ incident: incidents, playbook: playbooks.playbook, ...parts })
    .from(incidents)
    .innerJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .where(and(eq(number, wanted), reportedBy(scope)));
  return found;
}
export type FoundIncident = NonNullable<Awaited<ReturnType<typeof findIncident>>>;

/** Whether an incident is there and within the scope: enough to say who may read of it. */
export async function isIncidentThere(db: Queryable, wanted: string, scope: IncidentScope): Promise<boolean> {
  const [found] = await db
    .select({ number })
    .from(incidents)
    .where(and(eq(number, wanted), reportedBy(scope)));
  return found !== undefined;
}
