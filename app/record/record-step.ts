import { eq, sql } from 'drizzle-orm';
import type { Adoption, RecordOutcome, RecordStep } from '../../contracts/record.js';
import type { Database, Queryable } from '../../db/connect.js';
import { findUnsentSteps } from '../../db/queries/notices.js';
import { findStepFacts } from '../../db/queries/record-step.js';
import { audit, commands, type orders } from '../../db/schema/index.js';
import { ERRORS, isErrorCode } from '../errors.js';
import { applyChanges } from './apply-changes.js';
import { authoriseStep } from './authorise-step.js';
import { addWrite, openStep, type StepContext } from './step-context.js';
import { isOvertaken, unlessOvertaken, writeBatch } from './write-batch.js';

/** Another step of the same order that comes between read and write is rare; several in a row are a fault. */
const mostTries = 5;

/**
 * One record transaction of a workflow (design §3.1–2): authorise → change the record → audit, all or none. Idempotent
 * by `step.key`: a step that runs again, because its worker died after the commit, gets the answer of the first time.
 * Throws only on a broken invariant or a database that is away; Temporal retries it then.
 *
 * It reads all it needs, decides, and writes in one statement that holds only while the order's version is the one that
 * was read; else it reads again. No lock outlives a round trip.
 */
export async function recordStep(db: Database, step: RecordStep): Promise<RecordOutcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryStep(db, step);
    } catch (error) {
      if (!isOvertaken(error) || tries === mostTries) throw error;
    }
  }
}

async function tryStep(db: Database, step: RecordStep): Promise<RecordOutcome> {
  const facts = await findStepFacts(db, {
    key: step.key,
    order: step.number,
    command: step.command,
    person: step.actor?.principal,
  });
  if (!facts) throw new Error(`order ${step.number} is not on record`);
  const { order } = facts;
  // A start delivered once more after the order has ended: the new run adopts the end.
  if (step.action === 'begin' && order.endedAt && order.resume) return adopt(db, order);
  if (facts.outcome) return facts.outcome as RecordOutcome;
  // The record is ahead: the workflow was reset, or started a second time. It goes on from the record.
  if (order.stateVersion !== step.version && order.resume) return adopt(db, order);
  const context = openStep(db, step, facts);
  const allowed = await authoriseStep(context);
  if ('code' in allowed) return refuse(context, allowed.actor, allowed);
  if (step.refusal) return refuse(context, allowed.actor, step.refusal);
  await applyChanges(context, allowed.actor);
  const outcome: RecordOutcome = {
    outcome: 'recorded',
    version: order.stateVersion + 1,
    opened: context.opened,
    tells: context.batch.notices.length > 0,
  };
  await saveStep(context, allowed.actor, outcome);
  return outcome;
}

/** The workflow goes on from the record, and sends what a step that it knows nothing of has left to be told. */
export async function adopt(db: Queryable, order: typeof orders.$inferSelect): Promise<Adoption> {
  if (!order.resume) throw new Error(`order ${order.number} has no state on record to go on from`);
  const state = { ...order.resume, version: order.stateVersion };
  return { outcome: 'adopt', state, unsent: await findUnsentSteps(db, order.number) };
}

/** The answer of a step that has run before, by its key. */
export async function findOutcome<T>(db: Queryable, key: string): Promise<T | undefined> {
  const [row] = await db.select({ outcome: audit.outcome }).from(audit).where(eq(audit.key, key));
  return row?.outcome as T | undefined;
}

/** A refusal is on the record as well (design §3.2): the state stays, the audit log says who tried what. */
async function refuse(
  context: StepContext,
  actor: string,
  { code, detail }: { code: string; detail: string },
): Promise<RecordOutcome> {
  const outcome: RecordOutcome = { outcome: 'refused', code, detail };
  if (isErrorCode(code)) {
    answerCommand(context, { state: 'refused', status: ERRORS[code].status, result: { code, detail } });
  }
  const entry = auditRow(context.step, actor, `${context.step.action}.refused`, outcome);
  await writeBatch(context.db, context.batch, entry, context.writes);
  return outcome;
}

/** The order as it stands now, the rows of the step and its audit entry. */
async function saveStep(
  context: StepContext,
  actor: string,
  outcome: Extract<RecordOutcome, { outcome: 'recorded' }>,
): Promise<void> {
  const { db, step, order, set, opened, batch, writes } = context;
  const { version } = outcome;
  if (step.reply) answerCommand(context, { state: 'done', status: 200, result: step.reply });
  const resume = { ...step.next, version, deadlines: [...step.next.deadlines, ...opened] };
  const change = { ...set, stateVersion: version, workflowRunId: step.workflowRunId, resume };
  const [saved, entry] = unlessOvertaken(db, order, change, auditRow(step, actor, step.action, outcome));
  await writeBatch(db, batch, entry, [saved, ...writes]);
}

/** What came of a command stands on record with what it did: a caller who asks later needs no workflow. */
function answerCommand(
  context: StepContext,
  answer: Pick<typeof commands.$inferInsert, 'state' | 'status' | 'result'>,
): void {
  const { db, step } = context;
  if (!step.command) return;
  addWrite(
    context,
    db
      .update(commands)
      .set({ ...answer, settledAt: step.at })
      .where(sql`${commands.id} = ${step.command} and ${commands.state} = 'pending'`),
  );
}

function auditRow(
  step: RecordStep,
  actor: string,
  action: string,
  outcome: RecordOutcome,
): typeof audit.$inferInsert {
  return {
    key: step.key,
    at: step.at,
    subject: step.number,
    actor,
    credential: step.actor?.credential ?? 'workflow',
    action,
    detail: { ...step.detail, task: step.task, phase: step.next.phase, round: roundOf(step) },
    outcome,
  };
}

function roundOf(step: RecordStep): number | undefined {
  const suffix = step.task?.split('.')[3];
  return step.task ? Number(suffix ?? 1) : undefined;
}
