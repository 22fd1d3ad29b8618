import type { Words } from '../../domain/playbooks/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Database } from '../connect.js';
import { type NoticeChaseRow, noticeChaseSql } from './notice-chase.js';
import {
  affectedOrdersSql,
  type NoticeAffectedOrder,
  type NoticeIncidentRow,
  noticeIncidentSql,
  waitedPurchasesSql,
} from './notice-incident.js';
import { type NoticeOrderRow, type NoticePolicy, noticeOrderSql, noticePolicySql } from './notice-order.js';

/** A notice that is to be sent now, with who it goes to. */
export interface ClaimedNotice {
  key: string;
  recipient: string;
  channel: string;
  template: string;
  facts: Record<string, unknown>;
  created_at: string;
  /** Several for `ops`; none where nobody is reachable. */
  readers:
    | { name: string; email: string | null; phone: string | null; locale: string; group: boolean }[]
    | null;
  /** To a customer about an incident: their own orders that it affects. */
  orders: NoticeAffectedOrder[] | null;
  /** What other incidents have to say to the same customer, taken along so that nobody is told twice in an hour. */
  joined: JoinedNotice[] | null;
  /** To a supplier about an incident: the numbers of their own purchase orders that affected orders wait for. */
  purchases: string[] | null;
}

/** What is taken along in another incident's letter. */
export interface JoinedNotice {
  nature: Words | null;
  measures: Words | null;
  words: string | null;
  orders: string[];
}

export interface ClaimedStep {
  notices: ClaimedNotice[];
  /** Those of the step that are settled already. */
  delivered: number;
  /** Without the copies to group chats: those concerned have their own notice. */
  failed: string[];
  /** The order or the incident that the step is of. */
  order: NoticeOrderRow | null;
  incident: NoticeIncidentRow | null;
  /** What is chased about it, where the step is a chase's. */
  chase: NoticeChaseRow | null;
  policy: NoticePolicy;
  /** Names of those whom an earlier notice of the order or incident has not reached. */
  undelivered: string[];
}

/** The part of a recipient after its kind, as an expression of SQL: `person:` has seven characters. */
const idOf = (kind: 'person' | 'customer' | 'supplier') =>
  `case when n.recipient like '${kind}:%' then substr(n.recipient, ${kind.length + 2}) end`;

const incidentSql = noticeIncidentSql(
  '(select incident_number from subject)',
  `exists (select from claimed c join tasks t on t.id = c.facts ->> 'task' where t.kind in ('confirm', 'review'))`,
);

const hungIncidentSql = noticeIncidentSql('(select incident_number from subject)', 'false');

// Whoever is outside is told of their own records alone.
const ownRecordsSql = `
  case when n.incident_number is not null and n.recipient like 'customer:%' then ${affectedOrdersSql({
    incident: 'n.incident_number',
    customer: idOf('customer'),
    only: "n.facts -> 'orders'",
  })} end orders,
  case when n.incident_number is not null and n.recipient like 'supplier:%' then ${waitedPurchasesSql({
    incident: 'n.incident_number',
    supplier: idOf('supplier'),
  })} end purchases,
  case when n.facts ? 'joined' then (
    select jsonb_agg(jsonb_build_object('nature', t.step -> 'nature', 'measures', t.step -> 'measures',
      'words', j.facts ->> 'words', 'orders', coalesce(j.facts -> 'orders', '[]')) order by j.key)
    from jsonb_array_elements_text(n.facts -> 'joined') k(key)
    join notices j on j.key = k.key
    join incidents i on i.number = j.incident_number
    join playbooks b on b.type = i.type and b.revision = i.playbook_revision
    left join lateral (select s.step from jsonb_array_elements(b.playbook -> 'steps') s(step)
      where s.step ->> 'key' = j.facts ->> 'step') t on true
  ) end joined`;

// What another incident's letter keeps waiting is left where it is.
const heldSql = `and not coalesce((facts ->> 'heldUntil')::timestamptz > $2::timestamptz, false)`;

// One statement, for a step's mails are many and the record's time is dear: claims what is unsent and reads all that
// its letters are made of. A claim left by a worker that died is taken again: sending twice beats never. Readers are
// found by their keys: a comparison of `'customer:' || id` would go through every customer.
const claimSql = (of: 'order' | 'incident' | 'chase') => `
with claimed as (
  update notices set state = 'sending', attempts = attempts + 1
  where step = $1 and state in ('queued', 'sending')
    ${of === 'incident' ? heldSql : ''}
  returning key, recipient, channel, template, facts, created_at, incident_number
), subject as materialized (
  ${
    of === 'chase'
      ? `select n.chase_number, c.order_number, c.incident_number
    from notices n join chases c on c.number = n.chase_number where n.step = $1 limit 1`
      : 'select order_number, incident_number from notices where step = $1 limit 1'
  }
), read as (
  select n.key, n.recipient, n.channel, n.template, n.facts, n.created_at, (
    select jsonb_agg(jsonb_build_object('name', r.name, 'email', r.email, 'phone', r.phone, 'locale', r.locale,
      'group', r.is_group))
    from (
      select name, email, phone, locale, false is_group from people where active and id = ${idOf('person')}
      union all
      select name, email, phone, locale, false from people
        where n.recipient = 'ops' and active and roles @> array['ops']
      union all
      select name, email, phone, locale, false from customers where id = ${idOf('customer')}
      union all
      select name, email, phone, locale, false from suppliers where number = ${idOf('supplier')}
      union all
      select n.channel, null, null, 'zh-CN', true where n.recipient like 'group:%'
    ) r
  ) readers,
  ${of === 'incident' ? ownRecordsSql : 'null orders, null purchases, null joined'}
  from claimed n
)
select
  (select jsonb_agg(to_jsonb(read) order by key) from read) notices,
  (select count(*)::int from notices where step = $1 and state in ('sent', 'delivered', 'read')) delivered,
  (select coalesce(jsonb_agg(key), '[]') from notices where step = $1 and state = 'failed'
    and recipient not like 'group:%') failed,
  ${of === 'incident' ? 'null' : noticeOrderSql('(select order_number from subject)')} "order",
  ${of === 'order' ? 'null' : of === 'incident' ? incidentSql : hungIncidentSql} incident,
  ${of === 'chase' ? noticeChaseSql('(select chase_number from subject)') : 'null'} chase,
  ${noticePolicySql} policy,
  (select coalesce(jsonb_agg(distinct coalesce(
      (select name from people where id = ${idOf('person')}),
      (select name from customers where id = ${idOf('customer')}),
      (select name from suppliers where number = ${idOf('supplier')}), n.recipient)), '[]')
    from notices n
    where n.${of}_number = (select ${of}_number from subject)
      and n.step <> $1 and n.recipient not like 'group:%'
      and (n.state = 'failed' or (n.attempts > 1 and n.state in ('queued', 'sending')))) undelivered`;

// A step's key begins with its workflow's id. A plan has a price even for what it does not run: each has its own.
const claims = {
  order: { name: 'claim-notices', text: claimSql('order') },
  incident: { name: 'claim-incident-notices', text: claimSql('incident') },
  chase: { name: 'claim-chase-notices', text: claimSql('chase') },
};

const kindOf = (step: string) =>
  step.startsWith('incident/') ? 'incident' : step.startsWith('chase/') ? 'chase' : 'order';

/** Takes every notice of a step that is not settled, marks it as being sent, and reads what its letter needs. */
export async function claimNotices(db: Database, step: string, now: Instant): Promise<ClaimedStep> {
  const kind = kindOf(step);
  const values = kind === 'incident' ? [step, now] : [step];
  const { rows } = await db.$client.query({ ...claims[kind], values });
  const [row] = rows as (Omit<ClaimedStep, 'notices'> & { notices: ClaimedNotice[] | null })[];
  if (!row) throw new Error('a select without from gives one row');
  return { ...row, notices: row.notices ?? [] };
}

/**
 * Steps of the playbook whose notices, of this record step, have reached nobody at all; or not every supplier, for what
 * a supplier has not heard is somebody's to say.
 */
export async function findLostNotices(db: Database, step: string): Promise<string[]> {
  const { rows } = await db.$client.query<{ lost: string }>({
    name: 'find-lost-notices',
    text: `select facts ->> 'step' lost from notices
      where step = $1 and template = 'playbookNotice' and recipient not like 'group:%'
      group by 1 having bool_and(state = 'failed') or bool_or(state = 'failed' and recipient like 'supplier:%') order by 1`,
    values: [step],
  });
  return rows.map(({ lost }) => lost);
}

/** What became of one notice. */
export interface NoticeOutcome {
  key: string;
  /** `queued` waits for another try. */
  state: 'delivered' | 'failed' | 'queued';
  address: string | null;
  subject: string | null;
  messageId: string | null;
  error: string | null;
}

const settleSql = `
update notices n set state = o.state, address = o.address, subject = o.subject, message_id = o."messageId",
  last_error = o.error, sent_at = case when o.state = 'delivered' then $2::timestamptz else n.sent_at end
from jsonb_to_recordset($1) o(key text, state text, address text, subject text, "messageId" text, error text)
where n.key = o.key`;

/** Writes what became of the notices of a step; `at` is when those that went out did. */
export async function settleNotices(db: Database, outcomes: NoticeOutcome[], at: Instant): Promise<void> {
  await db.$client.query({
    name: 'settle-notices',
    text: settleSql,
    values: [JSON.stringify(outcomes), at],
  });
}
