import type { Playbook, Severity } from '../shape.js';
import { hasLed, leadersOf } from './leaders-of.js';
import { isOver, type StepRun, type StepState } from './step-run.js';

/**
 * The run as it stands at a level: a step that waits is left out when the level is below its own, or when every
 * decision leading to it is over and none led there. What a level leaves out is never kept, only seen: a rise adds the
 * step again, and a step that has begun stays whatever the level does (a fall never withdraws what was promised).
 *
 * For what is shown and archived; `settle` keeps what decisions alone exclude.
 */
export function resolveRuns(playbook: Playbook, runs: readonly StepRun[], severity: Severity): StepRun[] {
  const runOf = new Map(runs.map((run) => [run.key, run]));
  const stepOf = new Map(playbook.steps.map((step) => [step.key, step]));
  const leaders = leadersOf(playbook);
  const resolved = new Map<string, StepState>();

  function resolve(key: string): StepState {
    const state = resolved.get(key) ?? runOf.get(key)?.state ?? 'leftOut';
    if (state !== 'waiting' || resolved.has(key)) return state;
    // Kept first, so that decisions leading to each other in a circle, which no valid playbook has, end the search.
    resolved.set(key, 'waiting');
    const found = isLeftOut(key) ? 'leftOut' : 'waiting';
    resolved.set(key, found);
    return found;
  }

  function isLeftOut(key: string): boolean {
    if ((stepOf.get(key)?.minSeverity ?? 1) > severity) return true;
    const leading = leaders.get(key);
    if (!leading || leading.some((leader) => hasLed(leader, runOf.get(leader.decision)))) return false;
    return leading.every(({ decision }) => isOver(resolve(decision)));
  }

  return runs.map((run) => {
    const state = resolve(run.key);
    return state === run.state ? run : { ...run, state };
  });
}
