import type { TaskForm } from '../contracts/forms.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { findRunningOrder } from './find-target.js';
import { findRepeated } from './idempotency.js';
import { holdsRole, type Principal } from './principal.js';
import { answerOf, type CommandAnswer, submitCommand } from './submit-command.js';

export interface SignOffRequest {
  principal: Principal;
  number: string;
  form: TaskForm<'signOff'>;
  idempotencyKey?: string;
}

/**
 * The vice president signs or rejects the open proposal, named by its id (P07.6). Throws `forbidden` where the role may
 * not sign, and the workflow's refusals: `no-open-proposal`, `stale-proposal`, `separation-of-duties`.
 */
export async function signOff(ctx: AppContext, request: SignOffRequest): Promise<CommandAnswer> {
  const { principal, number, form, idempotencyKey } = request;
  const route = `POST /v1/orders/${number}/sign-off`;
  const identity = { principal, route, key: idempotencyKey, body: form };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return answerOf(repeated);
  const order = await findRunningOrder(ctx, number);
  if (!holdsRole(principal, order.policy.signOff.roles)) {
    throw new AppError('forbidden', `${order.policy.signOff.roles.join(' or ')} may sign`);
  }
  const { proposal, decision } = form;
  const { target } = order;
  return submitCommand(ctx, { ...identity, target, name: 'signOff', message: { proposal, decision } });
}
