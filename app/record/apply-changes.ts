import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Change } from '../../contracts/record.js';
import {
  deadlineInstants,
  deadlines,
  milestones,
  proposals,
  questions,
  tasks,
} from '../../db/schema/index.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { replyByAhead } from '../../domain/deadlines/resolve-reply-by.js';
import { ENDED_PHASES, type OrderPhase, type Point } from '../../domain/order/shape.js';
import { addNotices } from './add-notices.js';
import { assignTask } from './assign-task.js';
import { nameTeam } from './name-team.js';
import { addDeadline } from './plan-rows.js';
import type { StepContext } from './step-context.js';

type Of<K extends Change['do']> = Extract<Change, { do: K }>;
type Apply<K extends Change['do']> = (context: StepContext, change: Of<K>, actor: string) => Promise<void>;

/** Each change in words of the trade, and what it does to the record. A new kind of change is a line here. */
const APPLY: { [K in Change['do']]: Apply<K> } = {
  nameTeam: (context) => nameTeam(context),

  async enterPhase(context, { phase, because }) {
    context.set.phase = phase;
    if (because) context.set.endReason = because;
    if ((ENDED_PHASES as readonly OrderPhase[]).includes(phase)) context.set.endedAt = context.step.at;
  },

  openTask: (context, change) => assignTask(context, change),

  async finishTask(context, { id }, actor) {
    const { db, step } = context;
    await db
      .update(tasks)
      .set({
        state: 'done',
        result: context.body,
        finishedBy: actor,
        finishedCredential: step.actor?.credential,
        finishedAt: step.at,
      })
      .where(and(eq(tasks.id, id), eq(tasks.state, 'open')));
    const task = context.tasks.find((one) => one.id === id);
    if (task?.kind === 'question') await answerQuestions(context, task.facts);
  },

  async withdrawTask({ db, step }, { id }) {
    await db
      .update(tasks)
      .set({ state: 'withdrawn', finishedAt: step.at })
      .where(and(eq(tasks.id, id), eq(tasks.state, 'open')));
  },

  async moveTask(context, { id, deadline }) {
    const dueAt = context.opened.find((opened) => opened.id === deadline)?.dueAt;
    await context.db.update(tasks).set({ deadlineId: deadline, dueAt }).where(eq(tasks.id, id));
  },

  async openDeadline(context, { id, kind, round, from, promised }) {
    const { order, set, step } = context;
    const { policy, calendar, revision } = await context.rules();
    const orderClass = set.class ?? order.class;
    const planned = planDeadline({
      kind,
      orderClass,
      from,
      policy: policy.deadlines,
      calendar,
      replyBy: replyByAhead({ replyBy: order.requestedReplyBy, now: step.at, calendar }),
      promised,
      now: step.at,
    });
    context.opened.push(
      addDeadline(context.batch, {
        id,
        orderNumber: order.number,
        round,
        class: orderClass,
        policyRevision: revision,
        planned,
      }),
    );
  },

  async settleDeadline({ db, step }, { id, as }) {
    // A breach stays a breach, met late.
    const state = sql`case when ${deadlines.state} = 'breached' then 'breached' else ${as} end`;
    await db
      .update(deadlines)
      .set({ state, metAt: as === 'met' ? step.at : null })
      .where(
        and(eq(deadlines.id, id), inArray(deadlines.state, as === 'met' ? ['open', 'breached'] : ['open'])),
      );
    await db
      .update(deadlineInstants)
      .set({ state: 'withdrawn', settledAt: step.at })
      .where(and(eq(deadlineInstants.deadlineId, id), eq(deadlineInstants.state, 'planned')));
  },

  async askCustomer(context, { task, department, points }) {
    const body = context.body as { points?: Partial<Record<Point, { ask?: string }>> };
    const rows = points.map((point) => ({
      id: `${task}.${point}`,
      orderNumber: context.order.number,
      point: point as Point,
      department,
      text: body.points?.[point as Point]?.ask ?? '',
      askedAt: context.step.at,
    }));
    await context.db.insert(questions).values(rows).onConflictDoNothing();
  },

  async propose(context, { id, round, measure, promised }, actor) {
    const { order, step } = context;
    context.set.measure = measure;
    await context.db.insert(proposals).values({
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
      state: 'open',
    });
  },

  async decideProposal(context, { id, decision }, actor) {
    const { db, step, set } = context;
    const { note } = context.body;
    const [proposal] = await db
      .update(proposals)
      .set({
        state: decision === 'approve' ? 'approved' : 'rejected',
        decidedBy: actor,
        decidedAt: step.at,
        credential: step.actor?.credential,
        note: typeof note === 'string' ? note : null,
      })
      .where(and(eq(proposals.id, id), eq(proposals.state, 'open')))
      .returning({ promised: proposals.promisedDelivery });
    // The workflow holds one open proposal; a record without it is broken, and nothing may be confirmed on it (P07.6).
    if (!proposal) throw new Error(`proposal ${id} is not open on record`);
    if (decision === 'reject') {
      set.measure = null;
      return;
    }
    set.promisedDelivery = proposal.promised;
    set.confirmedAt = step.at;
    set.confirmedBy = actor;
  },

  async recordMilestone(context, { milestone, done, at, projectedFinish }, actor) {
    const { db, order, set } = context;
    const row = { done, at, projectedFinish: projectedFinish ?? null, by: actor };
    await db
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
      });
    if (projectedFinish) {
      set.projectedFinish = projectedFinish;
      set.atRisk = projectedFinish > (order.promisedDelivery ?? order.requestedDelivery);
    }
  },

  async confirmGround({ set }, { confirmed }) {
    set.groundConfirmed = confirmed;
  },

  async reclassify(context, change, actor) {
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
  for (const change of context.step.changes) {
    await (APPLY[change.do] as Apply<typeof change.do>)(context, change as never, actor);
  }
}

/** The answer to a question task answers every question it stood for: who, when, words (P07.5). */
async function answerQuestions(context: StepContext, facts: Record<string, unknown>): Promise<void> {
  const { db, step } = context;
  const form = context.body as { answer?: string; how?: string; answeredBy?: string; at?: string };
  const points = facts.points as string[];
  await db
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
}
