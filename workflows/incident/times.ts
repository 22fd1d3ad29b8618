import { resolveRuns } from '../../domain/playbooks/interpret.js';
import type { Step } from '../../domain/playbooks/shape.js';
import { openDeadline, openTask, runningDeadline, settleKind, withdrawTasks } from '../draft.js';
import { type Draft, departmentOf, isUnresolved, tell } from './draft.js';

/** The incident's own times from its activation on: mitigated, those affected told, and told again (design §6). */
export function openTimes(draft: Draft): void {
  openDeadline(draft, 'mitigate', { rule: draft.plan.playbook.times.mitigate });
  const task = askForUpdate(draft);
  tell(draft, 'incidentTask', [{ assigneesOf: [task] }]);
}

/**
 * Somebody writes where things stand (P03.5, P08.7): until it is told, the cadence's deadline runs and climbs. Only the
 * first round is asked for by a letter; after that the deadline's own reminders ask.
 */
export function askForUpdate(draft: Draft): string {
  const { ownerRole, times } = draft.plan.playbook;
  return openTask(draft, {
    name: `update.${ownerRole}`,
    kind: 'update',
    role: ownerRole,
    department: departmentOf(ownerRole),
    assign: 'owner',
    deadline: openDeadline(draft, 'update', { rule: times.update }),
  });
}

/** Nobody waits for news any more; those who heard of it hear that it is over. */
export function closeTimes(draft: Draft): void {
  withdrawTasks(draft, ({ kind }) => kind === 'update' || kind === 'team');
  settleKind(draft, 'update', 'met');
  for (const kind of ['mitigate', 'firstNotice', 'team']) settleKind(draft, kind, 'withdrawn');
}

/** Whether a step tells those outside who are affected. */
function tellsAffected(step: Step): boolean {
  return (
    step.kind === 'action' && ['notifyCustomers', 'notifySuppliers', 'notifyPartners'].includes(step.action)
  );
}

/** A step is done: with it those affected may have heard for the first time. */
export function noteTold(draft: Draft, step: Step | undefined): void {
  if (!step || !tellsAffected(step)) return;
  draft.next.affectedTold = true;
  settleKind(draft, 'firstNotice', 'met');
}

/**
 * The first notice to those affected is due so long after the report, where the playbook has one and nobody has been
 * told yet (P03.5); it ends with the last step that could tell them.
 */
export function followFirstNotice(draft: Draft): void {
  const { plan, next } = draft;
  if (next.affectedTold || !isUnresolved(next)) return;
  const states = new Map(
    resolveRuns(plan.playbook, next.steps, next.severity).map(({ key, state }) => [key, state]),
  );
  const comes = plan.playbook.steps.some(
    (step) =>
      tellsAffected(step) && ['waiting', 'open', 'failed'].includes(states.get(step.key) ?? 'leftOut'),
  );
  if (comes && next.rounds.firstNotice === undefined) {
    openDeadline(draft, 'firstNotice', { from: plan.reportedAt, rule: plan.playbook.times.firstNotice });
  }
  if (!comes && runningDeadline(draft, 'firstNotice')) settleKind(draft, 'firstNotice', 'withdrawn');
}

/** Who hears how things go on: the team always, of those outside only who has heard of it before. */
export function tellHowItStands(draft: Draft, notice: 'incidentUpdate' | 'incidentResolved'): void {
  const { plan, next } = draft;
  const done = new Set(next.steps.filter(({ state }) => state === 'done').map(({ key }) => key));
  const told = (action: string) =>
    plan.playbook.steps.some(
      (step) => step.kind === 'action' && step.action === action && done.has(step.key),
    );
  const to = (['customers', 'suppliers'] as const).filter((audience) =>
    told(audience === 'customers' ? 'notifyCustomers' : 'notifySuppliers'),
  );
  draft.changes.push({ do: 'tellAffected', notice, to });
}
