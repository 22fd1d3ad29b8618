import type { ActionItemState, ChaseKind } from '../../domain/chase/shape.js';
import type { Words } from '../../domain/playbooks/shape.js';
import type { Database } from '../connect.js';
import { type NoticeIncidentRow, noticeIncidentSql } from './notice-incident.js';
import {
  type NoticeOrderRow,
  type NoticePolicy,
  type NoticeTaskRow,
  noticeOrderSql,
  noticePolicySql,
} from './notice-order.js';

/** A chase with everything that notices and pages tell of it. Instants are as PostgreSQL writes them in JSON. */
export interface NoticeChaseRow {
  number: string;
  kind: ChaseKind;
  order_number: string | null;
  incident_number: string | null;
  facts: { what?: string; note?: string; gaveUp?: { because: string } };
  created_at: string;
  created_by_name: string | null;
  item: {
    id: string;
    what: string;
    /** Of the step of the playbook that asked for it. */
    words: Words | null;
    owner_name: string | null;
    due_at: string;
    state: ActionItemState;
    done_by_name: string | null;
    done_at: string | null;
    done_note: string | null;
    checked_by_name: string | null;
    check_note: string | null;
    reopened: number;
    reopened_because: string | null;
  } | null;
  deadlines: { id: string; kind: string; due_at: string; provisional: boolean; state: string }[] | null;
  tasks: (NoticeTaskRow & { finished_by_name: string | null })[] | null;
}

const list = (select: string) => `(select jsonb_agg(to_jsonb(x)) from (${select}) x)`;
const nameOf = (id: string) => `(select p.name from people p where p.id = ${id})`;

const itemSql = `(select to_jsonb(x) from (
  select a.id, a.what, a.due_at, a.state, a.done_at, a.done_note, a.check_note, a.reopened, a.reopened_because,
    ${nameOf('a.owner_id')} owner_name, ${nameOf('a.done_by')} done_by_name, ${nameOf('a.checked_by')} checked_by_name,
    (select coalesce(s -> 'about', s -> 'title') from incidents i
      join playbooks b on b.type = i.type and b.revision = i.playbook_revision
      cross join jsonb_array_elements(b.playbook -> 'steps') s
      where i.number = a.incident_number and s ->> 'key' = a.step limit 1) words
  from action_items a where a.id = c.facts ->> 'item') x)`;

/** SQL that gives the {@link NoticeChaseRow} of the chase whose number the expression `number` stands for, as jsonb. */
export const noticeChaseSql = (number: string) => `(
  select to_jsonb(whole) from (
    select c.number, c.kind, c.order_number, c.incident_number, c.facts, c.created_at,
      ${nameOf('c.created_by')} created_by_name, ${itemSql} item,
      ${list(`select d.id, d.kind, d.due_at, d.provisional, d.state from deadlines d where d.chase_number = c.number
        order by d.due_at, d.round`)} deadlines,
      ${list(`select t.id, t.kind, t.role, t.department, t.round, t.state, t.assignee_id, p.name assignee_name,
        t.deadline_id, t.due_at, t.facts, t.result, ${nameOf('t.finished_by')} finished_by_name
        from tasks t left join people p on p.id = t.assignee_id
        where t.chase_number = c.number order by t.opened_at, t.id`)} tasks
    from chases c where c.number = ${number}
  ) whole
)`;

/** The chase of a page, with the order or the incident that it hangs on; null where there is none. */
export async function findNoticeChase(db: Database, number: string) {
  const hung = (column: string) => `(select ${column} from chases where number = $1)`;
  const { rows } = await db.$client.query<{
    chase: NoticeChaseRow | null;
    order: NoticeOrderRow | null;
    incident: NoticeIncidentRow | null;
    policy: NoticePolicy;
  }>({
    name: 'notice-chase',
    text: `select ${noticeChaseSql('$1')} chase, ${noticeOrderSql(hung('order_number'))} "order",
      ${noticeIncidentSql(hung('incident_number'), 'false')} incident, ${noticePolicySql} policy`,
    values: [number],
  });
  const [row] = rows;
  return row?.chase ? { ...row, chase: row.chase } : null;
}
