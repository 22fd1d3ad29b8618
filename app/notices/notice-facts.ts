import type { NoticeTaskRow } from '../../db/queries/notice-order.js';
import type { ClaimedNotice, ClaimedStep } from '../../db/queries/notice-step.js';
import type { NoticeFacts, OrderFacts, TaskFacts } from '../../domain/wording/facts.js';
import { incidentForGroup } from '../../domain/wording/incident-for-group.js';
import { type IncidentTold, stepNamed } from '../../domain/wording/incident-told.js';
import { type Locale, toLocale } from '../../domain/wording/locale.js';
import { withoutCustomer } from '../../domain/wording/without-customer.js';
import type { Links } from '../links.js';
import { chaseForGroup, toChaseTold } from './chase-facts.js';
import { toIncidentTold, toOwnOrders } from './incident-facts.js';
import { toOrderFacts, toUtc } from './order-facts.js';

/** What the facts of a notice are gathered with. */
export interface Gathering {
  links: Links;
  /** Company zone, IANA name, while no policy names another. */
  zone: string;
  /** Address of the workflow of an order, an incident or a chase in the Temporal UI; absent where none is set. */
  processUrl?: (number: string, kind: 'order' | 'incident' | 'chase') => string;
}

/** Kinds of tasks that the customer finishes by the link in the mail. */
const CUSTOMER_TASKS: readonly string[] = ['question', 'alternative', 'customerContact'];

/** Facts of the notices of one step; its order or incident is read once for all of them. */
export function gatherFacts(
  step: ClaimedStep,
  { links, zone, processUrl }: Gathering,
): (notice: ClaimedNotice) => { facts: NoticeFacts; locale: Locale } {
  const order: OrderFacts | null = step.order && toOrderFacts(step.order);
  const incident: IncidentTold | null = step.incident && toIncidentTold(step.incident);
  const chase = step.chase && toChaseTold(step.chase);
  // What is chased has its own task and deadline, whatever else is open of what it hangs on.
  const rows = (step.chase ?? step.order ?? step.incident)?.tasks ?? [];
  const deadlines = step.chase ? deadlinesOf(step.chase) : (order?.deadlines ?? incident?.deadlines ?? []);
  return (notice) => {
    const [kind = 'person', id = ''] = notice.recipient.split(/:(.*)/s) as [
      NoticeFacts['recipient']['kind'],
      string?,
    ];
    const at = toUtc(notice.created_at);
    const locale = toLocale(notice.readers?.[0]?.locale);
    const isGroup = kind === 'group';
    const linkFor = (task: NoticeTaskRow): string | null => {
      // What tells many has a link for none: whoever has the task was written to.
      if (notice.template === 'playbookNotice') return null;
      // A customer's letter always has its link: one that is written late, after the answer, leads to that answer.
      if (task.state !== 'open' && kind !== 'customer' && kind !== 'supplier') return null;
      if (!mayActByLink(task, { kind, id, incident, signByLink: step.policy?.signByLink === true }))
        return null;
      return links.actLink({ task: task.id, recipient: notice.recipient, issuedAt: at });
    };
    const deadline = deadlines.find((one) => one.id === notice.facts.deadline) ?? null;
    const facts: NoticeFacts = {
      zone: step.policy?.zone ?? zone,
      recipient: { kind, name: kind === 'ops' || isGroup ? '' : (notice.readers?.[0]?.name ?? '') },
      at,
      order: isGroup && order ? withoutCustomer(order, locale) : order,
      incident: incident && incidentFor(incident, step, notice, links),
      chase: isGroup && chase ? chaseForGroup(chase) : chase,
      tasks: tasksOf(rows, notice).map((task) => toTaskFacts(task, incident, linkFor(task))),
      deadline,
      trackingLink:
        kind === 'customer' && step.order
          ? links.viewLink({ order: step.order.number, trackingVersion: step.order.tracking_version })
          : null,
      processLink: kind === 'customer' || kind === 'supplier' ? null : processLinkOf(step, processUrl),
      told: toldBeside(step, notice),
      // Names of customers may be among them.
      undelivered: isGroup ? [] : step.undelivered,
      given: notice.joined ? { ...notice.facts, joined: notice.joined } : notice.facts,
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

function processLinkOf(
  { chase, order, incident }: ClaimedStep,
  processUrl: Gathering['processUrl'],
): string | null {
  if (!processUrl) return null;
  if (chase) return processUrl(chase.number, 'chase');
  if (order) return processUrl(order.number, 'order');
  return incident && processUrl(incident.number, 'incident');
}

function deadlinesOf({ deadlines }: NonNullable<ClaimedStep['chase']>) {
  return (deadlines ?? []).map(({ id, kind, due_at, provisional, state }) => {
    return { id, kind, dueAt: toUtc(due_at), provisional, state };
  });
}

/**
 * The incident as this reader may have it: our people all of it; a group chat nothing that a person typed; somebody
 * outside no more than a group, and of what it affects their own records alone.
 */
function incidentFor(
  incident: IncidentTold,
  step: ClaimedStep,
  { recipient, orders, purchases }: ClaimedNotice,
  links: Links,
): IncidentTold {
  if (recipient === 'ops' || recipient.startsWith('person:')) return incident;
  const own = { orders: toOwnOrders(orders ?? [], links), purchases: purchases ?? [] };
  return { ...incidentForGroup(incident, step.incident?.severity_by === 'rules'), own };
}

/**
 * Only whom a task was given to acts on it by link, and a signature only where the policy says so (design §7). A decision
 * of an incident is a customer's where the playbook asks the customer.
 */
function mayActByLink(
  task: NoticeTaskRow,
  who: { kind: string; id: string; incident: IncidentTold | null; signByLink: boolean },
): boolean {
  if (who.kind === 'customer') {
    return who.incident
      ? isCustomersDecision(task, who.incident, who.id)
      : CUSTOMER_TASKS.includes(task.kind);
  }
  if (who.kind === 'supplier') return isSuppliersAnswer(task, who.id);
  if (who.kind !== 'person' || task.assignee_id !== who.id) return false;
  return task.kind !== 'signOff' || who.signByLink;
}

/** Whether a task of an incident waits for this supplier's answer. */
export function isSuppliersAnswer(task: Pick<NoticeTaskRow, 'kind' | 'facts'>, supplier: string): boolean {
  return task.kind === 'action' && task.facts.supplier === supplier;
}

/** Whether a task of an incident asks this customer; one that names a customer is theirs alone. */
export function isCustomersDecision(
  task: Pick<NoticeTaskRow, 'kind' | 'facts'>,
  incident: Pick<IncidentTold, 'playbook'>,
  customer: string,
): boolean {
  const step = stepNamed(incident, task.facts.step);
  const isTheirs = task.facts.customer === undefined || task.facts.customer === customer;
  return task.kind === 'decision' && step?.kind === 'decision' && step.by === 'customer' && isTheirs;
}

/**
 * The tasks a notice is about: the one it names; what its deadline waits for, or all that is open; else that of the
 * playbook's step it tells of.
 */
function tasksOf(tasks: NoticeTaskRow[], { template, facts }: ClaimedNotice): NoticeTaskRow[] {
  const named = tasks.filter(({ id }) => id === facts.task);
  if (named.length > 0) return named;
  const open = tasks.filter(({ state }) => state === 'open');
  if (facts.deadline === undefined) {
    return template === 'playbookNotice' ? open.filter((task) => task.facts.step === facts.step) : [];
  }
  const under = open.filter((task) => task.deadline_id === facts.deadline);
  return under.length > 0 ? under : open;
}

function toTaskFacts(task: NoticeTaskRow, incident: IncidentTold | null, link: string | null): TaskFacts {
  return {
    id: task.id,
    kind: task.kind,
    role: task.role,
    department: task.department,
    dueAt: task.due_at && toUtc(task.due_at),
    assigneeName: task.assignee_name,
    facts: task.facts,
    step: stepNamed(incident, task.facts.step),
    link,
  };
}
