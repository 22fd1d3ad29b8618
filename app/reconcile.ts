import { WorkflowNotFoundError } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import { and, desc, eq, gt, isNull, ne } from 'drizzle-orm';
import type { UrgentOrderInput } from '../contracts/order-state.js';
import { findUnsentSteps } from '../db/queries/notices.js';
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
  const listed = await listRunning(ctx);
  let after = '';
  for (;;) {
    const open = await ctx.db
      .select({ number: orders.number })
      .from(orders)
      .where(and(isNull(orders.endedAt), ne(orders.class, 'normal'), gt(orders.number, after)))
      .orderBy(orders.number)
      .limit(BATCH);
    for (const { number } of open) {
      const workflowId = `order/${number}`;
      // The list lags behind a start: only what is not in it is asked for by id.
      if (listed.has(workflowId) || (await isRunning(ctx, workflowId))) continue;
      if (await restart(ctx, number)) started.push(number);
    }
    const last = open.at(-1);
    if (!last || open.length < BATCH) return started;
    after = last.number;
  }
}

/** One list for thousands of orders, where a question each would keep Temporal busy for minutes. */
async function listRunning({ temporal }: AppContext): Promise<Set<string>> {
  const running = new Set<string>();
  const query = `WorkflowType = 'urgentOrder' and ExecutionStatus = 'Running'`;
  for await (const { workflowId } of temporal.workflow.list({ query, pageSize: 1000 }))
    running.add(workflowId);
  return running;
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

async function restart(ctx: AppContext, number: string): Promise<boolean> {
  // Read after the workflow was found not running: one that has just ended has put its end on the record before.
  const [order] = await ctx.db.select().from(orders).where(eq(orders.number, number));
  if (!order || order.endedAt || order.class === 'normal') return false;
  const [start] = await ctx.db
    .select()
    .from(commands)
    .where(and(eq(commands.target, `order/${number}`), eq(commands.kind, 'start')))
    .orderBy(desc(commands.createdAt))
    .limit(1);
  if (!start || start.state === 'pending') return false;
  const { plan } = start.payload as UrgentOrderInput;
  const resume = order.resume ? { ...order.resume, version: order.stateVersion } : undefined;
  const unsent = await findUnsentSteps(ctx.db, number);
  await ctx.temporal.workflow.start(start.name, {
    workflowId: start.target,
    taskQueue,
    args: [{ plan, resume, unsent } satisfies UrgentOrderInput],
    // Another worker's reconciler may have been faster.
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    ...startAttributes(plan),
    ...startSummary(plan),
  });
  ctx.log.warn({ order: number }, 'workflow was gone; started again from its record');
  return true;
}
