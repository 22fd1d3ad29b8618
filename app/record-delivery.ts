import { and, desc, eq } from 'drizzle-orm';
import type { TaskForm } from '../contracts/forms.js';
import { tasks } from '../db/schema/index.js';
import { completeTask } from './complete-task.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { findRunningOrder } from './find-target.js';
import type { Principal } from './principal.js';
import type { CommandAnswer } from './submit-command.js';

export interface RecordDeliveryRequest {
  principal: Principal;
  number: string;
  form: TaskForm<'customerContact'>;
  idempotencyKey?: string;
}

/**
 * The customer's word that the goods arrived, or an attempt that reached nobody (P05.6): finishes the order's contact
 * task. Throws `wrong-phase` while the order is not signed for.
 */
export async function recordDelivery(
  ctx: AppContext,
  request: RecordDeliveryRequest,
): Promise<CommandAnswer> {
  const { principal, number, form, idempotencyKey } = request;
  const [task] = await ctx.db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.orderNumber, number), eq(tasks.kind, 'customerContact')))
    .orderBy(desc(tasks.round))
    .limit(1);
  if (!task) {
    const order = await findRunningOrder(ctx, number);
    throw new AppError(
      'wrong-phase',
      `order ${number} is ${order.phase}: the customer is asked once it is signed for`,
    );
  }
  return completeTask(ctx, { principal, taskId: task.id, form, idempotencyKey });
}
