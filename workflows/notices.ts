import { proxyActivities, sleep } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { NotifyResult } from '../contracts/record.js';
import type { Instant } from '../domain/time/shape.js';
import { now } from './deadlines.js';

/** How long all channels have to take a notice before it escalates (design §6: departments told). */
const noticeLimit = '30 minutes';

/**
 * Sends what a record step wrote, beside the main flow. Temporal's retry is the only retry; the final result comes
 * back by `failed`, with the step and since when its people wait: at once where a channel refused for good, else after 30
 * minutes (P07.1).
 */
export function createNoticeSender(
  failed: (step: string, since: Instant, result?: Pick<NotifyResult, 'failed' | 'lost'>) => void,
) {
  const underWay = new Set<string>();
  return {
    /** Sends the notices of a step, unless it is at it. */
    send(step: string, what: string): void {
      if (underWay.has(step)) return;
      const { notify } = proxyActivities<Activities>({
        startToCloseTimeout: '2 minutes',
        // A worker that was killed says nothing: its mails go on in seconds, not after the two minutes.
        heartbeatTimeout: '10 seconds',
        scheduleToCloseTimeout: noticeLimit,
        retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
        summary: what,
      });
      underWay.add(step);
      const since = now();
      const tell = async (): Promise<NotifyResult> => {
        for (;;) {
          const result = await notify({ step });
          if (result.heldUntil === undefined) return result;
          const waitMs = Math.max(1_000, Date.parse(result.heldUntil) - Date.now());
          await sleep(waitMs, { summary: `${what}: after another incident's letter` });
        }
      };
      tell()
        .then(
          (result) => {
            if (result.failed.length > 0) failed(step, since, result);
          },
          () => failed(step, since),
        )
        .finally(() => {
          underWay.delete(step);
        });
    },
    isIdle: (): boolean => underWay.size === 0,
  };
}
