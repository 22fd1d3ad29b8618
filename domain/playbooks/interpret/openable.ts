import type { Playbook, Severity, Step } from '../shape.js';
import { hasLed, leadersOf } from './leaders-of.js';
import { resolveRuns } from './resolve-runs.js';
import { firstStageConfirmed, stageOf } from './stage-of.js';
import { isOver, type StepRun } from './step-run.js';

export interface OpenableWhen {
  /** `reported`: nobody has confirmed yet; `active`: confirmed and activated. */
  phase: 'reported' | 'active';
  severity: Severity;
}

/**
 * The steps that may begin now, in the playbook's order; the caller opens each by `settle(…, 'open')`.
 *
 * Before confirmation: those marked for it, and those of the phase confirm. Then contain and notify together, without
 * waiting for checks still open, for the confirmation was given without them; each later phase when every step of the
 * earlier ones is over. A phase that has begun stays begun: what a rise of the level adds to it, or to an earlier one,
 * opens at once, and only phases that have not begun wait for it. A step also waits for its needs to be over (one that
 * the level leaves out keeps nobody waiting) and for a decision that leads to it.
 */
export function openable(playbook: Playbook, runs: readonly StepRun[], when: OpenableWhen): Step[] {
  const resolved = resolveRuns(playbook, runs, when.severity);
  const runOf = new Map(resolved.map((run) => [run.key, run]));
  const leaders = leadersOf(playbook);
  const stage = when.phase === 'active' ? stageReached(playbook, runOf) : stageOf('confirm');

  return playbook.steps.filter((step) => {
    if (runOf.get(step.key)?.state !== 'waiting') return false;
    if (!step.beforeConfirmation && stageOf(step.phase) > stage) return false;
    if (!step.needs.every((key) => isOver(runOf.get(key)?.state ?? 'leftOut'))) return false;
    const leading = leaders.get(step.key);
    return !leading || leading.some((leader) => hasLed(leader, runOf.get(leader.decision)));
  });
}

/** The last stage that may be worked on: the last one begun, or the first that is not over where that is later. */
function stageReached(playbook: Playbook, runOf: ReadonlyMap<string, StepRun>): number {
  let begun = firstStageConfirmed;
  let unfinished = Number.POSITIVE_INFINITY;
  for (const { key, phase, beforeConfirmation } of playbook.steps) {
    const state = runOf.get(key)?.state ?? 'leftOut';
    // What runs before confirmation has its phase for the reader's sake; it begins no phase. Nor does a step skipped,
    // which may have been passed over ahead of its time.
    const begins = !beforeConfirmation && (state === 'open' || state === 'done' || state === 'failed');
    if (begins) begun = Math.max(begun, stageOf(phase));
    if (!isOver(state)) unfinished = Math.min(unfinished, stageOf(phase));
  }
  return Math.max(begun, unfinished);
}
