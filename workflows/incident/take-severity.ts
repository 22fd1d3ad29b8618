import type { Reported, SetSeverity } from '../../contracts/incident-messages.js';
import type { Severity } from '../../domain/playbooks/shape.js';
import { Refusal } from '../draft.js';
import { advance } from './advance.js';
import { type Draft, isUnresolved, tell } from './draft.js';

/** A rise adds the higher level's steps; a fall never withdraws what was begun or promised. */
export function takeSeverity(draft: Draft, { severity }: Pick<SetSeverity, 'severity'>): Refusal | undefined {
  if (severity === draft.next.severity) {
    return new Refusal('wrong-phase', `the incident has level ${severity} already`);
  }
  changeSeverity(draft, severity);
  tellOfLevel(draft);
  advance(draft);
  return undefined;
}

/** Somebody named the level: the rules do not change it any more (P11.1). */
export function changeSeverity(draft: Draft, severity: Severity): void {
  draft.next.severity = severity;
  delete draft.next.assessed;
  draft.changes.push({ do: 'setSeverity', severity });
}

/** The rules say more by the record of now than they did: the incident rises by itself, and never falls by itself. */
export function rise(draft: Draft, severity: Severity): void {
  draft.next.severity = severity;
  delete draft.next.assessed;
  draft.changes.push({ do: 'setSeverity', severity, by: 'rules' });
  tellOfLevel(draft);
  advance(draft);
}

/** A further report: who and what is affected, and how gravely, is looked at again. */
export function takeReport(draft: Draft, { count }: Pick<Reported, 'count'>): undefined {
  const { next } = draft;
  next.reports = Math.max(next.reports ?? 1, count);
  if (!isUnresolved(next)) return;
  draft.changes.push({ do: 'linkAffected' }, { do: 'reassess' });
}

function tellOfLevel(draft: Draft): void {
  tell(draft, 'incidentSeverity', ['owner', 'team', 'orderManager', 'emergencyManager']);
}
