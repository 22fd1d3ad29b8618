import type { WorkerInterceptors } from '@temporalio/worker';
import type { CallCounter } from '../app/monitors/call-counter.js';

/** Counts the worker's activities, local ones too, and those that failed: what its failure rate goes by (P12.1). */
export function countActivities(counter: CallCounter): NonNullable<WorkerInterceptors['activity']>[number] {
  return () => ({
    inbound: {
      async execute(input, next) {
        try {
          const result = await next(input);
          counter.count('activities', false);
          return result;
        } catch (error) {
          counter.count('activities', true);
          throw error;
        }
      },
    },
  });
}
