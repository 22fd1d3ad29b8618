import { fireChaseInstants, recordChaseStep } from '../app/record/chase-step.js';
import { fireIncidentInstants, recordIncidentStep } from '../app/record/incident-step.js';
import { fireInstants, recordStep } from '../app/record/order-step.js';
import type { ChaseChange } from '../contracts/chase-record.js';
import type { ChaseState } from '../contracts/chase-state.js';
import type { IncidentChange } from '../contracts/incident-record.js';
import type { IncidentState } from '../contracts/incident-state.js';
import type {
  FireOutcome,
  FireOutcomeOf,
  FireStep,
  FireStepOf,
  NotifyResult,
  RecordOutcome,
  RecordOutcomeOf,
  RecordStep,
  RecordStepOf,
} from '../contracts/record.js';
import { beatWhile } from './beat-while.js';
import { createNotify, type NotifyDeps } from './notify.js';
import { stripValues } from './strip-values.js';

/** Everything workflows ask of the outside; they see this type alone. */
export interface Activities {
  /** One record transaction, idempotent by its key: authorise → record and audit (local activity). */
  recordStep(step: RecordStep): Promise<RecordOutcome>;
  /** Settles the instants that have passed and plans the rungs of what is breached (local activity). */
  fireInstants(step: FireStep): Promise<FireOutcome>;
  /** The same two for incidents (local activities). */
  recordIncidentStep(
    step: RecordStepOf<IncidentState, IncidentChange>,
  ): Promise<RecordOutcomeOf<IncidentState>>;
  fireIncidentInstants(step: FireStepOf<IncidentState>): Promise<FireOutcomeOf<IncidentState>>;
  /** The same two for chases (local activities). */
  recordChaseStep(step: RecordStepOf<ChaseState, ChaseChange>): Promise<RecordOutcomeOf<ChaseState>>;
  fireChaseInstants(step: FireStepOf<ChaseState>): Promise<FireOutcomeOf<ChaseState>>;
  /** Sends the notices of one step (ordinary activity). */
  notify(input: { step: string }): Promise<NotifyResult>;
}

/** Composes the activities from what the entry point built. */
export function createActivities(deps: NotifyDeps): Activities {
  return {
    recordStep: stripValues((step) => recordStep(deps.db, step)),
    fireInstants: stripValues((step) => fireInstants(deps.db, step)),
    recordIncidentStep: stripValues((step) => recordIncidentStep(deps.db, step)),
    fireIncidentInstants: stripValues((step) => fireIncidentInstants(deps.db, step)),
    recordChaseStep: stripValues((step) => recordChaseStep(deps.db, step)),
    fireChaseInstants: stripValues((step) => fireChaseInstants(deps.db, step)),
    notify: stripValues(beatWhile(createNotify(deps))),
  };
}
