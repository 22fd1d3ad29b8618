import type { Playbook } from '../shape.js';
import { optionsOf } from './leaders-of.js';
import { resolveRuns } from './resolve-runs.js';
import { isOver, type StepRun } from './step-run.js';

/** What a step can be settled as; only the interpreter itself leaves one out. */
export type SettledState = 'open' | 'done' | 'skipped' | 'failed';

/**
 * The run after one step changed its state, with all that a decision excludes by it, and so on through the decisions
 * excluded, left out for good. A decision that is skipped leads nowhere.
 *
 * A step that is over stays as it was, and an open one opens no second time: a repeated or late word changes nothing. A
 * failed step may be settled as `done` (somebody did it by hand) or `skipped`; to try again is `restart`. Throws
 * RangeError where the caller broke the rules: no such step, finished before it was open, or a decision without one of
 * its options.
 */
export function settle(
  playbook: Playbook,
  runs: readonly StepRun[],
  key: string,
  state: SettledState,
  outcome?: string,
): StepRun[] {
  const step = playbook.steps.find((one) => one.key === key);
  const run = runs.find((one) => one.key === key);
  if (!step || !run) throw new RangeError(`${playbook.type} has no step ${key}`);
  if (isOver(run.state) || (state === 'open' && run.state !== 'waiting')) return [...runs];
  if (run.state === 'waiting' && (state === 'done' || state === 'failed')) {
    throw new RangeError(`${key} is ${state} before it was opened`);
  }
  const chosen = optionsOf(outcome);
  const isOption = (one: string) =>
    step.kind === 'decision' && step.options.some((option) => option.key === one);
  if (step.kind === 'decision' && state === 'done' && (chosen.length === 0 || !chosen.every(isOption))) {
    throw new RangeError(`${key} has no option ${outcome}`);
  }
  const settled = runs.map((one) =>
    one.key === key ? { key, state, ...(outcome !== undefined && { outcome }) } : one,
  );
  // At the highest level no step is left out because of it: what remains are the decisions.
  return resolveRuns(playbook, settled, 3);
}
