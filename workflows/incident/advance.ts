import type { IncidentTaskKind } from '../../contracts/incident-messages.js';
import { openable, phaseOf, settle } from '../../domain/playbooks/interpret.js';
import type { Step } from '../../domain/playbooks/shape.js';
import { openDeadline, openTask, settleKind } from '../draft.js';
import { type Draft, departmentOf, enterPhase, isReleased, tell } from './draft.js';
import { HOW_ACTIONS_RUN } from './how-actions-run.js';
import { closeTimes, followFirstNotice, noteTold, tellHowItStands } from './times.js';

/** Opens every step that may begin now, and what those that are done at once lead to; then the phase that follows. */
export function advance(draft: Draft): void {
  const { plan, next } = draft;
  for (;;) {
    const when = {
      phase: next.activated ? ('active' as const) : ('reported' as const),
      severity: next.severity,
    };
    const steps = openable(plan.playbook, next.steps, when);
    if (steps.length === 0) break;
    for (const step of steps) begin(draft, step);
  }
  if (!next.activated) return;
  followFirstNotice(draft);
  followPhase(draft);
}

/** Puts a step into a state, and on the record. */
export function mark(
  draft: Draft,
  key: string,
  state: 'open' | 'done' | 'skipped' | 'failed',
  outcome?: string,
): void {
  const { plan, next } = draft;
  const before = new Map(next.steps.map((run) => [run.key, run.state]));
  next.steps = settle(plan.playbook, next.steps, key, state, outcome);
  // What a decision excludes goes on the record with it.
  for (const run of next.steps) {
    if (run.state === 'waiting' || run.state === before.get(run.key)) continue;
    draft.changes.push({ do: 'markStep', key: run.key, state: run.state, outcome: run.outcome });
  }
  if (state === 'done')
    noteTold(
      draft,
      plan.playbook.steps.find((step) => step.key === key),
    );
}

/** Opens a step: what the product can do is done, everything else is somebody's task with a deadline. */
export function begin(draft: Draft, step: Step): void {
  mark(draft, step.key, 'open');
  const how = step.kind === 'action' ? HOW_ACTIONS_RUN[step.action] : 'asked';
  if (how !== 'asked') draft.changes.push({ do: 'act', step: step.key });
  if (how === 'done') {
    mark(draft, step.key, 'done');
    return;
  }
  const kind = kindOf(step);
  const task = openTask(draft, {
    name: `${kind}.${step.key}`,
    kind,
    role: step.role,
    department: departmentOf(step.role),
    assign: 'byLoad',
    deadline: openDeadline(draft, isMeeting(draft, step) ? 'meeting' : 'step', {
      rule: step.kind === 'wait' ? step.atMost : step.due,
    }),
    facts: { step: step.key },
  });
  tell(draft, 'incidentTask', [{ assigneesOf: [task] }], { step: step.key });
}

/** From level 2 on a meeting is a deadline of its own (P14.7, P11.3). */
function isMeeting({ next }: Draft, step: Step): boolean {
  return step.kind === 'action' && step.action === 'convene' && next.severity >= 2;
}

function kindOf(step: Step): IncidentTaskKind {
  return step.kind === 'task' ? 'step' : step.kind;
}

/** Mitigated when those affected are told and the temporary solution stands; resolved when all is back to normal. */
function followPhase(draft: Draft): void {
  const { plan, next } = draft;
  const phase = phaseOf(plan.playbook, next.steps, next.severity);
  if (next.phase === 'responding' && !['confirm', 'contain', 'notify'].includes(phase)) {
    settleKind(draft, 'mitigate', 'met');
    enterPhase(draft, 'mitigated');
  }
  if (next.phase === 'mitigated' && (phase === 'close' || phase === 'over')) {
    closeTimes(draft);
    enterPhase(draft, 'resolved');
    if (next.parent) draft.changes.push({ do: 'askParent' });
    else askForReport(draft);
    if (next.affectedTold) tellHowItStands(draft, 'incidentResolved');
    tell(draft, 'incidentResolved', ['owner', 'team', 'orderManager', 'emergencyManager']);
  }
  if (isReleased(next)) {
    if (next.parent === null) askForReport(draft);
    else {
      draft.changes.push({ do: 'recordParentCause' }, { do: 'tellChildren', reviewed: true });
      enterPhase(draft, 'reviewed');
    }
  }
  if (next.phase === 'reviewed' && phase === 'over' && Object.keys(next.tasks).length === 0) {
    enterPhase(draft, 'archived');
  }
}

/** Every incident ends with a report to the emergency manager and a review with its cause (P11.5, P12.3, P03.7). */
function askForReport(draft: Draft): void {
  const { ownerRole } = draft.plan.playbook;
  for (const kind of ['report', 'review'] as const) {
    const task = openTask(draft, {
      name: `${kind}.${ownerRole}`,
      kind,
      role: ownerRole,
      department: departmentOf(ownerRole),
      assign: 'owner',
      deadline: openDeadline(draft, kind, { rule: draft.plan.playbook.times[kind] }),
    });
    tell(draft, 'incidentTask', [{ assigneesOf: [task] }]);
  }
}
