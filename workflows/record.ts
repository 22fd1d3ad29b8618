import { proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

/** Short transactions on the record. While Postgres is away they are retried until it is back (design §3.1). */
export const record = proxyLocalActivities<Activities>({
  startToCloseTimeout: '15 seconds',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});
