import type { Instant } from '../../domain/time/shape.js';
import type { Database } from '../connect.js';
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
}

export interface ClaimedStep {
  notices: ClaimedNotice[];
  /** Those of the step that are settled already. */
  delivered: number;
  /** Without the copies to group chats: those concerned have their own notice. */
  failed: string[];
  order: NoticeOrderRow | null;
  policy: NoticePolicy;
  /** Names of those whom an earlier notice of the order has not reached. */
  undelivered: string[];
}

// One statement, for a step's mails are many and the record's time is dear: claims what is unsent and reads all that
// its letters are made of. A claim left by a worker that died is taken again: sending twice beats never.
const claimSql = `
with claimed as (
  update notices set state = 'sending', attempts = attempts + 1
  where step = $1 and state in ('queued', 'sending')
  returning key, recipient, channel, template, facts, created_at
), read as (
  select n.*, (
    select jsonb_agg(jsonb_build_object('name', r.name, 'email', r.email, 'phone', r.phone, 'locale', r.locale,
      'group', r.is_group))
    from (
      select name, email, phone, locale, false is_group from people
        where active and (n.recipient = 'person:' || id or (n.recipient = 'ops' and 'ops' = any(roles)))
      union all
      select name, email, phone, locale, false from customers where n.recipient = 'customer:' || id
      union all
      select n.channel, null, null, 'zh-CN', true where n.recipient like 'group:%'
    ) r
  ) readers
  from claimed n
)
select
  (select jsonb_agg(to_jsonb(read) order by key) from read) notices,
  (select count(*)::int from notices where step = $1 and state in ('sent', 'delivered', 'read')) delivered,
  (select coalesce(jsonb_agg(key), '[]') from notices where step = $1 and state = 'failed'
    and recipient not like 'group:%') failed,
  ${noticeOrderSql('(select order_number from notices where step = $1 limit 1)')} "order",
  ${noticePolicySql} policy,
  (select coalesce(jsonb_agg(distinct coalesce(p.name, c.name, n.recipient)), '[]')
    from notices n
    left join people p on n.recipient = 'person:' || p.id
    left join customers c on n.recipient = 'customer:' || c.id
    where n.order_number = (select order_number from notices where step = $1 limit 1)
      and n.step <> $1 and n.recipient not like 'group:%'
      and (n.state = 'failed' or (n.attempts > 1 and n.state in ('queued', 'sending')))) undelivered`;

/** Takes every notice of a step that is not settled, marks it as being sent, and reads what its letter needs. */
export async function claimNotices(db: Database, step: string): Promise<ClaimedStep> {
  const { rows } = await db.$client.query({ name: 'claim-notices', text: claimSql, values: [step] });
  const [row] = rows as (Omit<ClaimedStep, 'notices'> & { notices: ClaimedNotice[] | null })[];
  if (!row) throw new Error('a select without from gives one row');
  return { ...row, notices: row.notices ?? [] };
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
