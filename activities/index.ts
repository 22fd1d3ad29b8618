import { fireInstants, recordStep } from '../app/record/order-step.js';
import type { FireOutcome, FireStep, NotifyResult, RecordOutcome, RecordStep } from '../contracts/record.js';
import { beatWhile } from './beat-while.js';
import { createNotify, type NotifyDeps } from './notify.js';
import { stripValues } from './strip-values.js';

/** Everything workflows ask of the outside; they see this type alone. */
export interface Activities {
  /** One record transaction, idempotent by its key: authorise → record and audit (local activity). */
  recordStep(step: RecordStep): Promise<RecordOutcome>;
  /** Settles the instants that have passed and plans the rungs of what is breached (local activity). */
  fireInstants(step: FireStep): Promise<FireOutcome>;
  /** Sends the notices of one step (ordinary activity). */
  notify(input: { step: string }): Promise<NotifyResult>;
}

/** Composes the activities from what the entry point built. */
export function createActivities(deps: NotifyDeps): Activities {
  return {
    recordStep: stripValues((step) => recordStep(deps.db, step)),
    fireInstants: stripValues((step) => fireInstants(deps.db, step)),
    notify: stripValues(beatWhile(createNotify(deps))),
  };
}
