import type { AppContext } from './context.js';
import { deliverCommand, settleCommand } from './deliver-command.js';
import type { CommandRow } from './idempotency.js';

/** How long a caller waits for Temporal to take a start; later, the relay delivers it (design §3.2). */
const START_WITHIN_MS = 300;

/** Starts the process of what has just been committed, or leaves the start to the relay; never rejects. */
export async function startNow(ctx: AppContext, command: CommandRow): Promise<void> {
  const delivery = await deliverCommand(ctx, command, START_WITHIN_MS);
  if (delivery.state === 'pending') {
    ctx.log.warn({ command: command.id, error: delivery.error }, 'start is left to the relay');
    return;
  }
  // Behind the answer, which does not wait for it: if it is lost, the relay delivers the start again, to the same effect.
  setImmediate(() =>
    settleCommand(ctx, command.id, delivery).catch((error) =>
      ctx.log.warn({ err: error }, 'start not settled'),
    ),
  );
}
