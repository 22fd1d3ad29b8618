import type { Address } from '../../domain/address/shape.js';
import type { Reason } from '../../domain/assessment/shape.js';
import type { MatrixPolicy } from '../../domain/evaluation/shape.js';
import type { Grade, Measure, Milestone, OrderClass, OrderPhase } from '../../domain/order/shape.js';
import type { Team } from '../../domain/team/shape.js';
import type { LocalDate } from '../../domain/time/shape.js';
import type { Database } from '../connect.js';

/** An order with everything that notices and pages tell of it. Instants are as PostgreSQL writes them in JSON. */
export interface NoticeOrderRow {
  number: string;
  class: OrderClass;
  grade: Grade;
  key_order: boolean;
  urgency: number;
  importance: number;
  score: number;
  reasons: Reason[];
  phase: OrderPhase;
  channel: string;
  received_at: string;
  requested_delivery: LocalDate;
  promised_delivery: LocalDate | null;
  projected_finish: LocalDate | null;
  measure: Measure | null;
  currency: string;
  amount_minor: number;
  customer_id: string;
  customer_name: string;
  customer_phone: string | null;
  customer_locale: string;
  customer_reference: string | null;
  ship_to: Address;
  shipping_method: string | null;
  process: string | null;
  special_requirements: string | null;
  priority_reason: string | null;
  ground: string | null;
  ground_statement: string | null;
  confirmed_at: string | null;
  confirmed_by_name: string | null;
  end_reason: string | null;
  ended_at: string | null;
  tracking_version: number;
  team: Team | null;
  sales_owner: { name: string; phone: string | null; email: string } | null;
  lines: { sku: string; name_zh: string; name_en: string; quantity: number; unit: string }[] | null;
  milestones: { milestone: Milestone; done: boolean; at: string }[] | null;
  deadlines: { id: string; kind: string; due_at: string; provisional: boolean; state: string }[] | null;
  questions:
    | {
        id: string;
        point: string;
        department: string;
        text: string;
        answer: string | null;
        answered_by: string | null;
      }[]
    | null;
  proposals:
    | {
        id: string;
        round: number;
        measure: Measure;
        promised_delivery: LocalDate;
        currency: string;
        amount_minor: number;
        state: string;
        note: string | null;
        decided_at: string | null;
        decided_by_name: string | null;
      }[]
    | null;
  tasks: NoticeTaskRow[] | null;
  /** Names of the members of the team, by person id. */
  team_names: Record<string, string> | null;
}

export interface NoticeTaskRow {
  id: string;
  kind: string;
  role: string;
  department: string;
  round: number;
  state: 'open' | 'done' | 'withdrawn';
  assignee_id: string | null;
  assignee_name: string | null;
  deadline_id: string | null;
  due_at: string | null;
  facts: Record<string, unknown>;
  /** What was answered, words included. */
  result: Record<string, unknown> | null;
}

const list = (select: string) => `(select jsonb_agg(to_jsonb(x)) from (${select}) x)`;

/** SQL that gives the {@link NoticeOrderRow} of the order whose number the expression `number` stands for, as jsonb. */
export const noticeOrderSql = (number: string) => `(
  select to_jsonb(whole) from (
    select o.number, o.class, o.grade, o.key_order, o.urgency, o.importance, o.score, o.reasons, o.phase, o.channel,
      o.received_at, o.requested_delivery, o.promised_delivery, o.projected_finish, o.measure, o.currency,
      o.amount_minor, o.customer_reference, o.ship_to, o.shipping_method, o.process, o.special_requirements,
      o.priority_reason, o.ground, o.ground_statement, o.confirmed_at, o.end_reason, o.ended_at, o.tracking_version,
      o.team, c.id customer_id, c.name customer_name, c.phone customer_phone, c.locale customer_locale,
      (select p.name from people p where p.id = o.confirmed_by) confirmed_by_name,
      (select jsonb_build_object('name', p.name, 'phone', p.phone, 'email', p.email)
        from people p where p.id = o.sales_owner_id) sales_owner,
      (select jsonb_object_agg(p.id, p.name) from people p
        where p.id in (select value from jsonb_each_text(o.team))) team_names,
      ${list(`select l.sku, r.name_zh, r.name_en, l.quantity, r.unit from order_lines l join products r on r.sku = l.sku
        where l.order_number = o.number order by l.line`)} lines,
      ${list(`select m.milestone, m.done, m.at from milestones m where m.order_number = o.number order by m.at`)} milestones,
      ${list(`select d.id, d.kind, d.due_at, d.provisional, d.state from deadlines d where d.order_number = o.number
        order by d.due_at, d.round`)} deadlines,
      ${list(`select q.id, q.point, q.department, q.text, q.answer, q.answered_by from questions q
        where q.order_number = o.number order by q.asked_at, q.id`)} questions,
      ${list(`select s.id, s.round, s.measure, s.promised_delivery, s.currency, s.amount_minor, s.state, s.note,
        s.decided_at, p.name decided_by_name from proposals s left join people p on p.id = s.decided_by
        where s.order_number = o.number order by s.round`)} proposals,
      ${list(`select t.id, t.kind, t.role, t.department, t.round, t.state, t.assignee_id, p.name assignee_name,
        t.deadline_id, t.due_at, t.facts, t.result from tasks t left join people p on p.id = t.assignee_id
        where t.order_number = o.number order by t.opened_at, t.id`)} tasks
    from orders o join customers c on c.id = o.customer_id where o.number = ${number}
  ) whole
)`;

/** What of the policy in force notices and pages go by; null before there is one. */
export type NoticePolicy = {
  signByLink: boolean;
  /** Company zone, IANA name. */
  zone: string;
  matrix: MatrixPolicy;
} | null;

/** SQL that gives the {@link NoticePolicy} as jsonb. */
export const noticePolicySql = `(
  select jsonb_build_object('signByLink', policy -> 'signOff' -> 'byLink', 'zone', policy -> 'workingTime' ->> 'zone',
    'matrix', policy -> 'matrix')
  from policies order by revision desc limit 1
)`;

/** An order as notices and pages tell of it, with the policy in force; null where there is none. */
export async function findNoticeOrder(
  db: Database,
  number: string,
): Promise<{ order: NoticeOrderRow; policy: NoticePolicy } | null> {
  const { rows } = await db.$client.query<{ order: NoticeOrderRow | null; policy: NoticePolicy }>({
    name: 'notice-order',
    text: `select ${noticeOrderSql('$1')} "order", ${noticePolicySql} policy`,
    values: [number],
  });
  const [row] = rows;
  return row?.order ? { order: row.order, policy: row.policy } : null;
}
