import type { SQLWrapper } from 'drizzle-orm';
import { WithSubquery } from 'drizzle-orm/subquery';
import type { OpenDeadline } from '../../contracts/order-state.js';
import type { RecordStep } from '../../contracts/record.js';
import type { Queryable } from '../../db/connect.js';
import type { StepFacts } from '../../db/queries/record-step.js';
import type { orders } from '../../db/schema/index.js';
import { loadRules, type Rules } from '../load-rules.js';
import { emptyBatch } from './record-batch.js';
import { type Colleague, loadStaff } from './staff.js';

/**
 * What the parts of one record transaction share: what the record knew before it, what is to be written, and what is
 * read only when somebody asks for it.
 */
export interface StepContext extends Pick<StepFacts, 'order' | 'tasks' | 'proposal' | 'command' | 'person'> {
  /** For reading, and for building what {@link addWrite} takes. */
  db: Queryable;
  step: RecordStep;
  /** Columns of the order that this step changes. */
  set: Partial<typeof orders.$inferInsert>;
  /** New rows. */
  batch: ReturnType<typeof emptyBatch>;
  /** Changes of rows that were there before. */
  writes: WithSubquery[];
  opened: OpenDeadline[];
  /** What the person sent, words included; empty for what the workflow does by itself. */
  body: Record<string, unknown>;
  staff(): Promise<Colleague[]>;
  rules(): Promise<Rules>;
}

export function openStep(db: Queryable, step: RecordStep, facts: StepFacts): StepContext {
  const { order, command, person, tasks, proposal } = facts;
  const typed = step.note === undefined ? {} : { note: step.note };
  return {
    db,
    step,
    order,
    set: {},
    batch: emptyBatch(),
    writes: [],
    opened: [],
    tasks,
    proposal,
    command,
    person,
    body: step.command ? ((command?.body ?? {}) as Record<string, unknown>) : typed,
    staff: once(() => loadStaff(db)),
    rules: once(() => loadRules(db, { revision: order.policyRevision, stamp: facts.rules })),
  };
}

/**
 * Adds a change to the one statement that ends the step. All of it sees the record as it stood before: it finds no row
 * that the step itself adds, and no row may be changed twice.
 */
export function addWrite({ writes }: StepContext, change: SQLWrapper): void {
  writes.push(new WithSubquery(change.getSQL(), {}, `change_${writes.length + 1}`, true));
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
