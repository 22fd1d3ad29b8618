import { type ExpediteForm, expediteTaskFactsSchema, purchaseMeant } from '../../contracts/expedite-form.js';
import type { ActionItemInput } from '../../contracts/http-action-items.js';
import { INCIDENT_FORMS, incidentGistOf } from '../../contracts/incident-forms.js';
import type { IncidentTaskKind } from '../../contracts/incident-messages.js';
import type { AskedTask } from '../../db/queries/tasks.js';
import { checkDayAhead } from '../check-day-ahead.js';
import type { AppContext } from '../context.js';
import { refuseField } from '../errors.js';
import { requirePeople } from '../incidents/require-people.js';
import { loadRules } from '../load-rules.js';
import { holdsRole, type Principal } from '../principal.js';
import { COMMANDERS } from '../record/authorise-incident.js';
import { pinned } from './pinned-step.js';
import { showIncidentTask } from './show-incident-task.js';
import type { TaskSubject } from './task-subject.js';

/** What a form may say of people; each is looked for by its field. */
interface AboutPeople {
  team?: Record<string, string>;
  actionItems?: ActionItemInput[];
  customer?: string;
}

/** Tasks of an incident: the assignee's, the role's, and of whoever may steer it; a customer's choice is the customer's. */
export const incidentTasks: TaskSubject = {
  formOf(asked) {
    const { playbook, step } = pinned(asked);
    return INCIDENT_FORMS[asked.task.kind as IncidentTaskKind]({ playbook, step });
  },

  show: showIncidentTask,

  refuse(asked, principal) {
    if (isAsked(asked, principal)) return undefined;
    const roles = [asked.task.role, ...COMMANDERS];
    return holdsRole(principal, [...COMMANDERS, asked.task.role as (typeof COMMANDERS)[number]])
      ? undefined
      : `${[...new Set(roles)].join(' or ')} may finish this task`;
  },

  async check(ctx, asked, form) {
    const { db } = ctx;
    if (isExpedite(asked)) await checkExpedite(ctx, asked, form as ExpediteForm);
    const { team, actionItems, customer } = form as AboutPeople;
    if (customer !== undefined && !customersOf(asked).includes(customer)) {
      throw refuseField('customer', 'must be a customer whom the decision asks');
    }
    await requirePeople(db, [
      ...Object.entries(team ?? {}).map(([key, id]) => ({ field: `team.${key}`, id })),
      ...(actionItems ?? []).map(({ owner }, index) => ({ field: `actionItems.${index}.owner`, id: owner })),
    ]);
    const now = ctx.now().toISOString();
    const past = (actionItems ?? []).findIndex(({ dueAt }) => dueAt !== undefined && dueAt <= now);
    if (past >= 0) throw refuseField(`actionItems.${past}.dueAt`, 'must lie in the future');
  },

  messageOf: ({ task }, form) => ({
    name: 'completeTask',
    message: { task: task.id, gist: incidentGistOf(task.kind as IncidentTaskKind, form) },
  }),
};

function isExpedite(asked: AskedTask): boolean {
  const { step } = pinned(asked);
  return step?.kind === 'action' && step.action === 'expedite';
}

/** A new day lies ahead, and the purchase order is one that was asked about; where several were, one is named. */
async function checkExpedite(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  { task }: AskedTask,
  form: ExpediteForm,
): Promise<void> {
  const { calendar } = await loadRules(db);
  const today = calendar.localDate(now().toISOString());
  for (const field of ['date', 'restDate'] as const) {
    const day = form[field];
    if (day !== undefined) checkDayAhead(field, day, today);
  }
  const known = expediteTaskFactsSchema.safeParse(task.facts);
  const purchases = known.success ? known.data.purchases : [];
  const isMeant = purchaseMeant(form, purchases) !== undefined;
  if (isMeant || (form.purchaseOrder === undefined && (purchases.length === 0 || form.date === undefined)))
    return;
  const numbers = purchases.map(({ number }) => number).join(', ');
  throw refuseField('purchaseOrder', `must be one of those that were asked about: ${numbers}`);
}

/** The assignee; or one of those outside whom it asks: a supplier, or the customers that a decision is left to. */
function isAsked(asked: AskedTask, principal: Principal): boolean {
  const { task } = asked;
  if (principal.kind === 'supplier') return isExpedite(asked) && task.facts.supplier === principal.id;
  if (principal.kind === 'customer') return customersOf(asked).includes(principal.id);
  return principal.kind === 'person' && principal.id === task.assigneeId;
}

/** Ids of the customers that a decision asks, each for themselves; empty where it is ours. */
function customersOf({ task }: AskedTask): string[] {
  const { customers } = task.facts;
  return task.kind === 'decision' && Array.isArray(customers) ? customers : [];
}
