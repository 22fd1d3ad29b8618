import { eq, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import type { ProcessState } from '../../contracts/process.js';
import type { AdoptionOf, RecordOutcomeOf, RecordStepOf } from '../../contracts/record.js';
import type { Database, Queryable } from '../../db/connect.js';
import { findUnsentSteps } from '../../db/queries/notices.js';
import { audit, commands } from '../../db/schema/index.js';
import { ERRORS, type ErrorCode, isErrorCode } from '../errors.js';
import { addWrite, type ProcessContext } from './step-context.js';
import { type Entry, isOvertaken, writeBatch } from './write-batch.js';

/** The row of an order or an incident, as far as its process goes. */
export interface ProcessRow<State> {
  number: string;
  stateVersion: number;
  resume: State | null;
  endedAt: string | null;
}

/** What the record transactions of orders and of incidents have of their own; all else is the same. */
export interface RecordOf<State extends ProcessState, Change, Context extends ProcessContext> {
  /** Reads what a step needs, of one moment, and opens the step on it; undefined where there is no such row. */
  open(
    db: Database,
    step: RecordStepOf<State, Change>,
  ): Promise<{ row: ProcessRow<State>; outcome: unknown; context: Context } | undefined>;
  /** Answers the actor's id for the record, or why they may not do this. */
  authorise(
    context: Context,
  ): Promise<{ actor: string } | { actor: string; code: ErrorCode; detail: string }>;
  apply(context: Context, actor: string): Promise<void>;
  /** The change of the row with its new state, and the audit entry bound to it. */
  save(context: Context, state: State, entry: typeof audit.$inferInsert): [WithSubquery, Entry];
  /** What ends with this step is sealed in the same transaction; undefined where it goes on. */
  seal?(context: Context): ((tx: Queryable) => Promise<void>) | undefined;
}

/** Another step of the same process that comes between read and write is rare; several in a row are a fault. */
const mostTries = 5;

/**
 * One record transaction of a workflow (design §3.1–2): authorise → change the record → audit, all or none. Idempotent
 * by `step.key`: a step that runs again, because its worker died after the commit, gets the answer of the first time.
 * Throws only on a broken invariant or a database that is away; Temporal retries it then.
 *
 * It reads all it needs, decides, and writes in one statement that holds only while the version is the one that was
 * read; else it reads again. No lock outlives a round trip.
 */
export function createRecordStep<State extends ProcessState, Change, Context extends ProcessContext>(
  of: RecordOf<State, Change, Context>,
) {
  return async (db: Database, step: RecordStepOf<State, Change>): Promise<RecordOutcomeOf<State>> => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await tryStep(of, db, step);
      } catch (error) {
        if (!isOvertaken(error) || tries === mostTries) throw error;
      }
    }
  };
}

async function tryStep<State extends ProcessState, Change, Context extends ProcessContext>(
  of: RecordOf<State, Change, Context>,
  db: Database,
  step: RecordStepOf<State, Change>,
): Promise<RecordOutcomeOf<State>> {
  const found = await of.open(db, step);
  if (!found) throw new Error(`${step.number} is not on record`);
  const { row, outcome: before, context } = found;
  // A start delivered once more after the end: the new run adopts the end.
  if (step.action === 'begin' && row.endedAt && row.resume) return adopt(db, row);
  if (before) return before as RecordOutcomeOf<State>;
  // The record is ahead: the workflow was reset, or started a second time. It goes on from the record.
  if (row.stateVersion !== step.version && row.resume) return adopt(db, row);
  const allowed = await of.authorise(context);
  if ('code' in allowed) return refuse(context, allowed.actor, allowed);
  if (step.refusal) return refuse(context, allowed.actor, step.refusal);
  await of.apply(context, allowed.actor);
  const outcome: RecordOutcomeOf<State> = {
    outcome: 'recorded',
    version: row.stateVersion + 1,
    opened: context.opened,
    tells: context.batch.notices.length > 0,
    ...(Object.keys(context.learnt).length > 0 && { learnt: context.learnt as Partial<State> }),
  };
  await saveStep(of, db, context, step.next, allowed.actor, outcome);
  return outcome;
}

/** The workflow goes on from the record, and sends what a step that it knows nothing of has left to be told. */
export async function adopt<State extends ProcessState>(
  db: Queryable,
  row: ProcessRow<State>,
): Promise<AdoptionOf<State>> {
  if (!row.resume) throw new Error(`${row.number} has no state on record to go on from`);
  const state = { ...row.resume, version: row.stateVersion };
  return { outcome: 'adopt', state, unsent: await findUnsentSteps(db, row.number) };
}

/** The answer of a step that has run before, by its key. */
export async function findOutcome<T>(db: Queryable, key: string): Promise<T | undefined> {
  const [row] = await db.select({ outcome: audit.outcome }).from(audit).where(eq(audit.key, key));
  return row?.outcome as T | undefined;
}

/** A refusal is on the record as well (design §3.2): the state stays, the audit log says who tried what. */
async function refuse(
  context: ProcessContext,
  actor: string,
  { code, detail }: { code: string; detail: string },
): Promise<{ outcome: 'refused'; code: string; detail: string }> {
  const outcome = { outcome: 'refused' as const, code, detail };
  if (isErrorCode(code)) {
    answerCommand(context, { state: 'refused', status: ERRORS[code].status, result: { code, detail } });
  }
  const entry = auditRow(context.step, actor, `${context.step.action}.refused`, outcome);
  await writeBatch(context.db, context.batch, entry, context.writes);
  return outcome;
}

/** The row as it stands now, the rows of the step and its audit entry. */
async function saveStep<State extends ProcessState, Context extends ProcessContext>(
  of: Pick<RecordOf<State, unknown, Context>, 'save' | 'seal'>,
  db: Database,
  context: Context,
  next: State,
  actor: string,
  outcome: { version: number; learnt?: Partial<State> },
): Promise<void> {
  const { step, opened, batch, writes } = context;
  if (step.reply) answerCommand(context, { state: 'done', status: 200, result: step.reply });
  const { version, learnt } = outcome;
  const state = { ...next, ...learnt, version, deadlines: [...next.deadlines, ...opened] };
  const [saved, entry] = of.save(context, state, auditRow(step, actor, step.action, outcome));
  const write = (to: Queryable) => writeBatch(to, batch, entry, [saved, ...writes]);
  const seal = of.seal?.(context);
  if (!seal) return write(db);
  await db.transaction(async (tx) => {
    await write(tx);
    await seal(tx);
  });
}

/** What came of a command stands on record with what it did: a caller who asks later needs no workflow. */
function answerCommand(
  context: ProcessContext,
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
  step: ProcessContext['step'],
  actor: string,
  action: string,
  outcome: object,
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

function roundOf(step: ProcessContext['step']): number | undefined {
  const suffix = step.task?.split('.')[3];
  return step.task ? Number(suffix ?? 1) : undefined;
}
