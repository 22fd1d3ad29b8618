import { inArray } from 'drizzle-orm';
import type { IncidentAudience, IncidentChange } from '../../contracts/incident-record.js';
import { orders } from '../../db/schema/index.js';
import type { IncidentContext } from './incident-context.js';
import { holderOf, present } from './staff.js';

type Tell = Extract<IncidentChange, { do: 'tellOfIncident' }>;

/** As of orders: a notice for each recipient, in the same transaction as what it tells of. */
export async function tellOfIncident(
  context: IncidentContext,
  { notice, to, facts = {} }: Tell,
): Promise<void> {
  const people = new Set<string>();
  for (const audience of to) for (const id of await resolve(context, audience)) people.add(id);
  for (const id of people) add(context, notice, `person:${id}`, { ...taskOf(context, id), ...facts });
}

/**
 * Carries out an action that needs nobody: a notice of the playbook to everybody it is for (P02.4, P03.5), an invitation
 * to the team (P14.7). Its key is the step's, so that it happens once.
 */
export async function actBy(context: IncidentContext, key: string): Promise<void> {
  const step = context.playbook.steps.find((one) => one.key === key);
  if (step?.kind !== 'action') throw new Error(`${context.playbook.type} has no action ${key}`);
  const tell = (recipient: string, facts: Record<string, unknown> = {}) =>
    add(context, 'playbookNotice', recipient, { step: key, ...facts }, key);
  switch (step.action) {
    case 'notifyTeam':
    case 'convene':
      for (const id of await resolve(context, 'team')) tell(`person:${id}`, { audience: 'team' });
      return;
    case 'notifyCustomers': {
      const customers = await customersOf(context);
      for (const [id, numbers] of customers)
        tell(`customer:${id}`, { audience: 'customers', orders: numbers });
      return;
    }
    case 'notifySuppliers': {
      const { supplier } = context.incident.facts;
      if (supplier) tell(`supplier:${supplier}`, { audience: 'suppliers' });
      return;
    }
    default:
      throw new Error(`${step.action} is nobody's but a person's`);
  }
}

function add(
  { batch, step, incident }: IncidentContext,
  template: string,
  recipient: string,
  facts: Record<string, unknown>,
  part = template,
): void {
  batch.notices.push({
    key: `${step.key}/${part}/${recipient}`,
    step: step.key,
    incidentNumber: incident.number,
    recipient,
    template,
    facts,
    state: 'queued',
    createdAt: step.at,
  });
}

/** The task that this step opens for somebody: one letter tells of both. */
function taskOf({ batch }: IncidentContext, person: string): { task?: string } {
  const task = batch.tasks.find(({ assigneeId }) => assigneeId === person)?.id;
  return task ? { task } : {};
}

/** Who that is now, as person ids. A role nobody holds tells nobody: the ladder sees to it. */
async function resolve(context: IncidentContext, audience: IncidentAudience): Promise<string[]> {
  const { incident, set, step, batch, tasks } = context;
  if (typeof audience === 'object') {
    const known = [...batch.tasks, ...tasks].filter(({ id }) => audience.assigneesOf.includes(id));
    return known.flatMap(({ assigneeId }) => assigneeId ?? []);
  }
  if (audience === 'owner') return [set.ownerId ?? incident.ownerId].flatMap((id) => id ?? []);
  if (audience === 'team') return [...new Set(Object.values(set.team ?? incident.team ?? {}))];
  const staff = await context.staff();
  if (audience !== 'technicalSupport')
    return [holderOf(staff, audience, step.at)?.id].flatMap((id) => id ?? []);
  return present(staff, step.at).flatMap(({ id, department }) => (department === audience ? id : []));
}

/** Customers of the orders that are affected, each with the numbers of their own. */
async function customersOf({ db, affected }: IncidentContext): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (affected.length === 0) return found;
  const rows = await db
    .select({ number: orders.number, customer: orders.customerId })
    .from(orders)
    .where(inArray(orders.number, affected))
    .orderBy(orders.number);
  for (const { number, customer } of rows) found.set(customer, [...(found.get(customer) ?? []), number]);
  return found;
}
