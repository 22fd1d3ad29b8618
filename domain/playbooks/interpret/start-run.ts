import type { Playbook } from '../shape.js';
import type { StepRun } from './step-run.js';

/** A run in which nothing has begun: one entry a step, in the playbook's order. */
export function startRun(playbook: Playbook): StepRun[] {
  return playbook.steps.map(({ key }) => ({ key, state: 'waiting' }));
}
