import { eq } from 'drizzle-orm';
import type { OrderState } from '../../contracts/order-state.js';
import type { Change } from '../../contracts/record.js';
import { findStepFacts } from '../../db/queries/record-step.js';
import { orders } from '../../db/schema/index.js';
import { applyChanges } from './apply-changes.js';
import { authoriseStep } from './authorise-step.js';
import { createFireInstants } from './fire-instants.js';
import { createRecordStep } from './record-step.js';
import { openStep, type StepContext } from './step-context.js';
import { orderSubject } from './subject.js';
import { unlessOvertaken } from './write-batch.js';

/** One record transaction of an order's process; see {@link createRecordStep}. */
export const recordStep = createRecordStep<OrderState, Change, StepContext>({
  async open(db, step) {
    const facts = await findStepFacts(db, {
      key: step.key,
      number: step.number,
      command: step.command,
      person: step.actor?.principal,
    });
    return facts && { row: facts.order, outcome: facts.outcome, context: openStep(db, step, facts) };
  },
  authorise: authoriseStep,
  apply: applyChanges,
  save: ({ db, order, set, step }, state, entry) =>
    unlessOvertaken(
      db,
      orders,
      order,
      { ...set, stateVersion: state.version, workflowRunId: step.workflowRunId, resume: state },
      entry,
    ),
});

/** What falls due of an order; see {@link createFireInstants}. */
export const fireInstants = createFireInstants<OrderState>({
  async lock(db, number) {
    const [order] = await db.select().from(orders).where(eq(orders.number, number)).for('update');
    return order;
  },
  subject: orderSubject,
  save: (db, number, change) => db.update(orders).set(change).where(eq(orders.number, number)),
});
