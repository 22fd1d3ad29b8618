import type { SQLWrapper } from 'drizzle-orm';
import { WithSubquery } from 'drizzle-orm/subquery';
import type { OpenDeadline } from '../../contracts/order-state.js';
import type { ProcessState } from '../../contracts/process.js';
import type { RecordStep, RecordStepOf } from '../../contracts/record.js';
import type { Queryable } from '../../db/connect.js';
import type { StepFacts } from '../../db/queries/record-step.js';
import type { orders } from '../../db/schema/index.js';
import { loadRules, type Rules } from '../load-rules.js';
import { emptyBatch } from './record-batch.js';
import { type Colleague, loadStaff } from './staff.js';
import { orderSubject, type Subject } from './subject.js';

/**
 * What the parts of one record transaction share, whatever it is of: what the record knew before it, what is to be
 * written, and what is read only when somebody asks for it.
 */
export interface ProcessContext extends Pick<StepFacts, 'tasks' | 'command' | 'person'> {
  /** For reading, and for building what {@link addWrite} takes. */
  db: Queryable;
  step: Omit<RecordStepOf<ProcessState, unknown>, 'changes'>;
  subject: Subject;
  /** The version before the step; 0 before the first one. */
  version: number;
  /** New rows. */
  batch: ReturnType<typeof emptyBatch>;
  /** Changes of rows that were there before. */
  writes: WithSubquery[];
  opened: OpenDeadline[];
  /** What the record knows and the process does not: laid over its state with the answer of the step. */
  learnt: Record<string, unknown>;
  /** What the person sent, words included; empty for what the workflow does by itself. */
  body: Record<string, unknown>;
  staff(): Promise<Colleague[]>;
  rules(): Promise<Rules>;
}

/** A step of an order. */
export interface StepContext extends ProcessContext, Pick<StepFacts, 'order' | 'proposal'> {
  step: RecordStep;
  /** Columns of the order that this step changes. */
  set: Partial<typeof orders.$inferInsert>;
}

export function openStep(db: Queryable, step: RecordStep, facts: StepFacts): StepContext {
  const { order, proposal } = facts;
  const shared = openProcess(db, step, { subject: orderSubject(order.number), row: order, facts });
  return { ...shared, step, order, proposal, set: {} };
}

/** What every step begins with. `row`: the order or incident as it stands. */
export function openProcess(
  db: Queryable,
  step: ProcessContext['step'],
  about: {
    subject: Subject;
    row: { stateVersion: number; policyRevision: number };
    facts: Pick<StepFacts, 'tasks' | 'command' | 'person' | 'rules'>;
  },
): ProcessContext {
  const { subject, row, facts } = about;
  const { tasks, command, person } = facts;
  const typed = step.note === undefined ? {} : { note: step.note };
  return {
    db,
    step,
    subject,
    version: row.stateVersion,
    batch: emptyBatch(),
    writes: [],
    opened: [],
    learnt: {},
    tasks,
    command,
    person,
    body: step.command ? ((command?.body ?? {}) as Record<string, unknown>) : typed,
    staff: once(() => loadStaff(db)),
    rules: once(() => loadRules(db, { revision: row.policyRevision, stamp: facts.rules })),
  };
}

/**
 * Adds a change to the one statement that ends the step. All of it sees the record as it stood before: it finds no row
 * that the step itself adds, and no row may be changed twice.
 */
export function addWrite({ writes }: Pick<ProcessContext, 'writes'>, change: SQLWrapper): void {
  writes.push(new WithSubquery(change.getSQL(), {}, `change_${writes.length + 1}`, true));
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
