import type { Audience, Change } from '../../contracts/record.js';
import { headOf, holderOf } from './staff.js';
import type { StepContext } from './step-context.js';

type Tell = Extract<Change, { do: 'tell' }>;

/**
 * Adds a notice for each recipient, in the same transaction as what it tells of: nothing that happened goes untold.
 * Sending is the activity `notify`'s; Temporal's retry is the only retry (design §3.5).
 */
export async function addNotices(
  context: StepContext,
  { template, to, facts = {}, words = [] }: Tell,
): Promise<void> {
  const { step, order, batch, body } = context;
  const said = words.flatMap((field) => (field in body ? [[field, body[field]]] : []));
  const recipients = new Set<string>();
  for (const audience of to) {
    for (const recipient of await resolve(context, audience)) recipients.add(recipient);
  }
  for (const recipient of recipients) {
    const task = batch.tasks.find(({ assigneeId }) => `person:${assigneeId}` === recipient)?.id;
    batch.notices.push({
      key: `${step.key}/${template}/${recipient}`,
      step: step.key,
      orderNumber: order.number,
      recipient,
      template,
      facts: { ...(task ? { task } : {}), ...facts, ...Object.fromEntries(said) },
      state: 'queued',
      createdAt: step.at,
    });
  }
}

/** Who that is now; `person:<id>` or `customer:<id>`. A role nobody holds tells nobody: the ladder sees to it. */
async function resolve(context: StepContext, audience: Audience): Promise<string[]> {
  const { order, set, step } = context;
  if (audience === 'customer') return [`customer:${order.customerId}`];
  if (typeof audience === 'object' && 'people' in audience)
    return audience.people.map((id) => `person:${id}`);
  if (typeof audience === 'object') return assigneesOf(context, audience.assigneesOf);
  const staff = await context.staff();
  const person = (id: string | null | undefined) => (id ? [`person:${id}`] : []);
  const team = set.team ?? order.team ?? {};
  switch (audience) {
    case 'team':
      return Object.values(team).flatMap(person);
    case 'teamLead':
      return person(team.lead);
    case 'salesOwner':
      return person(order.salesOwnerId);
    case 'logistics':
      return person((headOf(staff, 'logistics', step.at) ?? holderOf(staff, 'logistics', step.at))?.id);
    case 'orderManager':
      return person(holderOf(staff, audience, step.at)?.id);
  }
}

async function assigneesOf(context: StepContext, ids: string[]): Promise<string[]> {
  const opened = context.batch.tasks.filter((task) => ids.includes(task.id));
  const known =
    opened.length === ids.length
      ? opened
      : [...opened, ...context.tasks.filter((task) => ids.includes(task.id))];
  return known.flatMap((task) => (task.assigneeId ? [`person:${task.assigneeId}`] : []));
}
