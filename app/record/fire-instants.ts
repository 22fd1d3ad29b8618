import { and, eq, inArray, type SQLWrapper } from 'drizzle-orm';
import { WithSubquery } from 'drizzle-orm/subquery';
import type { ProcessState } from '../../contracts/process.js';
import type { FireOutcomeOf, FireStepOf } from '../../contracts/record.js';
import type { Database, Queryable } from '../../db/connect.js';
import { deadlineInstants, deadlines, tasks } from '../../db/schema/index.js';
import { loadRules } from '../load-rules.js';
import { findMessageUnderWay } from './find-message-under-way.js';
import { findReachable } from './find-reachable.js';
import { type Deadline, type Look, lookAt, type Settled } from './look-at-deadline.js';
import { emptyBatch } from './record-batch.js';
import { adopt, findOutcome, type ProcessRow } from './record-step.js';
import { loadStaff } from './staff.js';
import { columnsOf, type Subject } from './subject.js';
import { writeBatch } from './write-batch.js';

/** What looks at the clock of orders and of incidents have of their own. */
export interface FireOf<State extends ProcessState> {
  /** The row, locked until the look is on record. */
  lock(
    db: Queryable,
    number: string,
  ): Promise<(ProcessRow<State> & { team: Record<string, string> | null }) | undefined>;
  subject(number: string): Subject;
  /** The change of the row with its new state. */
  save(
    db: Queryable,
    number: string,
    change: { stateVersion: number; workflowRunId: string; resume: State },
  ): SQLWrapper;
}

/**
 * Settles every instant up to `now` of the deadlines named, in one transaction: warnings, the breach, the rungs of the
 * ladder, each exactly once, with who was reached and why that one (design §6). Idempotent by `step.key`.
 */
export function createFireInstants<State extends ProcessState>(of: FireOf<State>) {
  return (db: Database, step: FireStepOf<State>): Promise<FireOutcomeOf<State>> =>
    db.transaction((tx) => fire(of, tx, step));
}

async function fire<State extends ProcessState>(
  of: FireOf<State>,
  tx: Queryable,
  step: FireStepOf<State>,
): Promise<FireOutcomeOf<State>> {
  const row = await of.lock(tx, step.number);
  if (!row) throw new Error(`${step.number} is not on record`);
  const subject = of.subject(row.number);
  const before = await findOutcome<FireOutcomeOf<State>>(tx, step.key);
  if (before) return before;
  if (row.stateVersion !== step.version && row.resume) return adopt(tx, row);
  const givenAt = step.isIdle ? await findMessageUnderWay(tx, subject.workflowId, step.now) : undefined;
  const until = givenAt ?? step.now;
  const [rows, instants, openTasks, staff] = await readAll(tx, step, subject);
  const isAnyDue = instants.some(({ at, state }) => state === 'planned' && at <= until);
  if (givenAt !== undefined && !isAnyDue) return { outcome: 'wait' };
  const batch = emptyBatch();
  const state: State = { ...step.state, version: row.stateVersion + 1 };
  const settledAll: (Settled & { deadline: string })[] = [];
  for (const deadline of rows) {
    const rules = await loadRules(tx, { revision: deadline.policyRevision });
    const reachable = findReachable({ deadline, openTasks, staff, team: row.team, at: step.now });
    const look = lookAt(
      deadline,
      instants.filter((instant) => instant.deadlineId === deadline.id),
      until,
      rules,
      reachable,
      step.lapses?.includes(deadline.id),
    );
    for (const one of look.settled) settledAll.push({ ...one, deadline: deadline.id });
    await writeLook(tx, deadline, look, step.now);
    for (const { recipient, template, facts } of look.notices) {
      batch.notices.push({
        key: `${step.key}/${template}/${deadline.id}/${recipient}`,
        step: step.key,
        ...columnsOf(subject),
        recipient: `person:${recipient}`,
        template,
        facts: { deadline: deadline.id, ...facts },
        state: 'queued',
        createdAt: step.now,
      });
    }
    state.deadlines = state.deadlines.map((open) =>
      open.id === deadline.id ? { ...open, instants: look.remaining } : open,
    );
    if (look.settled.some(isBreach)) state.breached = true;
  }
  const what = settledAll.map(({ deadline, kind, index }) => `${deadline} ${kind} ${index}`).join(', ');
  state.events = [...state.events, { at: step.now, what }].slice(-3);
  const outcome = { outcome: 'recorded' as const, state, what, tells: batch.notices.length > 0 };
  const entry = {
    key: step.key,
    at: step.now,
    subject: step.number,
    actor: 'redmark',
    credential: 'workflow',
    action: 'deadlines',
    detail: { settled: settledAll },
    outcome,
  };
  const change = { stateVersion: state.version, workflowRunId: step.workflowRunId, resume: state };
  const saved = new WithSubquery(of.save(tx, row.number, change).getSQL(), {}, 'saved', true);
  await writeBatch(tx, batch, entry, [saved]);
  return outcome;
}

const isBreach = ({ kind, state }: Settled) => kind === 'breach' && state === 'fired';

async function readAll(db: Queryable, step: { deadlines: string[] }, { workflowId }: Subject) {
  const rows = await db
    .select()
    .from(deadlines)
    .where(inArray(deadlines.id, step.deadlines))
    .orderBy(deadlines.id);
  const instants = await db
    .select()
    .from(deadlineInstants)
    .where(inArray(deadlineInstants.deadlineId, step.deadlines));
  const openTasks = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.workflowId, workflowId), eq(tasks.state, 'open')));
  return [rows, instants, openTasks, await loadStaff(db)] as const;
}

async function writeLook(db: Queryable, deadline: Deadline, look: Look, now: string): Promise<void> {
  if (look.settled.some(isBreach)) {
    await db.update(deadlines).set({ state: 'breached' }).where(eq(deadlines.id, deadline.id));
  }
  if (look.planned.length > 0) {
    await db.insert(deadlineInstants).values(
      look.planned.map((rung) => ({
        deadlineId: deadline.id,
        kind: 'rung' as const,
        state: 'planned' as const,
        ...rung,
      })),
    );
  }
  for (const { kind, index, state, reached, why } of look.settled) {
    await db
      .update(deadlineInstants)
      .set({ state, settledAt: now, reached, why })
      .where(
        and(
          eq(deadlineInstants.deadlineId, deadline.id),
          eq(deadlineInstants.kind, kind),
          eq(deadlineInstants.index, index),
          // Exactly once: a settled instant is never settled again.
          eq(deadlineInstants.state, 'planned'),
        ),
      );
  }
}
