import { eq, sql } from 'drizzle-orm';
import type { IncidentChange } from '../../contracts/incident-record.js';
import type { CustomerChoice } from '../../contracts/incident-state.js';
import { tasks } from '../../db/schema/index.js';
import { optionsOf } from '../../domain/playbooks/interpret.js';
import { affectedCustomers } from './affected-customers.js';
import { type Allowed, isFromApi, type Refused } from './authorise-step.js';
import type { IncidentContext } from './incident-context.js';
import { addWrite } from './step-context.js';
import { addNotice } from './tell-of-incident.js';

type OpenTask = Extract<IncidentChange, { do: 'openTask' }>;

/** What the task of a customers' decision knows: whom it asks, and what each has answered, by customer id. */
interface Asked {
  customers: string[];
  answers: Record<string, string>;
}

const askedOf = (facts: Record<string, unknown>): Asked => ({
  customers: (facts.customers as string[] | undefined) ?? [],
  answers: (facts.answers as Record<string, string> | undefined) ?? {},
});

/**
 * Each affected customer is asked for themselves, by a letter with a link (P18.1, P10.1); somebody of ours answers for
 * those who are reached by telephone. Gives what the task is to know of them; nothing where no customer is affected, and
 * the decision is ours for all.
 */
export async function askCustomers(context: IncidentContext, change: OpenTask): Promise<object> {
  const { playbook, incident } = context;
  const step = playbook.steps.find(({ key }) => key === change.facts?.step);
  if (step?.kind !== 'decision' || step.by !== 'customer') return {};
  const customers = await affectedCustomers(context);
  if (customers.size === 0) return {};
  if (!incident.drill) writeTo(context, customers, { step: step.key, task: change.id });
  learn(context, step.key, { left: customers.size, options: [] });
  return { customers: [...customers.keys()] };
}

/** A letter of their own to each, with the numbers of their orders. */
function writeTo(
  context: IncidentContext,
  customers: Iterable<[id: string, orders: string[]]>,
  about: { step: string; task: string },
): void {
  for (const [id, orders] of customers) {
    addNotice(context, 'incidentTask', `customer:${id}`, { ...about, orders });
  }
}

/**
 * Customers who turn out to be affected while a choice is open are asked as well: by their own letter, and the step waits
 * for them too.
 */
export async function askLaterCustomers(context: IncidentContext): Promise<void> {
  const open = context.tasks.filter(({ state, kind, facts }) => {
    return state === 'open' && kind === 'decision' && askedOf(facts).customers.length > 0;
  });
  if (open.length === 0 || context.incident.drill) return;
  const affected = await affectedCustomers(context);
  for (const task of open) {
    const { customers, answers } = askedOf(task.facts);
    const later = [...affected].filter(([id]) => !customers.includes(id));
    if (later.length === 0) continue;
    const all = [...customers, ...later.map(([id]) => id)];
    const step = String(task.facts.step);
    changeFacts(context, task.id, { customers: all });
    writeTo(context, later, { step, task: task.id });
    learnAnswers(context, step, all, answers);
  }
}

/** One customer's answer; what all of them have answered comes back with the record's answer. */
export function answerChoice(
  context: IncidentContext,
  { task: id, step, option, customer }: Extract<IncidentChange, { do: 'answerChoice' }>,
): void {
  const task = context.tasks.find((one) => one.id === id);
  if (!task) throw new Error(`${id} is not on record`);
  const { customers, answers } = askedOf(task.facts);
  const all = { ...answers, [customer]: option };
  changeFacts(context, id, { answers: all });
  learnAnswers(context, step, customers, all);
}

function changeFacts(context: IncidentContext, task: string, change: Partial<Asked>): void {
  const facts = sql`${tasks.facts} || ${JSON.stringify(change)}::jsonb`;
  addWrite(context, context.db.update(tasks).set({ facts }).where(eq(tasks.id, task)));
}

function learnAnswers(
  context: IncidentContext,
  step: string,
  customers: readonly string[],
  answers: Asked['answers'],
): void {
  const left = customers.filter((one) => answers[one] === undefined).length;
  learn(context, step, { left, options: [...new Set(Object.values(answers))].sort() });
}

/** Of a step that customers' choices lead to: the customers that chose it. */
export function chosenBy({ playbook, tasks: known, step: taken }: IncidentContext, key: unknown): object {
  const chose = playbook.steps.flatMap((step) => {
    if (step.kind !== 'decision' || step.by !== 'customer') return [];
    const leading = step.options.filter(({ leadsTo }) => leadsTo.includes(String(key))).map((one) => one.key);
    const task = known.findLast((one) => one.kind === 'decision' && one.facts.step === step.key);
    if (leading.length === 0 || !task) return [];
    const { customers, answers } = askedOf(task.facts);
    const outcome = optionsOf(taken.next.steps.find((run) => run.key === step.key)?.outcome);
    const rest = restOf(outcome, Object.values(answers), step.otherwise);
    return customers.filter((id) => leading.includes(answers[id] ?? rest ?? leading[0] ?? ''));
  });
  return chose.length > 0 ? { customers: [...new Set(chose)] } : {};
}

/** What was decided for those who have not answered: the option that none of the others chose, or the default. */
function restOf(outcome: string[], chosen: string[], otherwise: string | undefined): string | undefined {
  return outcome.find((option) => !chosen.includes(option)) ?? outcome.find((option) => option === otherwise);
}

/** Somebody of ours answers for a customer who was asked and has not answered. */
export function refuseChoice({ tasks: known, step }: IncidentContext): Refused | undefined {
  const { customer } = (step.detail?.gist ?? {}) as { customer?: string };
  const { customers, answers } = askedOf(known.find(({ id }) => id === step.task)?.facts ?? {});
  if (customer === undefined || customers.length === 0) return undefined;
  if (!customers.includes(customer)) {
    return { code: 'invalid-input', detail: `customer ${customer} was not asked` };
  }
  if (answers[customer] === undefined) return undefined;
  return { code: 'task-not-open', detail: `customer ${customer} has answered` };
}

/** A customer answers what they were asked, once, by the link they were sent; for one of them, somebody of ours does. */
export function checkCustomer(context: IncidentContext, principal: string): Allowed {
  const { tasks: known, step } = context;
  const open = known.find(({ id }) => id === step.task);
  const id = principal.slice('customer:'.length);
  const { customers, answers } = askedOf(open?.facts ?? {});
  if (!isFromApi(context) || step.action !== 'decision' || !customers.includes(id)) {
    return { code: 'forbidden', detail: 'a customer answers what they were asked', actor: 'unknown' };
  }
  if (open?.state === 'open' && answers[id] === undefined) return { actor: principal };
  return { code: 'task-not-open', detail: `task ${step.task} is answered`, actor: principal };
}

function learn(context: IncidentContext, step: string, choice: CustomerChoice): void {
  const before = context.learnt.choices ?? context.step.next.choices ?? {};
  context.learnt.choices = { ...before, [step]: choice };
}
