import {
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
} from '@temporalio/client';
import { ApplicationFailure, WorkflowIdReusePolicy } from '@temporalio/common';
import { and, eq } from 'drizzle-orm';
import type { RecordOutcome } from '../contracts/record.js';
import type { Queryable } from '../db/connect.js';
import { unhurried } from '../db/queries/unhurried.js';
import { chases, commands, incidents, orders } from '../db/schema/index.js';
import { answerWithin } from './answer-within.js';
import type { AppContext } from './context.js';
import { AppError, ERRORS, isErrorCode } from './errors.js';
import type { CommandRow } from './idempotency.js';
import { findOutcome } from './record/record-step.js';
import { START_OPTIONS } from './start-options.js';
import { taskQueue } from './temporal.js';

/** What came of one attempt. `pending`: Temporal or the worker is away; the relay tries again. */
export type Delivery =
  | { state: 'done'; result: unknown }
  | { state: 'refused'; code: keyof typeof ERRORS; detail: string }
  | { state: 'pending'; error: string };

/**
 * Delivers a command once, waiting at most `withinMs`: a start by its workflow id, an update with the command's id as
 * `updateId`, a signal with that id in its message, so that the same command delivered twice has one effect (design §3.2).
 */
export async function deliverCommand(
  ctx: AppContext,
  command: CommandRow,
  withinMs: number,
): Promise<Delivery> {
  const { connection } = ctx.temporal;
  try {
    const attempt = () => deliverOf[command.kind](ctx, command);
    return await answerWithin<Delivery>(
      withinMs,
      () => connection.withDeadline(Date.now() + withinMs, attempt),
      { state: 'pending', error: `no answer within ${withinMs} ms` },
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) return refusalOf(error);
    if (error instanceof WorkflowNotFoundError) return whenNotFound(ctx, command);
    return { state: 'pending', error: describe(error) };
  }
}

const deliverOf: Record<CommandRow['kind'], (ctx: AppContext, command: CommandRow) => Promise<Delivery>> = {
  start: deliverStart,
  update: deliverUpdate,
  signal: deliverSignal,
  // Its own transaction was all of it.
  record: async () => ({ state: 'done', result: null }),
};

async function deliverStart({ db, temporal }: AppContext, command: CommandRow): Promise<Delivery> {
  const start = START_OPTIONS[command.name];
  if (!start) throw new Error(`no process is called ${command.name}`);
  const { options, begun } = start(command.payload as never);
  try {
    await temporal.workflow.start(command.name, {
      workflowId: command.target,
      taskQueue,
      args: [command.payload],
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      ...options,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // An order that was normal for a while: its earlier process may still be sending its last mails, and is not this
    // one, which has begun only once that is on the record.
    if ((await findOutcome(db, `${command.target}/${begun}`)) === undefined) {
      return { state: 'pending', error: 'the earlier process of the order is still ending' };
    }
  }
  return { state: 'done', result: { workflowId: command.target } };
}

async function deliverUpdate({ temporal }: AppContext, command: CommandRow): Promise<Delivery> {
  const handle = temporal.workflow.getHandle(command.target);
  const result = await handle.executeUpdate(command.name, { args: [command.payload], updateId: command.id });
  return { state: 'done', result };
}

/**
 * Done once Temporal has it in the workflow's history. Delivered twice it is there twice, and has one effect: the step
 * that it leads to bears the command's id as its key.
 */
async function deliverSignal({ temporal }: AppContext, command: CommandRow): Promise<Delivery> {
  await temporal.workflow.getHandle(command.target).signal(command.name, command.payload);
  return { state: 'done', result: { workflowId: command.target } };
}

function refusalOf(error: WorkflowUpdateFailedError): Delivery {
  const { cause } = error;
  if (cause instanceof ApplicationFailure && isErrorCode(cause.type)) {
    return { state: 'refused', code: cause.type, detail: cause.message };
  }
  // An update that was under way when its workflow ended is answered by the record.
  return { state: 'pending', error: describe(cause ?? error) };
}

/**
 * No workflow runs: the command did its work and the answer was lost with the workflow's end; or the order has ended,
 * or has no process; or the workflow is lost, and the reconciler starts it again.
 */
async function whenNotFound({ db }: AppContext, command: CommandRow): Promise<Delivery> {
  const [kind = '', number = ''] = command.target.split('/');
  const found = await findProcess(db, command.target);
  const recorded = await findOutcome<RecordOutcome>(db, `${command.target}/${command.id}`);
  if (found && recorded?.outcome === 'recorded') {
    return {
      state: 'done',
      result: { number, phase: found.phase, version: recorded.version, state: 'done' },
    };
  }
  if (recorded?.outcome === 'refused' && isErrorCode(recorded.code)) {
    return { state: 'refused', code: recorded.code, detail: recorded.detail };
  }
  if (!found?.hasProcess) {
    return { state: 'refused', code: 'not-started', detail: `${kind} ${number} has no running process` };
  }
  if (found.endedAt) {
    return {
      state: 'refused',
      code: ENDED_CODES[kind] ?? 'order-ended',
      detail: `${kind} ${number} is ${found.phase}`,
    };
  }
  return { state: 'pending', error: 'the workflow is not running' };
}

const ENDED_CODES: Record<string, keyof typeof ERRORS> = {
  incident: 'incident-ended',
  chase: 'task-not-open',
};

/** What the record says of a process, by its workflow id; a normal order has none. */
async function findProcess(db: AppContext['db'], workflowId: string) {
  const [kind, number = ''] = workflowId.split('/');
  if (kind === 'incident') {
    const { phase, endedAt } = incidents;
    const [row] = await db.select({ phase, endedAt }).from(incidents).where(eq(incidents.number, number));
    return row && { ...row, hasProcess: true };
  }
  if (kind === 'chase') {
    const { phase, endedAt } = chases;
    const [row] = await db.select({ phase, endedAt }).from(chases).where(eq(chases.number, number));
    return row && { ...row, hasProcess: true };
  }
  const { phase, endedAt, class: orderClass } = orders;
  const [row] = await db
    .select({ phase, endedAt, class: orderClass })
    .from(orders)
    .where(eq(orders.number, number));
  return row && { phase: row.phase, endedAt: row.endedAt, hasProcess: row.class !== 'normal' };
}

function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : String(error);
}

/** Writes what came of a command, once; answers the row as it stands then. */
export async function settleCommand(
  { db, now }: Pick<AppContext, 'now'> & { db: Queryable },
  id: string,
  delivery: Delivery,
): Promise<void> {
  if (delivery.state === 'pending') {
    await db.update(commands).set({ lastError: delivery.error }).where(eq(commands.id, id));
    return;
  }
  const settled =
    delivery.state === 'done'
      ? { state: 'done' as const, status: 200, result: delivery.result }
      : {
          state: 'refused' as const,
          status: ERRORS[delivery.code].status,
          result: { code: delivery.code, detail: delivery.detail },
        };
  await db
    .update(commands)
    .set({ ...settled, settledAt: now().toISOString() })
    // Lost, the command is pending: the relay delivers it once more, and Temporal gives the same answer.
    .where(and(eq(commands.id, id), eq(commands.state, 'pending'), unhurried));
}

/** A refusal as the error the API answers. */
export function refusalError({ code, detail }: { code: keyof typeof ERRORS; detail: string }): AppError {
  return new AppError(code, detail);
}
