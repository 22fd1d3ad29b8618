import { eq } from 'drizzle-orm';
import type { ChaseChange } from '../../contracts/chase-record.js';
import type { ChaseState } from '../../contracts/chase-state.js';
import { findChaseFacts } from '../../db/queries/record-step.js';
import { chases, orders } from '../../db/schema/index.js';
import { authoriseChase } from './authorise-chase.js';
import { applyChaseChanges } from './chase-changes.js';
import { type ChaseContext, openChaseStep } from './chase-context.js';
import { createFireInstants } from './fire-instants.js';
import { createRecordStep } from './record-step.js';
import { chaseSubject } from './subject.js';
import { unlessOvertaken } from './write-batch.js';

/** The state as its row keeps it: of a chase, `resume` is written as any process has it. */
const stateOf = <Row extends { resume: unknown }>(row: Row) => ({
  ...row,
  resume: row.resume as ChaseState | null,
});

/** One record transaction of a chase; see {@link createRecordStep}. */
export const recordChaseStep = createRecordStep<ChaseState, ChaseChange, ChaseContext>({
  async open(db, step) {
    const { key, number, command, actor } = step;
    const facts = await findChaseFacts(db, { key, number, command, person: actor?.principal });
    if (!facts) return undefined;
    return { row: stateOf(facts.chase), outcome: facts.outcome, context: openChaseStep(db, step, facts) };
  },
  authorise: authoriseChase,
  apply: applyChaseChanges,
  save: ({ db, chase, set, step }, state, entry) =>
    unlessOvertaken(
      db,
      chases,
      chase,
      { ...set, stateVersion: state.version, workflowRunId: step.workflowRunId, resume: state },
      entry,
    ),
});

/** What falls due of a chase; see {@link createFireInstants}. */
export const fireChaseInstants = createFireInstants<ChaseState>({
  async lock(db, number) {
    const [chase] = await db.select().from(chases).where(eq(chases.number, number)).for('update');
    if (!chase) return undefined;
    // A rung for the team lead is that of the order it hangs on.
    const [order] =
      chase.orderNumber === null
        ? []
        : await db.select({ team: orders.team }).from(orders).where(eq(orders.number, chase.orderNumber));
    return { ...stateOf(chase), team: order?.team ?? null };
  },
  subject: chaseSubject,
  save: (db, number, change) => db.update(chases).set(change).where(eq(chases.number, number)),
});
