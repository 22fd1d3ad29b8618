import type { IncidentFacts, IncidentPhase } from '../../domain/incident/shape.js';
import type { Playbook, Severity, Words } from '../../domain/playbooks/shape.js';
import type { Database } from '../connect.js';
import { type NoticePolicy, type NoticeTaskRow, noticePolicySql } from './notice-order.js';

/** An incident with everything that notices and pages tell of it. Instants are as PostgreSQL writes them in JSON. */
export interface NoticeIncidentRow {
  number: string;
  type: string;
  summary: string;
  summary_words: Words | null;
  source: string;
  count: number;
  facts: IncidentFacts;
  drill: boolean;
  phase: IncidentPhase;
  severity: Severity;
  severity_by: string;
  severity_because: Words;
  reported_by: string;
  reported_at: string;
  confirmed_at: string | null;
  resolved_at: string | null;
  root_cause: { category: string; words: string } | null;
  reporter_name: string | null;
  confirmer_name: string | null;
  owner: { name: string; phone: string | null; email: string } | null;
  supplier_name: string | null;
  /** Person ids by the key of the role, and the names of these. */
  team: Record<string, string> | null;
  team_names: Record<string, string> | null;
  /** Of the revision that was pinned when it was reported. */
  playbook: Playbook;
  scope: { orders: number; customers: number; critical: number; first: string[] };
  steps: { key: string; state: string; outcome: string | null }[] | null;
  deadlines: { id: string; kind: string; due_at: string; provisional: boolean; state: string }[] | null;
  tasks: NoticeTaskRow[] | null;
  similar: SimilarIncidentRow[] | null;
}

/** An earlier incident of the type, with what was done about it. */
export interface SimilarIncidentRow {
  number: string;
  summary: string;
  summary_words: Words | null;
  at: string;
  supplier_name: string | null;
  skus: string[];
  cause: { category: string; words: string } | null;
  /** What the review said of it. */
  review: Record<string, unknown> | null;
  /** Decisions by their step, with the option that was chosen. */
  chosen: { key: string; outcome: string }[] | null;
}

/** How many orders a letter to our people names; the rest are counted. */
const NAMED_ORDERS = 20;
const SIMILAR = 3;

const list = (select: string) => `(select jsonb_agg(to_jsonb(x)) from (${select}) x)`;

// What it named is weighed before how long ago it was: the same supplier counts most (P12.3).
const similarSql = `select s.number, s.summary, s.summary_words, s.reported_at at, s.root_cause cause,
    (select u.name from suppliers u where u.number = s.facts ->> 'supplier') supplier_name,
    coalesce(s.facts -> 'skus', '[]') skus,
    (select t.result from tasks t where t.incident_number = s.number and t.kind = 'review' and t.state = 'done'
      order by t.finished_at desc limit 1) review,
    ${list(`select g.key, g.outcome from incident_steps g where g.incident = s.number and g.state = 'done'
      and g.outcome is not null order by g.settled_at, g.key`)} chosen
  from incidents s
  where s.type = i.type and s.number <> i.number and s.resolved_at is not null
  order by coalesce(s.facts ->> 'supplier' = i.facts ->> 'supplier', false) desc,
    coalesce((s.facts -> 'skus') ?| array(select jsonb_array_elements_text(i.facts -> 'skus')), false) desc,
    coalesce(s.root_cause ->> 'category' = i.root_cause ->> 'category', false) desc,
    (select count(*) from jsonb_each(s.facts) f where i.facts -> f.key = f.value) desc,
    s.resolved_at desc, s.number desc
  limit ${SIMILAR}`;

/**
 * SQL that gives the {@link NoticeIncidentRow} of the incident whose number the expression `number` stands for, as
 * jsonb. Similar incidents are looked for only where the condition `similarIf` holds.
 */
export const noticeIncidentSql = (number: string, similarIf: string) => `(
  select to_jsonb(whole) from (
    select i.number, i.type, i.summary, i.summary_words, i.source, i.count, i.facts, i.drill, i.phase, i.severity, i.severity_by,
      i.severity_because, i.reported_by, i.reported_at, i.confirmed_at, i.resolved_at, i.root_cause, i.team, b.playbook,
      (select p.name from people p where p.id = i.reported_by) reporter_name,
      (select p.name from people p where p.id = i.confirmed_by) confirmer_name,
      (select jsonb_build_object('name', p.name, 'phone', p.phone, 'email', p.email)
        from people p where p.id = i.owner_id) owner,
      (select u.name from suppliers u where u.number = i.facts ->> 'supplier') supplier_name,
      (select jsonb_object_agg(p.id, p.name) from people p
        where p.id in (select value from jsonb_each_text(i.team))) team_names,
      (select jsonb_build_object('orders', count(*), 'customers', count(distinct o.customer_id),
          'critical', count(*) filter (where o.class = 'critical'),
          'first', coalesce((array_agg(o.number order by o.class = 'critical' desc, o.grade desc, o.number))
            [1:${NAMED_ORDERS}], '{}'))
        from incident_orders a join orders o on o.number = a.order_number where a.incident = i.number) scope,
      ${list('select g.key, g.state, g.outcome from incident_steps g where g.incident = i.number order by g.opened_at, g.key')} steps,
      ${list(`select d.id, d.kind, d.due_at, d.provisional, d.state from deadlines d where d.incident_number = i.number
        order by d.due_at, d.round`)} deadlines,
      ${list(`select t.id, t.kind, t.role, t.department, t.round, t.state, t.assignee_id, p.name assignee_name,
        t.deadline_id, t.due_at, t.facts, t.result from tasks t left join people p on p.id = t.assignee_id
        where t.incident_number = i.number order by t.opened_at, t.id`)} tasks,
      case when ${similarIf} then ${list(similarSql)} end similar
    from incidents i
    join playbooks b on b.type = i.type and b.revision = i.playbook_revision
    where i.number = ${number}
  ) whole
)`;

/** Of an affected order, what its own customer reads. */
export interface NoticeAffectedOrder {
  number: string;
  customer_reference: string | null;
  requested_delivery: string;
  promised_delivery: string | null;
  tracking_version: number;
  sales_owner: { name: string; phone: string | null; email: string } | null;
}

/**
 * SQL that gives the affected orders of one customer as jsonb, and no other customer's: null where there are none.
 * All three are expressions; with `only`, a jsonb array of order numbers, no others than these.
 */
export const affectedOrdersSql = ({
  incident,
  customer,
  only,
}: {
  incident: string;
  customer: string;
  only: string;
}) =>
  list(`select o.number, o.customer_reference, o.requested_delivery, o.promised_delivery, o.tracking_version,
      (select jsonb_build_object('name', p.name, 'phone', p.phone, 'email', p.email)
        from people p where p.id = o.sales_owner_id) sales_owner
    from incident_orders a join orders o on o.number = a.order_number
    where a.incident = ${incident} and o.customer_id = ${customer}
      and (${only} is null or jsonb_typeof(${only}) <> 'array' or ${only} ? o.number)
    order by o.number`);

/** SQL that gives a supplier's own open purchase orders that affected orders wait for, as jsonb: null for none. */
export const waitedPurchasesSql = ({ incident, supplier }: { incident: string; supplier: string }) =>
  `(select jsonb_agg(x.number order by x.number) from (
    select distinct p.number from incident_orders a
      join purchase_waits w on w.order_number = a.order_number
      join purchase_orders p on p.number = w.purchase_order
    where a.incident = ${incident} and p.supplier_number = ${supplier} and p.state <> 'received'
  ) x)`;

/** What a page of an incident's task is made of; null where there is no such incident. */
export async function findNoticeIncident(
  db: Database,
  number: string,
): Promise<{ incident: NoticeIncidentRow; policy: NoticePolicy } | null> {
  const { rows } = await db.$client.query<{ incident: NoticeIncidentRow | null; policy: NoticePolicy }>({
    name: 'notice-incident',
    text: `select ${noticeIncidentSql('$1', 'true')} incident, ${noticePolicySql} policy`,
    values: [number],
  });
  const [row] = rows;
  return row?.incident ? { incident: row.incident, policy: row.policy } : null;
}

/** The orders of a customer that an incident affects; empty where none is theirs. */
export async function findAffectedOrdersOf(
  db: Database,
  { incident, customer }: { incident: string; customer: string },
): Promise<NoticeAffectedOrder[]> {
  const orders = affectedOrdersSql({ incident: '$1', customer: '$2', only: 'null::jsonb' });
  const { rows } = await db.$client.query<{ orders: NoticeAffectedOrder[] | null }>({
    name: 'affected-orders-of',
    text: `select ${orders} orders`,
    values: [incident, customer],
  });
  return rows[0]?.orders ?? [];
}
