import type { OpenDeadline } from '../../contracts/order-state.js';
import type { RecordStep } from '../../contracts/record.js';
import type { Queryable } from '../../db/connect.js';
import type { StepFacts, StepTask } from '../../db/queries/record-step.js';
import type { orders } from '../../db/schema/index.js';
import { loadRules, type Rules } from '../load-rules.js';
import { emptyBatch } from './record-batch.js';
import { type Colleague, loadStaff } from './staff.js';

type Order = typeof orders.$inferSelect;

/**
 * What the parts of one record transaction share: the order as it stands, the rows gathered so far, and what is read
 * only when somebody asks for it.
 */
export interface StepContext {
  db: Queryable;
  step: RecordStep;
  order: Order;
  /** Columns of the order that this step changes. */
  set: Partial<typeof orders.$inferInsert>;
  batch: ReturnType<typeof emptyBatch>;
  opened: OpenDeadline[];
  /** All tasks of the order as they stood before the step. */
  tasks: StepTask[];
  /** The command that the step carries out, as the API stored it; null where there is none. */
  command: StepFacts['command'];
  /** Who acts; null where nobody active is meant. */
  person: StepFacts['person'];
  /** What the person sent, words included; empty for what the workflow does by itself. */
  body: Record<string, unknown>;
  staff(): Promise<Colleague[]>;
  rules(): Promise<Rules>;
}

export function openStep(db: Queryable, step: RecordStep, order: Order, facts: StepFacts): StepContext {
  const { command, person, tasks } = facts;
  const typed = step.note === undefined ? {} : { note: step.note };
  return {
    db,
    step,
    order,
    set: {},
    batch: emptyBatch(),
    opened: [],
    tasks,
    command,
    person,
    body: step.command ? ((command?.body ?? {}) as Record<string, unknown>) : typed,
    staff: once(() => loadStaff(db)),
    rules: once(() => loadRules(db, { revision: order.policyRevision, stamp: facts.rules })),
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
