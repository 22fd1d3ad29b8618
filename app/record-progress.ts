import type { ProgressForm } from '../contracts/forms.js';
import { checkFormTimes } from './check-form-times.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { findRunningOrder } from './find-target.js';
import { findRepeated } from './idempotency.js';
import { holdsRole, type Principal } from './principal.js';
import { answerOf, type CommandAnswer, submitCommand } from './submit-command.js';

export interface RecordProgressRequest {
  principal: Principal;
  number: string;
  form: ProgressForm;
  idempotencyKey?: string;
}

/**
 * Records a milestone or a new projected finish (P05.5). `done` is true unless said otherwise. Throws `forbidden` where
 * the policy does not give the role this milestone, and the workflow's `wrong-phase`, `milestone-out-of-order`.
 */
export async function recordProgress(
  ctx: AppContext,
  request: RecordProgressRequest,
): Promise<CommandAnswer> {
  const { principal, number, form, idempotencyKey } = request;
  const route = `POST /v1/orders/${number}/progress`;
  const identity = { principal, route, key: idempotencyKey, body: form };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return answerOf(repeated);
  const order = await findRunningOrder(ctx, number);
  const roles = order.policy.progressRoles[form.milestone];
  if (!holdsRole(principal, roles))
    throw new AppError('forbidden', `${roles.join(', ')} may record ${form.milestone}`);
  await checkFormTimes(ctx, order, form);
  const { milestone, done = true, at, projectedFinish } = form;
  return submitCommand(ctx, {
    ...identity,
    target: order.target,
    name: 'recordProgress',
    message: { milestone, done, doneAt: at, projectedFinish },
  });
}
