import { and, eq, inArray } from 'drizzle-orm';
import type { OpenDeadline, OrderState } from '../../contracts/order-state.js';
import type { FireOutcome, FireStep, NoticeTemplate } from '../../contracts/record.js';
import type { Database, Queryable } from '../../db/connect.js';
import { deadlineInstants, deadlines, orders, tasks } from '../../db/schema/index.js';
import { settleWarnings } from '../../domain/deadlines/settle-warnings.js';
import type { WarningPercent } from '../../domain/deadlines/shape.js';
import { climb } from '../../domain/ladder/climb.js';
import { planRungs } from '../../domain/ladder/plan-rungs.js';
import type { RungOutcome } from '../../domain/ladder/shape.js';
import { loadRules, type Rules } from '../load-rules.js';
import { findMessageUnderWay } from './find-message-under-way.js';
import { findReachable, type Reachable } from './find-reachable.js';
import { emptyBatch } from './record-batch.js';
import { adopt, findOutcome } from './record-step.js';
import { loadStaff } from './staff.js';
import { writeBatch } from './write-batch.js';

type Deadline = typeof deadlines.$inferSelect;
type InstantRow = typeof deadlineInstants.$inferSelect;
type Settled = Pick<InstantRow, 'kind' | 'index' | 'state'> & {
  reached?: { person: string; why: string }[];
  why: string;
};

/**
 * Settles every instant up to `now` of the deadlines named, in one transaction: warnings, the breach, the rungs of the
 * ladder, each exactly once, with who was reached and why that one (design §6). Idempotent by `step.key`.
 */
export async function fireInstants(db: Database, step: FireStep): Promise<FireOutcome> {
  return db.transaction(async (tx) => {
    const [order] = await tx.select().from(orders).where(eq(orders.number, step.number)).for('update');
    if (!order) throw new Error(`order ${step.number} is not on record`);
    const before = await findOutcome<FireOutcome>(tx, step.key);
    if (before) return before;
    if (order.stateVersion !== step.version && order.resume) return adopt(tx, order);
    const givenAt = step.isIdle ? await findMessageUnderWay(tx, step.number, step.now) : undefined;
    const until = givenAt ?? step.now;
    const [rows, instants, openTasks, staff] = await readAll(tx, step);
    const isAnyDue = instants.some(({ at, state }) => state === 'planned' && at <= until);
    if (givenAt !== undefined && !isAnyDue) return { outcome: 'wait' };
    const batch = emptyBatch();
    const state: OrderState = { ...step.state, version: order.stateVersion + 1 };
    const settledAll: (Settled & { deadline: string })[] = [];
    for (const deadline of rows) {
      const rules = await loadRules(tx, { revision: deadline.policyRevision });
      const reachable = findReachable({ deadline, openTasks, staff, team: order.team, at: step.now });
      const look = lookAt(
        deadline,
        instants.filter((row) => row.deadlineId === deadline.id),
        until,
        rules,
        reachable,
      );
      for (const one of look.settled) settledAll.push({ ...one, deadline: deadline.id });
      await writeLook(tx, deadline, look, step.now);
      for (const { recipient, template, facts } of look.notices) {
        batch.notices.push({
          key: `${step.key}/${template}/${deadline.id}/${recipient}`,
          step: step.key,
          orderNumber: order.number,
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
      if (look.settled.some(({ kind }) => kind === 'breach')) state.breached = true;
    }
    const what = settledAll.map(({ deadline, kind, index }) => `${deadline} ${kind} ${index}`).join(', ');
    state.events = [...state.events, { at: step.now, what }].slice(-3);
    const outcome: FireOutcome = { outcome: 'recorded', state, what, tells: batch.notices.length > 0 };
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
    const saved = tx
      .update(orders)
      .set({ stateVersion: state.version, workflowRunId: step.workflowRunId, resume: state })
      .where(eq(orders.number, order.number))
      .returning({ number: orders.number });
    await writeBatch(tx, batch, entry, [tx.$with('saved').as(saved)]);
    return outcome;
  });
}

async function readAll(db: Queryable, step: FireStep) {
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
    .where(and(eq(tasks.orderNumber, step.number), eq(tasks.state, 'open')));
  return [rows, instants, openTasks, await loadStaff(db)] as const;
}

interface Look {
  settled: Settled[];
  /** Rungs planned because the breach fired in this look. */
  planned: { index: number; role: string; at: string }[];
  notices: { recipient: string; template: NoticeTemplate; facts: Record<string, unknown> }[];
  remaining: OpenDeadline['instants'];
}

/** One deadline at one moment. Pure but for the calendar it is given. */
function lookAt(
  deadline: Deadline,
  rows: InstantRow[],
  now: string,
  { policy, calendar }: Rules,
  reachable: Reachable,
): Look {
  const settled: Settled[] = [];
  const notices: Look['notices'] = [];
  const tellAssignees = (template: NoticeTemplate, facts: Record<string, unknown>) => {
    for (const recipient of reachable.assignees) notices.push({ recipient, template, facts });
  };

  for (const outcome of settleWarnings({
    deadline: warningsOf(deadline, rows),
    settled: settledWarnings(rows),
    now,
  })) {
    const { percent, result } = outcome;
    const sent = result === 'sent';
    const reached = sent ? reachable.assignees.map((person) => ({ person, why: 'assignee' })) : undefined;
    settled.push({
      kind: 'warning',
      index: percent,
      state: sent ? 'fired' : 'superseded',
      reached,
      why: JSON.stringify(outcome.why),
    });
    if (sent) tellAssignees('deadlineWarning', { percent });
  }

  const ladder = policy.ladder[deadline.class as keyof typeof policy.ladder];
  const breaches =
    rows.some((row) => row.kind === 'breach' && row.state === 'planned') && now >= deadline.dueAt;
  if (breaches) {
    const reached = reachable.assignees.map((person) => ({ person, why: 'assignee' }));
    settled.push({ kind: 'breach', index: 0, state: 'fired', reached, why: JSON.stringify({ code: 'due' }) });
    tellAssignees('deadlineBreached', {});
  }
  const hasRungs = breaches || rows.some((row) => row.kind === 'rung');
  const rungs = hasRungs ? planRungs({ due: deadline.dueAt, ladder, calendar }) : [];
  const before = new Set(
    rows.filter((row) => row.kind === 'rung' && row.state !== 'planned').map((row) => row.index),
  );
  for (const rung of climb({
    rungs,
    settled: before,
    now,
    holderOf: (role) => reachable.holders(role)[0]?.id,
  })) {
    settled.push(settleRung(rung, reachable));
    if (rung.result !== 'fired') continue;
    for (const { id: recipient } of reachable.holders(rung.role)) {
      notices.push({
        recipient,
        template: 'deadlineEscalated',
        facts: { rung: rung.index, role: rung.role, repeatOf: rung.repeatOf },
      });
    }
  }

  const done = new Set(settled.map(({ kind, index }) => `${kind} ${index}`));
  const planned = breaches ? rungs.map(({ index, role, at }) => ({ index, role, at })) : [];
  const open = rows
    .filter((row) => row.state === 'planned')
    .map(({ kind, index, at }) => ({ kind, index, at }));
  const rungInstants = planned.map(({ index, at }) => ({ kind: 'rung' as const, index, at }));
  const remaining = [...open, ...rungInstants].filter(({ kind, index }) => !done.has(`${kind} ${index}`));
  return { settled, planned, notices, remaining };
}

function settleRung(rung: RungOutcome, reachable: Reachable): Settled {
  const reached =
    rung.result === 'fired'
      ? reachable
          .holders(rung.role)
          .map(({ id: person, why }) => ({ person, why: why === 'holds' ? rung.role : why }))
      : undefined;
  return { kind: 'rung', index: rung.index, state: rung.result, reached, why: JSON.stringify(rung.why) };
}

function warningsOf(deadline: Deadline, rows: InstantRow[]) {
  const at = (index: number) => rows.find((row) => row.kind === 'warning' && row.index === index)?.at;
  return {
    dueAt: deadline.dueAt,
    warnings: [at(50) ?? deadline.dueAt, at(80) ?? deadline.dueAt] as [string, string],
  };
}

function settledWarnings(rows: InstantRow[]): Set<WarningPercent> {
  const settled = rows.filter((row) => row.kind === 'warning' && row.state !== 'planned');
  return new Set(settled.map((row) => row.index as WarningPercent));
}

async function writeLook(db: Queryable, deadline: Deadline, look: Look, now: string): Promise<void> {
  if (look.settled.some(({ kind }) => kind === 'breach')) {
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
