import { WorkflowNotFoundError } from '@temporalio/client';
import { and, desc, eq, gt, isNull, ne } from 'drizzle-orm';
import type { UrgentOrderInput } from '../contracts/order-state.js';
import { commands, orders } from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { startAttributes, startSummary } from './start-options.js';
import { taskQueue } from './temporal.js';

const BATCH = 200;

/**
 * Starts an open record that has no running workflow again, from its `resume` state (design §3.1): after Temporal lost
 * its store, or somebody terminated the workflow by mistake. Orders whose start is still with the relay are left to it.
 * Answers the numbers started.
 */
export async function reconcileOrders(ctx: AppContext): Promise<string[]> {
  const started: string[] = [];
  let after = '';
  for (;;) {
    const open = await ctx.db
      .select({ number: orders.number, resume: orders.resume, version: orders.stateVersion })
      .from(orders)
      .where(and(isNull(orders.endedAt), ne(orders.class, 'normal'), gt(orders.number, after)))
      .orderBy(orders.number)
      .limit(BATCH);
    for (const order of open) {
      if (await isRunning(ctx, `order/${order.number}`)) continue;
      if (await restart(ctx, order)) started.push(order.number);
    }
    const last = open.at(-1);
    if (!last || open.length < BATCH) return started;
    after = last.number;
  }
}

async function isRunning({ temporal }: AppContext, workflowId: string): Promise<boolean> {
  try {
    const { status } = await temporal.connection.withDeadline(Date.now() + 5_000, () =>
      temporal.workflow.getHandle(workflowId).describe(),
    );
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

async function restart(
  ctx: AppContext,
  order: { number: string; resume: UrgentOrderInput['resume'] | null; version: number },
): Promise<boolean> {
  const [start] = await ctx.db
    .select()
    .from(commands)
    .where(and(eq(commands.target, `order/${order.number}`), eq(commands.kind, 'start')))
    .orderBy(desc(commands.createdAt))
    .limit(1);
  if (!start || start.state === 'pending') return false;
  const { plan } = start.payload as UrgentOrderInput;
  const resume = order.resume ? { ...order.resume, version: order.version } : undefined;
  await ctx.temporal.workflow.start(start.name, {
    workflowId: start.target,
    taskQueue,
    args: [{ plan, resume } satisfies UrgentOrderInput],
    ...startAttributes(plan),
    ...startSummary(plan),
  });
  ctx.log.warn({ order: order.number }, 'workflow was gone; started again from its record');
  return true;
}
