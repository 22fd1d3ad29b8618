import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Tries once a second until it works or the process stops; says once that it waits. */
export async function untilDone(
  work: () => Promise<unknown>,
  stopped: AbortSignal,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  for (let said = false; !stopped.aborted; said = true) {
    try {
      await work();
      return;
    } catch (error) {
      if (!said) log.warn({ err: error }, 'waiting for PostgreSQL to put the first policy in force');
      await pause(1_000, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}
