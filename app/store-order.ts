import { randomUUID } from 'node:crypto';
import type { OrderPlan } from '../contracts/order-state.js';
import { audit, commands, orderLines, orders } from '../db/schema/index.js';
import type { HandlingDecision } from '../domain/assessment/shape.js';
import type { AppContext } from './context.js';
import { createCustomer } from './create-customer.js';
import { type CommandRow, type RequestIdentity, requestColumns } from './idempotency.js';
import type { Customer } from './match-customer.js';
import { makePlan } from './plan-order.js';
import type { PreparedOrder } from './prepare-order.js';
import { type Principal, principalRef } from './principal.js';
import { addDeadline } from './record/plan-rows.js';
import { emptyBatch } from './record/record-batch.js';
import { batchParts } from './record/write-batch.js';

/** Another request with the same key was first: all of this one is rolled back, its new customer too. */
export class KeyTaken extends Error {}

/** Order, lines, deadlines, start command and audit in one transaction. Throws KeyTaken. */
export async function storeOrder(
  ctx: AppContext,
  identity: RequestIdentity,
  number: string,
  order: PreparedOrder,
): Promise<CommandRow> {
  const { principal } = identity;
  const { body, assessment, rules, now } = order;
  return ctx.db.transaction(async (tx) => {
    const customer = order.customer ?? (await createCustomer(tx, principal, body, now));
    const batch = emptyBatch();
    const deadlines = order.start
      ? [order.start.evaluation, order.start.confirmation].map((planned) =>
          addDeadline(batch, {
            id: `${number}.${planned.kind}`,
            orderNumber: number,
            round: 1,
            class: assessment.class,
            policyRevision: rules.revision,
            planned,
          }),
        )
      : [];
    const plan: OrderPlan = makePlan(rules, {
      number,
      assessment,
      tier: customer.tier,
      receivedAt: order.receivedAt,
      requestedDelivery: body.requestedDelivery,
      planNumber: 1,
      recordVersion: 0,
      ground: body.ground !== undefined,
      salesOwnerId: customer.salesOwnerId,
      deliveryBeforeConfirmation: order.start?.confirmation.deliveryBeforeConfirmation ?? false,
      rounds: { evaluation: 1, confirmation: 1 },
      deadlines,
      publicUrl: ctx.publicUrl,
    });
    const starts = assessment.class !== 'normal';
    const command = tx.$with('command').as(
      tx
        .insert(commands)
        .values({
          id: randomUUID(),
          ...requestColumns(identity),
          kind: starts ? 'start' : 'record',
          target: `order/${number}`,
          name: 'urgentOrder',
          // The order's own row holds what was sent; here it would be a second copy of personal data.
          body: {},
          payload: starts ? { plan } : null,
          state: starts ? 'pending' : 'done',
          createdAt: now,
        })
        .onConflictDoNothing()
        .returning(),
    );
    const row = orderRow(order, number, customer, principal, plan);
    const lines = tx.insert(orderLines).values(lineRows(order, number)).returning({ line: orderLines.line });
    // One statement, for the client waits through each: all of it is rolled back where the key was taken.
    const [stored] = await tx
      .with(
        command,
        tx.$with('new_order').as(tx.insert(orders).values(row).returning({ number: orders.number })),
        tx.$with('new_lines').as(lines),
        tx.$with('entry').as(
          tx
            .insert(audit)
            .values(auditRow(order, number, principal))
            .returning({ key: audit.key }),
        ),
        ...batchParts(tx, batch),
      )
      .select()
      .from(command);
    if (!stored) throw new KeyTaken();
    return stored;
  });
}

function lineRows({ lines }: PreparedOrder, number: string): (typeof orderLines.$inferInsert)[] {
  return lines.map(({ sku, quantity, unitPriceMinor, discountBp, amountMinor }, index) => ({
    orderNumber: number,
    line: index + 1,
    sku,
    quantity,
    unitPriceMinor,
    discountBp,
    amountMinor,
  }));
}

function auditRow(
  { assessment, rules, customer, now }: PreparedOrder,
  number: string,
  principal: Principal,
): typeof audit.$inferInsert {
  return {
    key: `order/${number}/accept`,
    at: now,
    subject: number,
    actor: principalRef(principal),
    credential: principal.credential,
    action: 'accept',
    detail: {
      class: assessment.class,
      grade: assessment.grade,
      score: assessment.score,
      reasons: assessment.reasons.map((reason) => reason.code),
      policyRevision: rules.revision,
      customerIsNew: customer === undefined,
    },
  };
}

function orderRow(
  order: PreparedOrder,
  number: string,
  customer: Customer,
  principal: Principal,
  plan: OrderPlan,
): typeof orders.$inferInsert {
  const { body, assessment, rules, now } = order;
  const decision: HandlingDecision = {
    class: assessment.class,
    grade: assessment.grade,
    keyOrder: assessment.keyOrder,
    by: 'policy',
    at: now,
    policyRevision: rules.revision,
    reason: null,
  };
  return {
    number,
    customerId: customer.id,
    clientId: principal.kind === 'client' ? principal.id : null,
    requestedBy: principal.kind === 'person' ? principal.id : null,
    salesOwnerId: customer.salesOwnerId,
    channel: body.channel,
    customerReference: body.customerReference,
    receivedAt: order.receivedAt,
    class: assessment.class,
    grade: assessment.grade,
    red: assessment.red,
    keyOrder: assessment.keyOrder,
    keyOrderReason: assessment.keyOrderReason,
    urgency: assessment.urgency,
    importance: assessment.importance,
    score: assessment.score,
    reasons: assessment.reasons,
    decisions: [decision],
    policyRevision: rules.revision,
    // A normal order is kept and loads the production plan; nobody evaluates it.
    phase: assessment.class === 'normal' ? 'executing' : 'evaluating',
    currency: order.currency,
    amountMinor: order.amountMinor,
    requestedDelivery: body.requestedDelivery,
    requestedReplyBy: body.requestedReplyBy,
    deliveryBeforeConfirmation: plan.deliveryBeforeConfirmation,
    shipTo: body.shipTo,
    shippingMethod: body.shippingMethod,
    process: body.process,
    specialRequirements: body.specialRequirements,
    priorityReason: body.priorityRequested?.reason,
    ground: body.ground,
    groundStatement: body.groundStatement,
    createdAt: now,
  };
}
