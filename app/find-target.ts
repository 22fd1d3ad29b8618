import { eq } from 'drizzle-orm';
import { orders } from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';

/**
 * The order a message is for, with a process that runs. Throws `not-found`, `not-started` for a normal order,
 * `order-ended` for one that is closed, rejected, declined or cancelled.
 */
export async function findRunningOrder(ctx: Pick<AppContext, 'db'>, number: string) {
  const { phase, class: orderClass, endedAt, policyRevision } = orders;
  const [order] = await ctx.db
    .select({ phase, class: orderClass, endedAt, policyRevision })
    .from(orders)
    .where(eq(orders.number, number));
  if (!order) throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
  if (order.endedAt) throw new AppError('order-ended', `order ${number} is ${order.phase}`);
  if (order.class === 'normal')
    throw new AppError('not-started', `order ${number} is a normal one: no process runs`);
  return { ...order, target: `order/${number}` };
}
