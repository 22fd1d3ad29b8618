import type { ChaseChange } from '../../contracts/chase-record.js';
import type { ChaseState } from '../../contracts/chase-state.js';
import type { RecordStepOf } from '../../contracts/record.js';
import type { Queryable } from '../../db/connect.js';
import type { ChaseFacts } from '../../db/queries/record-step.js';
import type { chases } from '../../db/schema/index.js';
import { openProcess, type ProcessContext } from './step-context.js';
import { chaseSubject } from './subject.js';

export type ChaseStep = RecordStepOf<ChaseState, ChaseChange>;

/** A step of a chase. */
export interface ChaseContext
  extends ProcessContext,
    Pick<ChaseFacts, 'chase' | 'class' | 'item' | 'severity'> {
  step: ChaseStep;
  /** Columns of the chase that this step changes. */
  set: Partial<typeof chases.$inferInsert>;
}

export function openChaseStep(db: Queryable, step: ChaseStep, facts: ChaseFacts): ChaseContext {
  const { chase, item, severity } = facts;
  const shared = openProcess(db, step, { subject: chaseSubject(chase.number), row: chase, facts });
  return { ...shared, step, chase, class: facts.class, item, severity, set: {} };
}
