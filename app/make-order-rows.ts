import type { FoundOrder } from '../db/queries/orders.js';
import type { audit, orderLines, orders } from '../db/schema/index.js';
import type { HandlingDecision } from '../domain/assessment/shape.js';
import type { Customer } from './match-customer.js';
import type { PreparedOrder } from './prepare-order.js';
import { type Principal, principalRef } from './principal.js';
import type { RecordBatch } from './record/record-batch.js';

type OrderRow = typeof orders.$inferSelect;

/** What an order gets in the course of its process, or by import alone. */
const NOT_YET = {
  groundConfirmed: null,
  team: null,
  measure: null,
  promisedDelivery: null,
  confirmedAt: null,
  confirmedBy: null,
  projectedFinish: null,
  atRisk: false,
  risk: null,
  riskReasons: null,
  riskAt: null,
  endReason: null,
  endedAt: null,
  stateVersion: 0,
  workflowRunId: null,
  resume: null,
  trackingVersion: 1,
  importKey: null,
} satisfies Partial<OrderRow>;

/** The row of a new order, whole: it is answered as it stands here, without being read again. */
export function makeOrderRow(
  { body, assessment, rules, now, ...order }: PreparedOrder,
  customer: Customer,
  principal: Principal,
): OrderRow {
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
    ...NOT_YET,
    number: order.number,
    customerId: customer.id,
    clientId: principal.kind === 'client' ? principal.id : null,
    requestedBy: principal.kind === 'person' ? principal.id : null,
    salesOwnerId: customer.salesOwnerId,
    channel: body.channel,
    customerReference: body.customerReference ?? null,
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
    requestedReplyBy: body.requestedReplyBy ?? null,
    deliveryBeforeConfirmation: order.start?.confirmation.deliveryBeforeConfirmation ?? false,
    shipTo: body.shipTo,
    shippingMethod: body.shippingMethod ?? null,
    process: body.process ?? null,
    specialRequirements: body.specialRequirements ?? null,
    priorityReason: body.priorityRequested?.reason ?? null,
    ground: body.ground ?? null,
    groundStatement: body.groundStatement ?? null,
    createdAt: now,
  };
}

export function makeLineRows({ number, lines }: PreparedOrder): (typeof orderLines.$inferSelect)[] {
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

export function makeIntakeEntry(
  { number, assessment, rules, customer, now }: PreparedOrder,
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

/** A new order with its parts, as reading it would find it. */
export function findingOf(
  order: OrderRow,
  { lines }: PreparedOrder,
  customer: Customer,
  { deadlines }: RecordBatch,
): FoundOrder {
  const { salesOwnerId, salesOwnerName } = customer;
  return {
    order,
    customer: { id: customer.id, name: customer.name, tier: customer.tier },
    lines: lines.map(({ product: { nameZh, nameEn }, ...line }, index) => ({
      line: index + 1,
      nameZh,
      nameEn,
      ...line,
    })),
    deadlines: deadlines
      .map(({ id, kind, round = 1, dueAt, provisional, state }) => ({
        id,
        kind,
        round,
        dueAt,
        provisional,
        state,
        metAt: null,
      }))
      .sort((a, b) => (a.dueAt + a.id < b.dueAt + b.id ? -1 : 1)),
    proposals: [],
    milestones: [],
    holds: [],
    incidents: [],
    names: salesOwnerId && salesOwnerName ? [{ id: salesOwnerId, name: salesOwnerName }] : [],
  };
}
