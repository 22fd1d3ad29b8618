import type { Phase } from '../shape.js';

/** Phases that begin together have one stage: telling people does not wait for a temporary solution (P03.5). */
const stages: Record<Phase, number> = { confirm: 0, contain: 1, notify: 1, recover: 2, normal: 3, close: 4 };

/** The stage that confirming opens, whatever is still being checked. */
export const firstStageConfirmed = stages.contain;

/** Where a phase stands in the order, from 0. */
export function stageOf(phase: Phase): number {
  return stages[phase];
}
