import { and, eq } from 'drizzle-orm';
import type { HoldForm } from '../contracts/forms.js';
import { people } from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { AppError, refuseField } from './errors.js';
import { findRunningOrder } from './find-target.js';
import { findRepeated } from './idempotency.js';
import { holdsRole, type Principal } from './principal.js';
import { HOLDING_ROLES } from './record/task-rights.js';
import { answerOf, type CommandAnswer, submitCommand } from './submit-command.js';

export interface HoldOrderRequest {
  principal: Principal;
  number: string;
  form: HoldForm;
  idempotencyKey?: string | undefined;
}

/**
 * 暂停: holds an order for a reason of the policy its process goes by (design §4). Several at once; each has its id, and
 * an owner who is told and sees to its end. Throws `forbidden`, `not-found`, `not-started`, `order-ended`, `invalid-input`
 * with the field for a reason that the policy does not have, an owner who is nobody active, a time that has passed.
 */
export async function holdOrder(ctx: AppContext, request: HoldOrderRequest): Promise<CommandAnswer> {
  const { principal, number, form, idempotencyKey } = request;
  if (!holdsRole(principal, HOLDING_ROLES)) {
    throw new AppError('forbidden', `${HOLDING_ROLES.join(', ')} may hold an order`);
  }
  const route = `POST /v1/orders/${number}/holds`;
  const identity = { principal, route, key: idempotencyKey, body: form };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return answerOf(repeated);
  const { policy, target } = await findRunningOrder(ctx, number);
  const { reason, owner, dueAt } = form;
  const rule = Object.hasOwn(policy.holds, reason) ? policy.holds[reason] : undefined;
  if (!rule) {
    throw refuseField('reason', `must be a reason of the policy: ${Object.keys(policy.holds).join(', ')}`);
  }
  if (dueAt !== undefined && dueAt <= ctx.now().toISOString()) {
    throw refuseField('dueAt', 'must lie in the future');
  }
  const { role, department } = await findOwner(ctx, owner);
  return submitCommand(ctx, {
    ...identity,
    target,
    name: 'hold',
    message: { reason, owner, role, department, dueAt, stops: rule.stops, shipping: rule.shipping },
  });
}

/** Who owns it, with the role and department that the task is theirs by. */
async function findOwner({ db }: AppContext, id: string) {
  const [person] = await db
    .select({ roles: people.roles, department: people.department })
    .from(people)
    .where(and(eq(people.id, id), eq(people.active, true)));
  const role = person?.roles[0];
  if (!person || !role) throw refuseField('owner', 'must be the id of a person of the company who is active');
  return { role, department: person.department };
}
