import { WorkflowNotFoundError } from '@temporalio/client';
import { WorkflowIdConflictPolicy } from '@temporalio/common';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { findUnsentSteps } from '../db/queries/notices.js';
import { commands, type orders } from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { RECONCILED, type ReconciledKind } from './reconcile-kinds.js';
import { START_OPTIONS } from './start-options.js';
import { taskQueue } from './temporal.js';

const BATCH = 200;

/**
 * Starts every open record that has no running workflow again, from its `resume` state (design §3.1): after Temporal
 * lost its store, or somebody terminated the workflow by mistake. One whose start is still with the relay is left to
 * that. Answers the numbers started.
 */
export async function reconcile(ctx: AppContext): Promise<string[]> {
  const listed = await listRunning(ctx);
  const started: string[] = [];
  for (const kind of RECONCILED) started.push(...(await reconcileKind(ctx, kind, listed)));
  return started;
}

async function reconcileKind(
  ctx: AppContext,
  kind: ReconciledKind,
  listed: ReadonlySet<string>,
): Promise<string[]> {
  const started: string[] = [];
  // The three tables have these columns in common, which is all that is asked of them.
  const table = kind.table as typeof orders;
  let after = '';
  for (;;) {
    const open = await ctx.db
      .select({ number: table.number })
      .from(table)
      .where(and(isNull(table.endedAt), kind.having, gt(table.number, after)))
      .orderBy(table.number)
      .limit(BATCH);
    for (const { number } of open) {
      const workflowId = `${kind.prefix}/${number}`;
      // The list lags behind a start: only what is not in it is asked for by id.
      if (listed.has(workflowId) || (await isRunning(ctx, workflowId))) continue;
      if (await restart(ctx, kind, number)) started.push(number);
    }
    const last = open.at(-1);
    if (!last || open.length < BATCH) return started;
    after = last.number;
  }
}

/** One list for thousands of processes, where a question each would keep Temporal busy for minutes. */
async function listRunning({ temporal }: AppContext): Promise<Set<string>> {
  const running = new Set<string>();
  const types = RECONCILED.map(({ workflow }) => `'${workflow}'`).join(', ');
  const query = `WorkflowType in (${types}) and ExecutionStatus = 'Running'`;
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

async function restart(ctx: AppContext, kind: ReconciledKind, number: string): Promise<boolean> {
  const table = kind.table as typeof orders;
  // Read after the workflow was found not running: one that has just ended has put its end on the record before.
  const [row] = await ctx.db
    .select({ endedAt: table.endedAt, resume: table.resume, stateVersion: table.stateVersion })
    .from(table)
    .where(and(eq(table.number, number), isNull(table.endedAt), kind.having));
  if (!row) return false;
  const [start] = await ctx.db
    .select()
    .from(commands)
    .where(and(eq(commands.target, `${kind.prefix}/${number}`), eq(commands.kind, 'start')))
    .orderBy(desc(commands.createdAt))
    .limit(1);
  if (!start || start.state === 'pending') return false;
  const optionsOf = START_OPTIONS[start.name];
  if (!optionsOf) throw new Error(`no process is called ${start.name}`);
  const { plan } = start.payload as { plan: unknown };
  const resume = row.resume ? { ...row.resume, version: row.stateVersion } : undefined;
  const input = { plan, resume, unsent: await findUnsentSteps(ctx.db, number) };
  await ctx.temporal.workflow.start(start.name, {
    workflowId: start.target,
    taskQueue,
    args: [input],
    ...optionsOf(input as never).options,
    // Another worker's reconciler may have been faster.
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
  });
  ctx.log.warn({ [kind.prefix]: number }, 'workflow was gone; started again from its record');
  return true;
}
