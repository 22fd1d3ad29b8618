import { eq, inArray, sql } from 'drizzle-orm';
import type { Change } from '../../contracts/record.js';
import { milestones, proposals, questions } from '../../db/schema/index.js';
import { ENDED_PHASES, type OrderPhase, type Point } from '../../domain/order/shape.js';
import { addNotices } from './add-notices.js';
import { applyEach, type Changes } from './apply-each.js';
import { assignTask } from './assign-task.js';
import { hold, releaseHold, resumeDeadline, stopDeadline } from './hold-changes.js';
import { nameTeam } from './name-team.js';
import { openDeadline } from './open-deadline.js';
import { addWrite, type StepContext } from './step-context.js';
import { finishTask, moveTask, settleDeadline, withdrawTask } from './task-changes.js';

/** Each change in words of the trade, and what it does to the record. A new kind of change is a line here. */
const APPLY: Changes<StepContext, Change> = {
  nameTeam: (context) => nameTeam(context),

  enterPhase(context, { phase, because }) {
    context.set.phase = phase;
    if (because) context.set.endReason = because;
    if ((ENDED_PHASES as readonly OrderPhase[]).includes(phase)) context.set.endedAt = context.step.at;
  },

  openTask: (context, change) => assignTask(context, change, context.order.salesOwnerId),
  finishTask(context, { id }, actor) {
    finishTask(context, id, actor);
    const task = context.tasks.find((one) => one.id === id);
    if (task?.kind === 'question') answerQuestions(context, task.facts);
  },
  withdrawTask,
  moveTask,

  openDeadline: (context, change) =>
    openDeadline(context, change, {
      class: context.set.class ?? context.order.class,
      replyBy: context.order.requestedReplyBy,
    }),

  settleDeadline,
  hold,
  releaseHold,
  stopDeadline,
  resumeDeadline,

  askCustomer(context, { task, department, points }) {
    const body = context.body as { points?: Partial<Record<Point, { ask?: string }>> };
    const rows = points.map((point) => ({
      id: `${task}.${point}`,
      orderNumber: context.order.number,
      point: point as Point,
      department,
      text: body.points?.[point as Point]?.ask ?? '',
      askedAt: context.step.at,
    }));
    addWrite(context, context.db.insert(questions).values(rows).onConflictDoNothing());
  },

  propose(context, { id, round, measure, promised }, actor) {
    const { order, step } = context;
    context.set.measure = measure;
    const row = {
      id,
      orderNumber: order.number,
      round,
      orderVersion: order.stateVersion + 1,
      measure,
      promisedDelivery: promised,
      currency: order.currency,
      amountMinor: order.amountMinor,
      proposedBy: actor,
      proposedAt: step.at,
      state: 'open' as const,
    };
    addWrite(context, context.db.insert(proposals).values(row));
  },

  decideProposal(context, { id, decision }, actor) {
    const { db, step, set, proposal } = context;
    const { note } = context.body;
    // The workflow holds one open proposal; a record without it is broken, and nothing may be confirmed on it (P07.6).
    if (proposal?.id !== id) throw new Error(`proposal ${id} is not open on record`);
    const decided = {
      state: decision === 'approve' ? ('approved' as const) : ('rejected' as const),
      decidedBy: actor,
      decidedAt: step.at,
      credential: step.actor?.credential,
      note: typeof note === 'string' ? note : null,
    };
    addWrite(context, db.update(proposals).set(decided).where(eq(proposals.id, id)));
    if (decision === 'reject') {
      set.measure = null;
      return;
    }
    set.promisedDelivery = proposal.promisedDelivery;
    set.confirmedAt = step.at;
    set.confirmedBy = actor;
  },

  recordMilestone(context, { milestone, done, at, projectedFinish }, actor) {
    const { db, order, set } = context;
    const row = { done, at, projectedFinish: projectedFinish ?? null, by: actor };
    addWrite(
      context,
      db
        .insert(milestones)
        .values({ orderNumber: order.number, milestone, ...row })
        .onConflictDoUpdate({
          target: [milestones.orderNumber, milestones.milestone],
          // What is done was done then, by that person; later news of it is a new projection at most.
          set: {
            done,
            at: sql`case when ${milestones.done} then ${milestones.at} else excluded.at end`,
            by: sql`case when ${milestones.done} then ${milestones.by} else excluded.by end`,
            projectedFinish: sql`coalesce(excluded.projected_finish, ${milestones.projectedFinish})`,
          },
        }),
    );
    if (projectedFinish) {
      set.projectedFinish = projectedFinish;
      set.atRisk = projectedFinish > (order.promisedDelivery ?? order.requestedDelivery);
    }
  },

  confirmGround({ set }, { confirmed }) {
    set.groundConfirmed = confirmed;
  },

  reclassify(context, change, actor) {
    const { order, set, step } = context;
    const { reason, note } = context.body;
    const words = String(reason ?? note ?? '');
    set.class = change.class;
    set.grade = change.grade;
    set.red = change.grade > 0;
    set.keyOrder = change.keyOrder;
    set.decisions = [
      ...order.decisions,
      {
        class: change.class,
        grade: change.grade,
        keyOrder: change.keyOrder,
        by: actor,
        at: step.at,
        policyRevision: null,
        reason: words,
      },
    ];
  },

  tell: (context, change) => addNotices(context, change),
};

/** Applies the changes of a step in their order. */
export async function applyChanges(context: StepContext, actor: string): Promise<void> {
  await applyEach(APPLY, context, actor);
}

/** The answer to a question task answers every question it stood for: who, when, words (P07.5). */
function answerQuestions(context: StepContext, facts: Record<string, unknown>): void {
  const { db, step } = context;
  const form = context.body as { answer?: string; how?: string; answeredBy?: string; at?: string };
  const points = facts.points as string[];
  const answered = db
    .update(questions)
    .set({
      answer: form.answer ?? '',
      // Our own people act by the link in their mail as well: theirs is a note of what they were told.
      answeredHow: step.actor?.principal.startsWith('customer:') ? 'link' : (form.how ?? 'phone'),
      answeredBy: form.answeredBy ?? step.actor?.principal,
      answeredAt: form.at ?? step.at,
    })
    .where(
      inArray(
        questions.id,
        points.map((point) => `${facts.evaluation}.${point}`),
      ),
    );
  addWrite(context, answered);
}
