import type { StepRun } from './step-run.js';

/**
 * The run with a failed step open again; the caller begins it anew. It does not go back to waiting, where a level that
 * has fallen since would leave it out. A step that has not failed stays as it is.
 */
export function restart(runs: readonly StepRun[], key: string): StepRun[] {
  return runs.map((run) => (run.key === key && run.state === 'failed' ? { key, state: 'open' } : run));
}
