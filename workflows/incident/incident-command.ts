import type {
  Acknowledge,
  Decide,
  HandOver,
  IncidentTaskDone,
  ParentReviewed,
  Reported,
  Resolve,
  RetryStep,
  SetSeverity,
  SetTeam,
  SkipStep,
} from '../../contracts/incident-messages.js';
import type { Undelivered } from '../process-spec.js';

/** What an incident can be told. */
export type IncidentCommand =
  | ({ name: 'acknowledge' } & Acknowledge)
  | ({ name: 'completeTask' } & IncidentTaskDone)
  | ({ name: 'decide' } & Decide)
  | ({ name: 'setSeverity' } & SetSeverity)
  | ({ name: 'skipStep' } & SkipStep)
  | ({ name: 'retryStep' } & RetryStep)
  | ({ name: 'resolve' } & Resolve)
  | ({ name: 'setTeam' } & SetTeam)
  | ({ name: 'handOver' } & HandOver)
  | ({ name: 'reported' } & Reported)
  | ({ name: 'parentReviewed' } & ParentReviewed)
  | Undelivered;
