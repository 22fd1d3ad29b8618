import { and, asc, eq, isNull, lte, or } from 'drizzle-orm';
import { commands } from '../db/schema/index.js';
import { answerWithin } from './answer-within.js';
import type { AppContext } from './context.js';
import { deliverCommand, settleCommand } from './deliver-command.js';
import type { CommandRow } from './idempotency.js';
import { settleReported } from './incidents/settle-reported.js';

/** The API delivers a new command itself; the relay leaves it that long before it helps. */
const YOUNGEST_MS = 3_000;
const WITHIN_MS = 10_000;
const REACHED_WITHIN_MS = 2_000;
const BATCH = 100;
const AT_ONCE = 10;

/**
 * Delivers what is left in `commands`, oldest first, so that nothing accepted is lost while Temporal was away
 * (design §3.2). Several relays may run: a command delivered twice has one effect. Answers how many were settled.
 */
export async function relayOnce(ctx: AppContext): Promise<number> {
  const now = ctx.now();
  const pending = await ctx.db
    .select()
    .from(commands)
    .where(
      and(
        eq(commands.state, 'pending'),
        or(
          lte(commands.createdAt, new Date(now.getTime() - YOUNGEST_MS).toISOString()),
          // What one process asks of another has nobody else to deliver it.
          eq(commands.credential, 'workflow'),
        ),
        or(isNull(commands.nextAttemptAt), lte(commands.nextAttemptAt, now.toISOString())),
      ),
    )
    .orderBy(asc(commands.createdAt))
    .limit(BATCH);
  // Asked once for all of them: else each waits for its own time-out, and is put off when Temporal is back.
  if (pending.length === 0 || !(await isReachable(ctx))) return 0;
  // One order's commands keep their order: a start before its updates, and one update after the other.
  const byTarget = new Map<string, CommandRow[]>();
  for (const command of pending) {
    byTarget.set(command.target, [...(byTarget.get(command.target) ?? []), command]);
  }
  const queues = [...byTarget.values()];
  let settled = 0;
  const work = async () => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      const done = await relayQueue(ctx, queue);
      // Not `settled += await …`: that reads the sum before it waits, and others add meanwhile.
      settled += done;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return settled;
}

function isReachable({ temporal }: AppContext): Promise<boolean> {
  const { connection } = temporal;
  const ask = () =>
    connection
      .withDeadline(Date.now() + REACHED_WITHIN_MS, () => connection.workflowService.getSystemInfo({}))
      .then(
        () => true,
        () => false,
      );
  return answerWithin(REACHED_WITHIN_MS, ask, false);
}

async function relayQueue(ctx: AppContext, queue: CommandRow[]): Promise<number> {
  let settled = 0;
  for (const command of queue) {
    const delivery = await deliverCommand(ctx, command, WITHIN_MS);
    if (command.name === 'reported') await settleReported(ctx, command, delivery);
    else await settleCommand(ctx, command.id, delivery);
    if (delivery.state === 'pending') {
      await postpone(ctx, command);
      return settled;
    }
    settled += 1;
  }
  return settled;
}

/** Waits longer after each failure, one minute at most: a worker that comes back is not met by a crowd. */
async function postpone({ db, now }: AppContext, command: CommandRow): Promise<void> {
  const waitMs = Math.min(60_000, 1_000 * 2 ** Math.min(command.attempts, 6));
  await db
    .update(commands)
    .set({ attempts: command.attempts + 1, nextAttemptAt: new Date(now().getTime() + waitMs).toISOString() })
    .where(eq(commands.id, command.id));
}
