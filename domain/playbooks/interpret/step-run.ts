import type { StepState } from '../run/shape.js';

export type { StepRun, StepState } from '../run/shape.js';

/** Whether nothing more comes of a step; a failed one is not over. */
export function isOver(state: StepState): boolean {
  return state === 'done' || state === 'skipped' || state === 'leftOut';
}
