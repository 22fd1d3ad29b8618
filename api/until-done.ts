import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

/** Tries once a second until it works or the process stops. */
export async function untilDone(
  work: () => Promise<unknown>,
  stopped: AbortSignal,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  while (!stopped.aborted) {
    try {
      await work();
      return;
    } catch (error) {
      log.warn({ err: error }, 'not yet');
      await pause(1_000, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
}
