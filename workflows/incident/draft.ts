import type { IncidentTaskKind } from '../../contracts/incident-messages.js';
import type { IncidentAudience, IncidentChange, IncidentNotice } from '../../contracts/incident-record.js';
import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import type { IncidentPhase } from '../../domain/incident/shape.js';
import { DEPARTMENTS, type Role } from '../../domain/roles/shape.js';
import { type DraftOf, settleDeadline, withdrawTasks } from '../draft.js';

/** A step of an incident. */
export type Draft = DraftOf<IncidentPlan, IncidentState, IncidentChange>;

export function enterPhase(draft: Draft, phase: IncidentPhase): void {
  draft.next.phase = phase;
  draft.changes.push({ do: 'enterIncidentPhase', phase });
  if (['falseAlarm', 'routine', 'resolved'].includes(phase)) releaseHolds(draft);
}

/** What the incident holds back goes on, of one step or of all; nothing where its playbook never holds anything. */
export function releaseHolds(draft: Draft, step?: string): void {
  const holds = draft.plan.playbook.steps.some(
    (one) =>
      one.kind === 'action' && one.action === 'holdShipments' && (step === undefined || one.key === step),
  );
  if (holds) draft.changes.push({ do: 'releaseHolds', step });
}

export function tell(
  draft: Draft,
  notice: IncidentNotice,
  to: IncidentAudience[],
  facts?: Record<string, unknown>,
): void {
  draft.changes.push({ do: 'tellOfIncident', notice, to, facts });
}

/** Whether anything is still to be done about it but to look back. */
export function isUnresolved({ phase }: Pick<IncidentState, 'phase'>): boolean {
  return phase === 'reported' || phase === 'responding' || phase === 'mitigated';
}

/** A child that is resolved, and whose parent has had its word, goes on. */
export function isReleased({ phase, parent, parentReviewed, rounds }: IncidentState): boolean {
  if (phase !== 'resolved' || parent === undefined) return false;
  return parent === null
    ? !Object.keys(rounds).some((name) => name.startsWith('review.'))
    : parentReviewed === true;
}

/** Nothing is left open behind an incident that has ended. */
export function closeAll(draft: Draft): void {
  withdrawTasks(draft, () => true);
  for (const { id } of [...draft.next.deadlines]) settleDeadline(draft, id, 'withdrawn');
}

const STEP_KINDS: readonly IncidentTaskKind[] = ['step', 'decision', 'wait', 'action'];

/** The step of the playbook that a task is for, `IN-….step.call-supplier`; undefined for the engine's own. */
export function stepOf(number: string, task: string): string | undefined {
  const [kind = '', key] = task.slice(number.length + 1).split('.');
  return (STEP_KINDS as readonly string[]).includes(kind) ? key : undefined;
}

/** A manager's task belongs to no department. */
export function departmentOf(role: Role): string {
  return (DEPARTMENTS as readonly string[]).includes(role) ? role : 'management';
}
