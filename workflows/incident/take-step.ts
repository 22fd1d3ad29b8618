import { failTold, isOver, restart } from '../../domain/playbooks/interpret.js';
import { openDeadline, openReach, openTask, Refusal, settleDeadline, withdrawTasks } from '../draft.js';
import type { Undelivered } from '../process-spec.js';
import { advance, begin, mark } from './advance.js';
import { type Draft, departmentOf, isUnresolved, releaseHolds, stepOf, tell } from './draft.js';

/** Passed over by a person with a reason, never silently. */
export function takeSkip(draft: Draft, key: string): Refusal | undefined {
  const run = draft.next.steps.find((one) => one.key === key);
  if (!run) return new Refusal('not-found', `the playbook has no step ${key}`);
  if (isOver(run.state)) return new Refusal('wrong-phase', `step ${key} is ${run.state}`);
  skip(draft, key);
  advance(draft);
  return undefined;
}

function skip(draft: Draft, key: string): void {
  withdrawTasks(draft, (_, id) => stepOf(draft.plan.number, id) === key);
  withdrawUnused(draft);
  mark(draft, key, 'skipped');
  releaseHolds(draft, key);
}

/** A deadline that no task hangs on any more ends with the last of them. */
function withdrawUnused(draft: Draft): void {
  const used = new Set(Object.values(draft.next.tasks).map(({ deadline }) => deadline));
  for (const { id, kind } of [...draft.next.deadlines]) {
    if ((kind === 'step' || kind === 'meeting') && !used.has(id)) settleDeadline(draft, id, 'withdrawn');
  }
}

export function takeRetry(draft: Draft, key: string): Refusal | undefined {
  const run = draft.next.steps.find((one) => one.key === key);
  const step = draft.plan.playbook.steps.find((one) => one.key === key);
  if (!run || !step) return new Refusal('not-found', `the playbook has no step ${key}`);
  if (run.state !== 'failed') return new Refusal('wrong-phase', `step ${key} is ${run.state}, not failed`);
  withdrawTasks(draft, (_, id) => stepOf(draft.plan.number, id) === key);
  withdrawUnused(draft);
  draft.next.steps = restart(draft.next.steps, key);
  draft.changes.push({ do: 'markStep', key, state: 'open' });
  begin(draft, step);
  advance(draft);
  return undefined;
}

/** Back to normal already: every step before the closing ones that is not over is passed over. */
export function takeResolution(draft: Draft): Refusal | undefined {
  const { plan, next } = draft;
  if (next.phase !== 'responding' && next.phase !== 'mitigated') {
    return new Refusal('wrong-phase', `incident ${plan.number} is ${next.phase}`);
  }
  for (const step of plan.playbook.steps) {
    const state = next.steps.find(({ key }) => key === step.key)?.state;
    if (step.phase !== 'close' && state && !isOver(state)) skip(draft, step.key);
  }
  advance(draft);
  return undefined;
}

/**
 * A notice of the playbook that reached nobody is a step that failed, and its role's to retry, to skip, or to do by hand.
 * Whom else no channel reached is somebody's task; the policy of a level has no time for it.
 */
export function takeUndelivered(
  draft: Draft,
  { since, lost = [], others = true }: Pick<Undelivered, 'since' | 'lost' | 'others'>,
): undefined {
  const failing = isUnresolved(draft.next) ? lost : [];
  for (const key of failing) failStep(draft, key);
  if (!others && failing.length === lost.length) return;
  const task = openReach(draft, since, { elapsed: 'PT30M' });
  if (task) tell(draft, 'noticeUndelivered', [{ assigneesOf: [task] }]);
}

function failStep(draft: Draft, key: string): void {
  const { plan, next } = draft;
  const step = plan.playbook.steps.find((one) => one.key === key);
  if (step?.kind !== 'action' || next.steps.find((run) => run.key === key)?.state !== 'done') return;
  next.steps = failTold(next.steps, key);
  draft.changes.push({ do: 'markStep', key, state: 'failed' });
  const task = openTask(draft, {
    name: `action.${key}`,
    kind: 'action',
    role: step.role,
    department: departmentOf(step.role),
    assign: 'byLoad',
    deadline: openDeadline(draft, 'step', { rule: step.due }),
    facts: { step: key },
  });
  tell(draft, 'incidentTask', [{ assigneesOf: [task] }], { step: key });
}
