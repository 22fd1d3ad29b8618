/**
 * What became of a step: not begun; begun; finished; passed over by a person with a reason; tried in vain, which holds
 * its phase until it is retried or skipped; not part of this run, because of a decision or of the level.
 */
export type StepState = 'waiting' | 'open' | 'done' | 'skipped' | 'failed' | 'leftOut';

/** One step of a run, plain JSON: it is carried through continue-as-new. `outcome`: the option chosen, of a decision. */
export interface StepRun {
  key: string;
  state: StepState;
  outcome?: string;
}

/** Whether nothing more comes of a step; a failed one is not over. */
export function isOver(state: StepState): boolean {
  return state === 'done' || state === 'skipped' || state === 'leftOut';
}
