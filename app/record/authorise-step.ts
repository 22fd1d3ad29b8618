import { and, eq } from 'drizzle-orm';
import type { Actor } from '../../contracts/messages.js';
import { holds } from '../../db/schema/index.js';
import type { Milestone } from '../../domain/order/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { ErrorCode } from '../errors.js';
import type { ProcessContext, StepContext } from './step-context.js';
import { HOLDING_ROLES, MANAGERS, rolesForTask } from './task-rights.js';

export interface Refused {
  code: ErrorCode;
  detail: string;
}

/** The last word on a step, inside its record transaction, whatever the API let through (design §10). */
export type Allowed = { actor: string } | (Refused & { actor: string });

/** Whether a person of the company may do an order's step, or a customer. */
export function authoriseStep(context: StepContext): Promise<Allowed> {
  const { actor } = context.step;
  if (actor?.principal.startsWith('customer:') && isFromApi(context)) {
    return Promise.resolve({ ...checkCustomer(context, actor.principal), actor: actor.principal });
  }
  if (actor?.credential === 'workflow') return Promise.resolve(checkProcess(context, actor.principal));
  return authorisePerson(context, (person) => checkPerson(context, person));
}

/** What one process may ask of another: an incident holds and releases an order, and says that it affects it. */
function checkProcess(context: StepContext, principal: string): Allowed {
  const may = ['hold', 'release', 'linkIncident'].includes(context.step.action);
  if (may && principal.startsWith('incident/') && isFromApi(context)) return { actor: principal };
  const detail = 'an incident holds and releases an order by what its record asks for, and nothing else';
  return { code: 'forbidden', detail, actor: 'unknown' };
}

/**
 * Whether the person who acts may, by the record's own tables: the message came from the API, or says that it was typed;
 * the person is known and active; and `check` finds nothing against it. Answers the actor's id for the record, or why not.
 */
export async function authorisePerson(
  context: ProcessContext,
  check: (person: Person) => Refused | undefined | Promise<Refused | undefined>,
): Promise<Allowed> {
  if (!context.step.actor) return { actor: 'redmark' };
  if (!isFromApi(context)) {
    const detail = 'the message names a person, and did not come from the API, which knows who acts';
    return { code: 'forbidden', detail, actor: 'unknown' };
  }
  const { person } = context;
  if (!person) {
    // What was typed may be anything, a mail address too: it stays out of the log.
    const detail = 'nobody in the company has the id or mail address given in "by"';
    return { code: 'forbidden', detail, actor: 'unknown' };
  }
  return { ...(await check(person)), actor: person.id };
}

/**
 * Whoever reaches Temporal can type a message and write any name into it. One that claims a token or a link counts only
 * where the API stored the very command; what is typed by hand says so by its credential, and is checked by itself.
 */
export function isFromApi({ step, subject, command }: ProcessContext): boolean {
  const { actor } = step;
  if (actor?.credential === 'temporal' && step.command === undefined) return true;
  const { actor: sender } = (command?.payload ?? {}) as { actor?: Actor };
  return (
    command?.target === subject.workflowId &&
    sender?.principal === actor?.principal &&
    sender?.credential === actor?.credential
  );
}

export type Person = NonNullable<ProcessContext['person']>;

async function checkPerson(context: StepContext, person: Person): Promise<Refused | undefined> {
  const { action, task, detail } = context.step;
  if (action === 'signOff') return checkSigner(context, person);
  if (action === 'replan') return requireRole(person, MANAGERS, 'overrule the assessment');
  if (action === 'recordProgress') {
    const { policy } = await context.rules();
    const milestone = detail?.milestone as Milestone;
    return requireRole(person, policy.progressRoles[milestone], `record ${milestone}`);
  }
  if (action === 'hold') return requireRole(person, HOLDING_ROLES, 'hold an order');
  if (action === 'release') return checkReleaser(context, person, String(detail?.hold ?? ''));
  const open = context.tasks.find(({ id }) => id === task);
  if (open?.state !== 'open') return { code: 'task-not-open', detail: `task ${task} is not open` };
  const refused = requireRole(person, rolesForTask(open), `finish ${open.id}`);
  return refused ?? (action === 'evaluate' ? checkEvaluator(context, person, open.department) : undefined);
}

/** Who sees to the end of a hold releases it, whoever asked for it, and the managers. */
async function checkReleaser(
  context: StepContext,
  person: Person,
  hold: string,
): Promise<Refused | undefined> {
  const { db, order } = context;
  const [found] = await db
    .select({ ownerId: holds.ownerId, heldBy: holds.heldBy })
    .from(holds)
    .where(and(eq(holds.id, hold), eq(holds.order, order.number)));
  // One that is not there the order itself refuses.
  if (!found || found.ownerId === person.id || found.heldBy === person.id) return undefined;
  return requireRole(person, MANAGERS, 'release what another holds');
}

export function requireRole(
  person: { roles: readonly Role[] },
  roles: readonly Role[],
  what: string,
): Refused | undefined {
  if (person.roles.some((role) => roles.includes(role))) return undefined;
  return { code: 'forbidden', detail: `${roles.join(' or ')} may ${what}` };
}

/** One person never evaluates for two departments (design §10). */
function checkEvaluator(context: StepContext, person: Person, department: string): Refused | undefined {
  const other = evaluationsBy(context, person.id).find((done) => done.department !== department);
  if (!other) return undefined;
  return {
    code: 'separation-of-duties',
    detail: `the same person has evaluated this order for ${other.department}`,
  };
}

/** Who signs neither asked for the order nor evaluated it; ways of signing may be switched off (design §7, §10). */
async function checkSigner(context: StepContext, person: Person): Promise<Refused | undefined> {
  const { policy } = await context.rules();
  const { credential } = context.step.actor ?? {};
  if (credential === 'temporal' && !policy.signOff.bySignal) {
    return { code: 'signal-switched-off', detail: 'the policy has sign-off from Temporal switched off' };
  }
  if (credential === 'link' && !policy.signOff.byLink) {
    return { code: 'forbidden', detail: 'the policy has sign-off by link switched off' };
  }
  const refused = requireRole(person, policy.signOff.roles, 'sign');
  if (refused) return refused;
  // The API's form asks for the reason. Asked here and not in the workflow: what is on record stays as it was taken.
  if (credential === 'temporal' && context.step.detail?.decision === 'reject' && !context.step.note) {
    return { code: 'invalid-input', detail: 'a rejection must give its reason as "note"' };
  }
  if (context.order.requestedBy === person.id) {
    return { code: 'separation-of-duties', detail: 'who asked for an order does not sign it' };
  }
  if (evaluationsBy(context, person.id).length > 0) {
    return { code: 'separation-of-duties', detail: 'who evaluated an order does not sign it' };
  }
  return undefined;
}

function evaluationsBy(context: StepContext, person: string) {
  return context.tasks.filter((task) => task.kind === 'evaluate' && task.finishedBy === person);
}

/** A customer answers what they were asked about their own order, by the link they were sent. */
function checkCustomer(context: StepContext, principal: string): Refused | undefined {
  const { action, task } = context.step;
  const isOwn = principal === `customer:${context.order.customerId}`;
  if (!isOwn || !CUSTOMER_TASKS.includes(action)) {
    return { code: 'forbidden', detail: 'a customer answers questions about their own order' };
  }
  const open = context.tasks.find(({ id }) => id === task);
  if (open?.state !== 'open') return { code: 'task-not-open', detail: `task ${task} is not open` };
  return undefined;
}

const CUSTOMER_TASKS: readonly string[] = ['question', 'alternative', 'customerContact'];
