import type { StepRun } from './step-run.js';

/**
 * The run with a notice failed that was taken for done: nobody whom it was for could be reached. What has begun since
 * goes on; the step is retried, skipped, or done by hand like any other that failed. One that is not done stays as it is.
 */
export function failTold(runs: readonly StepRun[], key: string): StepRun[] {
  return runs.map((run) => (run.key === key && run.state === 'done' ? { key, state: 'failed' } : run));
}
