import { and, eq } from 'drizzle-orm';
import type { ReleaseForm } from '../contracts/forms.js';
import { holds } from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { findRunningOrder } from './find-target.js';
import { findRepeated } from './idempotency.js';
import { holdsRole, type Principal } from './principal.js';
import { MANAGERS } from './record/task-rights.js';
import { answerOf, type CommandAnswer, submitCommand } from './submit-command.js';

export interface ReleaseHoldRequest {
  principal: Principal;
  number: string;
  hold: string;
  form: ReleaseForm;
  idempotencyKey?: string | undefined;
}

/**
 * Releases one hold, with what settled it; deadlines that no other hold stops run again with the time they had left.
 * By its owner, by who asked for it, or by a manager. Throws `not-found`, `forbidden`, `hold-not-open`.
 */
export async function releaseHold(ctx: AppContext, request: ReleaseHoldRequest): Promise<CommandAnswer> {
  const { principal, number, hold, form, idempotencyKey } = request;
  const route = `POST /v1/orders/${number}/holds/${hold}/release`;
  const identity = { principal, route, key: idempotencyKey, body: form };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return answerOf(repeated);
  const { target } = await findRunningOrder(ctx, number);
  const [found] = await ctx.db
    .select()
    .from(holds)
    .where(and(eq(holds.id, hold), eq(holds.order, number)));
  if (!found) throw new AppError('not-found', `order ${number} has no hold ${hold.slice(0, 60)}`);
  const isTheirs =
    principal.kind === 'person' && (principal.id === found.ownerId || principal.id === found.heldBy);
  if (!isTheirs && !holdsRole(principal, MANAGERS)) {
    throw new AppError('forbidden', `the owner, or ${MANAGERS.join(', ')} may release it`);
  }
  if (found.releasedAt) throw new AppError('hold-not-open', `hold ${hold} was released before`);
  return submitCommand(ctx, { ...identity, target, name: 'release', message: { hold } });
}
