/**
 * The interpreter that the workflow of an incident runs on, and all of the domain that enters its bundle besides
 * shapes. It is deterministic and knows no type of incident, no time and no person: a playbook, what became of its
 * steps, and the level go in; what may begin comes out. A change here changes what running incidents do, so it is
 * replayed like a change of workflow code.
 */

export { failTold } from './interpret/fail-told.js';
export { optionsOf, outcomeOf } from './interpret/leaders-of.js';
export { type OpenableWhen, openable } from './interpret/openable.js';
export { phaseOf } from './interpret/phase-of.js';
export { resolveRuns } from './interpret/resolve-runs.js';
export { restart } from './interpret/restart.js';
export { type SettledState, settle } from './interpret/settle.js';
export { startRun } from './interpret/start-run.js';
export { isOver, type StepRun, type StepState } from './interpret/step-run.js';
