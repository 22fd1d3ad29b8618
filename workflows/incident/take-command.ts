import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import { beginDraft, type Refusal } from '../draft.js';
import type { Draft } from './draft.js';
import { takeParent } from './family.js';
import type { IncidentCommand } from './incident-command.js';
import { takeAcknowledgement, takeHandOver, takeTeam } from './take-people.js';
import { takeReport, takeSeverity } from './take-severity.js';
import { takeResolution, takeRetry, takeSkip, takeUndelivered } from './take-step.js';
import { takeDecision, takeTask } from './take-task.js';

/**
 * What a command does to an incident: the step to put on the record, or a refusal by the incident's own state. Whether
 * the person may do it is the record transaction's to say. Pure: the same command and state give the same step.
 */
export function takeCommand(
  plan: IncidentPlan,
  state: IncidentState,
  command: IncidentCommand,
): Draft | Refusal {
  const draft: Draft = beginDraft(plan, state, command.at);
  return take(draft, command) ?? draft;
}

function take(draft: Draft, command: IncidentCommand): Refusal | undefined {
  switch (command.name) {
    case 'acknowledge':
      return takeAcknowledgement(draft, command);
    case 'setTeam':
      return takeTeam(draft, command.team);
    case 'handOver':
      return takeHandOver(draft, command);
    case 'completeTask':
      return takeTask(draft, command);
    case 'decide':
      return takeDecision(draft, command);
    case 'setSeverity':
      return takeSeverity(draft, command);
    case 'reported':
      return takeReport(draft, command);
    case 'parentReviewed':
      return takeParent(draft, command);
    case 'skipStep':
      return takeSkip(draft, command.step);
    case 'retryStep':
      return takeRetry(draft, command.step);
    case 'resolve':
      return takeResolution(draft);
    case 'undelivered':
      return takeUndelivered(draft, command);
  }
}
