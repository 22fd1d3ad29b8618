import type { Phase, Playbook, Severity } from '../shape.js';
import { resolveRuns } from './resolve-runs.js';
import { isOver, type StepRun } from './step-run.js';

const order = [
  'confirm',
  'contain',
  'notify',
  'recover',
  'normal',
  'close',
] as const satisfies readonly Phase[];

/**
 * The earliest phase with a step that is not over at this level, `over` when there is none. A rise of the level that
 * adds a step to an earlier phase takes it back to that one, and from `over`.
 */
export function phaseOf(playbook: Playbook, runs: readonly StepRun[], severity: Severity): Phase | 'over' {
  const states = new Map(resolveRuns(playbook, runs, severity).map(({ key, state }) => [key, state]));
  const unfinished = new Set(
    playbook.steps.filter(({ key }) => !isOver(states.get(key) ?? 'leftOut')).map(({ phase }) => phase),
  );
  return order.find((phase) => unfinished.has(phase)) ?? 'over';
}
