import type { NoticeTaskRow } from '../../db/queries/notice-order.js';
import type { ClaimedNotice, ClaimedStep } from '../../db/queries/notice-step.js';
import type { NoticeFacts, OrderFacts, TaskFacts } from '../../domain/wording/facts.js';
import { type Locale, toLocale } from '../../domain/wording/locale.js';
import { withoutCustomer } from '../../domain/wording/without-customer.js';
import type { Links } from '../links.js';
import { toOrderFacts, toUtc } from './order-facts.js';

/** What the facts of a notice are gathered with. */
export interface Gathering {
  links: Links;
  /** Company zone, IANA name, while no policy names another. */
  zone: string;
  /** Address of an order's workflow in the Temporal UI; absent where none is set. */
  processUrl?: (order: string) => string;
}

/** Kinds of tasks that the customer finishes by the link in the mail. */
const CUSTOMER_TASKS: readonly string[] = ['question', 'alternative', 'customerContact'];

/** Facts of the notices of one step; the order is read once for all of them. */
export function gatherFacts(
  step: ClaimedStep,
  { links, zone, processUrl }: Gathering,
): (notice: ClaimedNotice) => { facts: NoticeFacts; locale: Locale } {
  const order: OrderFacts | null = step.order && toOrderFacts(step.order);
  return (notice) => {
    const [kind = 'person', id = ''] = notice.recipient.split(/:(.*)/s) as [
      NoticeFacts['recipient']['kind'],
      string?,
    ];
    const at = toUtc(notice.created_at);
    const locale = toLocale(notice.readers?.[0]?.locale);
    const isGroup = kind === 'group';
    const linkFor = (task: NoticeTaskRow): string | null => {
      // A customer's letter always has its link: one that is written late, after the answer, leads to that answer.
      if (task.state !== 'open' && kind !== 'customer') return null;
      if (!mayActByLink(task, kind, id, step.policy?.signByLink === true)) return null;
      return links.actLink({ task: task.id, recipient: notice.recipient, issuedAt: at });
    };
    const deadline = order?.deadlines.find((one) => one.id === notice.facts.deadline) ?? null;
    const facts: NoticeFacts = {
      zone: step.policy?.zone ?? zone,
      recipient: { kind, name: kind === 'ops' || isGroup ? '' : (notice.readers?.[0]?.name ?? '') },
      at,
      order: isGroup && order ? withoutCustomer(order, locale) : order,
      tasks: tasksOf(step.order?.tasks ?? [], notice).map((task) => toTaskFacts(task, linkFor(task))),
      deadline,
      trackingLink:
        kind === 'customer' && step.order
          ? links.viewLink({ order: step.order.number, trackingVersion: step.order.tracking_version })
          : null,
      processLink: kind !== 'customer' && order && processUrl ? processUrl(order.number) : null,
      told: toldBeside(step, notice),
      // Names of customers may be among them.
      undelivered: isGroup ? [] : step.undelivered,
      given: notice.facts,
    };
    return { facts, locale };
  };
}

/** Names of everybody whom the step tells the same; a group chat reads of our people alone, and is named in no letter. */
function toldBeside(step: ClaimedStep, { template, facts, recipient }: ClaimedNotice): string[] {
  const same = JSON.stringify([template, facts]);
  const beside = step.notices.filter((other) => JSON.stringify([other.template, other.facts]) === same);
  const readers = recipient.startsWith('group:')
    ? beside.filter((other) => other.recipient.startsWith('person:'))
    : beside.filter((other) => !other.recipient.startsWith('group:'));
  return readers.flatMap((other) => other.readers ?? []).map(({ name }) => name);
}

/** Only whom a task was given to acts on it by link, and a signature only where the policy says so (design §7). */
function mayActByLink(task: NoticeTaskRow, kind: string, id: string, signByLink: boolean): boolean {
  if (kind === 'customer') return CUSTOMER_TASKS.includes(task.kind);
  if (kind !== 'person' || task.assignee_id !== id) return false;
  return task.kind !== 'signOff' || signByLink;
}

/** The tasks a notice is about: the one it names; else what its deadline waits for, or all the order waits for. */
function tasksOf(tasks: NoticeTaskRow[], { facts }: ClaimedNotice): NoticeTaskRow[] {
  const named = tasks.filter(({ id }) => id === facts.task);
  if (named.length > 0 || facts.deadline === undefined) return named;
  const open = tasks.filter(({ state }) => state === 'open');
  const under = open.filter((task) => task.deadline_id === facts.deadline);
  return under.length > 0 ? under : open;
}

function toTaskFacts(task: NoticeTaskRow, link: string | null): TaskFacts {
  return {
    id: task.id,
    kind: task.kind,
    role: task.role,
    department: task.department,
    dueAt: task.due_at && toUtc(task.due_at),
    assigneeName: task.assignee_name,
    facts: task.facts,
    link,
  };
}
