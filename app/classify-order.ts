import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { ClassifyForm } from '../contracts/forms.js';
import type { OpenHold } from '../contracts/order-state.js';
import { commands, customers, holds, orders } from '../db/schema/index.js';
import type { HandlingDecision } from '../domain/assessment/shape.js';
import { replyByAhead } from '../domain/deadlines/resolve-reply-by.js';
import type { HoldsPolicy } from '../domain/holds/shape.js';
import type { Grade } from '../domain/order/shape.js';
import type { AppContext } from './context.js';
import { deliverCommand, settleCommand } from './deliver-command.js';
import { AppError } from './errors.js';
import { type CommandRow, findRepeated, type RequestIdentity, requestColumns } from './idempotency.js';
import { loadRules } from './load-rules.js';
import { makePlan, planStart } from './plan-order.js';
import { holdsRole, type Principal, principalRef } from './principal.js';
import { addDeadline } from './record/plan-rows.js';
import { emptyBatch } from './record/record-batch.js';
import { orderSubject } from './record/subject.js';
import { MANAGERS } from './record/task-rights.js';
import { writeBatch } from './record/write-batch.js';
import { answerOf, type CommandAnswer, submitCommand } from './submit-command.js';

export interface ClassifyOrderRequest {
  principal: Principal;
  number: string;
  form: ClassifyForm;
  idempotencyKey?: string;
}

type Order = typeof orders.$inferSelect;

/**
 * A manager overrules the assessment, with a reason; both decisions stay on the record (P01.2). A normal order becomes
 * urgent or critical and its process starts; a running one is planned anew (P06.5), until its first evaluation is in.
 * Throws `forbidden`, `not-found`, `order-ended`, `evaluation-begun`, `wrong-phase`.
 */
export async function classifyOrder(ctx: AppContext, request: ClassifyOrderRequest): Promise<CommandAnswer> {
  const { principal, number, form, idempotencyKey } = request;
  if (!holdsRole(principal, MANAGERS)) throw new AppError('forbidden', `${MANAGERS.join(', ')} may overrule`);
  const identity = {
    principal,
    route: `POST /v1/orders/${number}/classify`,
    key: idempotencyKey,
    body: form,
  };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return answerOf(repeated);
  const [order] = await ctx.db.select().from(orders).where(eq(orders.number, number));
  if (!order) throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
  if (order.endedAt) throw new AppError('order-ended', `order ${number} is ${order.phase}`);
  const to = targetOf(order, form);
  if (order.class === 'normal') return startFromNormal(ctx, identity, order, to);
  return submitCommand(ctx, { ...identity, target: `order/${number}`, name: 'replan', message: to });
}

/** Grade and key-order mark where the manager leaves them out: as assessed, and at least one bar for a red order. */
function targetOf(order: Order, form: ClassifyForm) {
  const lowest = form.class === 'normal' ? 0 : 1;
  const grade = form.grade ?? (form.class === 'normal' ? 0 : Math.max(order.grade, lowest));
  return { class: form.class, grade: grade as Grade, keyOrder: form.keyOrder ?? order.keyOrder };
}

/** A normal order has no workflow to ask: the decision, the deadlines and the start command are one transaction. */
async function startFromNormal(
  ctx: AppContext,
  identity: RequestIdentity,
  order: Order,
  to: ReturnType<typeof targetOf>,
): Promise<CommandAnswer> {
  const { number } = order;
  if (to.class === 'normal') throw new AppError('wrong-phase', `order ${number} is a normal one already`);
  const now = ctx.now().toISOString();
  const rules = await loadRules(ctx.db);
  const tier = await findTier(ctx, order.customerId);
  const planNumber = order.decisions.length + 1;
  const held = await findHolds(ctx, number, rules.policy.holds);
  // The clock starts with the decision: what was normal until now is not late already.
  const replyBy = replyByAhead({ replyBy: order.requestedReplyBy, now, calendar: rules.calendar });
  const start = planStart(rules, {
    class: to.class,
    from: now,
    now,
    requestedDelivery: order.requestedDelivery,
    requestedReplyBy: replyBy,
  });
  const command = await ctx.db.transaction(async (tx): Promise<CommandRow> => {
    const batch = emptyBatch();
    const rounds: Record<string, number> = {
      ...nextRounds(order),
      ...(held.count > 0 && { hold: held.count }),
    };
    const deadlines = [start.evaluation, start.confirmation].map((planned) =>
      addDeadline(batch, {
        id: deadlineId(number, planned.kind, rounds[planned.kind] ?? 1),
        subject: orderSubject(number),
        round: rounds[planned.kind] ?? 1,
        class: to.class,
        policyRevision: rules.revision,
        planned,
      }),
    );
    const decision: HandlingDecision = {
      ...to,
      by: principalRef(identity.principal),
      at: now,
      policyRevision: null,
      reason: (identity.body as ClassifyForm).reason,
    };
    const version = order.stateVersion + 1;
    const changed = await tx
      .update(orders)
      .set({
        class: to.class,
        grade: to.grade,
        red: true,
        keyOrder: to.keyOrder,
        phase: 'evaluating',
        policyRevision: rules.revision,
        decisions: [...order.decisions, decision],
        deliveryBeforeConfirmation: start.confirmation.deliveryBeforeConfirmation ?? false,
        endReason: null,
        resume: null,
        stateVersion: version,
      })
      .where(
        and(
          eq(orders.number, number),
          eq(orders.stateVersion, order.stateVersion),
          eq(orders.class, 'normal'),
        ),
      )
      .returning({ number: orders.number });
    if (changed.length === 0)
      throw new AppError('stale-revision', `order ${number} was changed by somebody else`);
    const plan = makePlan(rules, {
      number,
      assessment: { ...to, red: true },
      tier,
      receivedAt: now,
      requestedDelivery: order.requestedDelivery,
      planNumber,
      recordVersion: version,
      ground: order.ground !== null,
      salesOwnerId: order.salesOwnerId,
      deliveryBeforeConfirmation: start.confirmation.deliveryBeforeConfirmation ?? false,
      rounds,
      deadlines,
      publicUrl: ctx.publicUrl,
      holds: held.open,
    });
    const [row] = await tx
      .insert(commands)
      .values({
        id: randomUUID(),
        ...requestColumns(identity),
        kind: 'start',
        target: `order/${number}`,
        name: 'urgentOrder',
        body: identity.body,
        payload: { plan },
        state: 'pending',
        createdAt: now,
      })
      .returning();
    await writeBatch(tx, batch, {
      key: `order/${number}/classify/${planNumber}`,
      at: now,
      subject: number,
      actor: principalRef(identity.principal),
      credential: identity.principal.credential,
      action: 'replan',
      detail: to,
    });
    if (!row) throw new Error('the start command was not stored');
    return row;
  });
  const delivery = await deliverCommand(ctx, command, 2_000);
  const result = { number, phase: 'evaluating', version: order.stateVersion + 1 };
  const settled = delivery.state === 'done' ? { ...delivery, result } : delivery;
  await settleCommand(ctx, command.id, settled);
  return settled.state === 'done'
    ? { status: 200, body: result }
    : { status: 202, location: `/v1/commands/${command.id}`, body: { id: command.id, state: 'pending' } };
}

/** What holds it goes on holding it; how many holds it had, so that no id is given twice. */
async function findHolds({ db }: AppContext, number: string, policy: HoldsPolicy) {
  const rows = await db.select().from(holds).where(eq(holds.order, number)).orderBy(holds.heldAt);
  const open = rows
    .filter(({ releasedAt }) => releasedAt === null)
    .map(({ id, reason, ownerId, incident, step }): OpenHold => {
      const rule = policy[reason] ?? { stops: [], shipping: true };
      return {
        id,
        reason,
        owner: ownerId,
        ...rule,
        incident: incident ?? undefined,
        step: step ?? undefined,
      };
    });
  return { open, count: rows.length };
}

/** Rounds go on where an earlier process of this order left them: ids are never reused. */
function nextRounds({ resume }: Order): Record<string, number> {
  const used = resume?.rounds ?? {};
  return { ...used, evaluation: (used.evaluation ?? 0) + 1, confirmation: (used.confirmation ?? 0) + 1 };
}

function deadlineId(number: string, kind: string, round: number): string {
  return round === 1 ? `${number}.${kind}` : `${number}.${kind}.${round}`;
}

async function findTier({ db }: AppContext, customerId: string): Promise<string> {
  const [customer] = await db
    .select({ tier: customers.tier })
    .from(customers)
    .where(eq(customers.id, customerId));
  if (!customer) throw new Error(`customer ${customerId} is not on record`);
  return customer.tier;
}
