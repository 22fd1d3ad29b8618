import { eq } from 'drizzle-orm';
import type { OpenDeadline } from '../../contracts/order-state.js';
import type { RecordStep } from '../../contracts/record.js';
import type { Queryable } from '../../db/connect.js';
import { commands, type orders, tasks } from '../../db/schema/index.js';
import { loadRules, type Rules } from '../load-rules.js';
import { emptyBatch } from './record-batch.js';
import { type Colleague, loadStaff } from './staff.js';

type Order = typeof orders.$inferSelect;
type Task = typeof tasks.$inferSelect;
type Command = Pick<typeof commands.$inferSelect, 'target' | 'payload' | 'body'>;

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
  staff(): Promise<Colleague[]>;
  rules(): Promise<Rules>;
  /** All tasks of the order as they stand in the database. */
  tasks(): Promise<Task[]>;
  /** The command that the step carries out, as the API stored it; undefined where there is none. */
  command(): Promise<Command | undefined>;
  /** What the person sent, words included; empty for what the workflow does by itself. */
  body(): Promise<Record<string, unknown>>;
}

export function openStep(db: Queryable, step: RecordStep, order: Order): StepContext {
  const command = once(async () => {
    if (!step.command) return undefined;
    const { target, payload, body } = commands;
    const [row] = await db
      .select({ target, payload, body })
      .from(commands)
      .where(eq(commands.id, step.command));
    return row;
  });
  return {
    db,
    step,
    order,
    set: {},
    batch: emptyBatch(),
    opened: [],
    staff: once(() => loadStaff(db)),
    rules: once(() => loadRules(db, { revision: order.policyRevision })),
    tasks: once(() => db.select().from(tasks).where(eq(tasks.orderNumber, order.number))),
    command,
    async body() {
      if (!step.command) return step.note === undefined ? {} : { note: step.note };
      return ((await command())?.body ?? {}) as Record<string, unknown>;
    },
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= read();
    return answer;
  };
}
