import type {
  Acknowledge,
  Decide,
  IncidentTaskDone,
  Resolve,
  RetryStep,
  SetSeverity,
  SkipStep,
} from '../../contracts/incident-messages.js';
import type { Undelivered } from '../process.js';

/** What an incident can be told. */
export type IncidentCommand =
  | ({ name: 'acknowledge' } & Acknowledge)
  | ({ name: 'completeTask' } & IncidentTaskDone)
  | ({ name: 'decide' } & Decide)
  | ({ name: 'setSeverity' } & SetSeverity)
  | ({ name: 'skipStep' } & SkipStep)
  | ({ name: 'retryStep' } & RetryStep)
  | ({ name: 'resolve' } & Resolve)
  | Undelivered;
