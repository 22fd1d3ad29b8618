import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';
import type { MonitorActivities } from '../activities/monitor.js';
import type { MonitorInput } from '../contracts/monitor-look.js';
import { now } from './deadlines.js';

/** One look of a monitor (P12.1, P18.6), started by its Schedule: it measures, reports, and tells. Nothing waits here. */
export async function monitor(input: MonitorInput): Promise<void> {
  const { lookAtMonitor, riskOrders, tendMonitors } = proxyActivities<MonitorActivities>({
    startToCloseTimeout: '1 minute',
    scheduleToCloseTimeout: '2 minutes',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
    summary: input.do === 'look' ? input.key : input.do,
  });
  const at = now();
  if (input.do === 'risk') {
    await riskOrders({ at });
    return;
  }
  const { unsent } =
    input.do === 'look' ? await lookAtMonitor({ key: input.key, at }) : await tendMonitors({ at });
  await Promise.all(unsent.map(send));
}

/**
 * Sends what a look wrote. Tried for a moment: the next look must not wait for a mail server that is away, and what is left
 * is sent by the next tending.
 */
async function send(step: string): Promise<void> {
  const { notify } = proxyActivities<Activities>({
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '10 seconds',
    scheduleToCloseTimeout: '1 minute',
    retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumAttempts: 3 },
    summary: step,
  });
  await notify({ step }).catch(() => undefined);
}
