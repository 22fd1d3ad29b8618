import { z } from 'zod';
import { decisionSchema, reasonSchema, tierSchema } from '../domain/assessment/shape.js';
import { gradeSchema, orderClassSchema, orderPhaseSchema } from '../domain/order/shape.js';
import { riskSchema } from '../domain/risk/shape.js';
import { instantSchema, localDateSchema } from '../domain/time/shape.js';
import { holdViewSchema } from './http-holds.js';
import { linkedIncidentSchema } from './http-linked-incident.js';

/** RFC 9457 problem details with a stable `code`, and the fields that are wrong, each by its path. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    instance: z.string().optional(),
    /** Each wrong field by its path, e.g. `lines.0.quantity`, and what would be right. */
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

/**
 * Where an order goes, as stored. Not the input's schema: an order imported from before is shown as it is, and an
 * answer is checked, not converted.
 */
export const addressViewSchema = z
  .object({
    name: z.string(),
    phone: z.string().optional(),
    country: z.string(),
    region: z.string().optional(),
    city: z.string(),
    district: z.string().optional(),
    line1: z.string(),
    line2: z.string().optional(),
    postalCode: z.string().optional(),
  })
  .meta({ id: 'AddressView' });

export const deadlineViewSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    round: z.int(),
    dueAt: instantSchema,
    provisional: z.boolean(),
    /** `stopped`: stands still while the order is held; its time goes on at release. */
    state: z.enum(['open', 'stopped', 'met', 'breached', 'withdrawn']),
    metAt: instantSchema.nullable(),
  })
  .meta({ id: 'Deadline' });

export const orderLineViewSchema = z
  .object({
    line: z.int(),
    sku: z.string(),
    name: z.object({ zh: z.string(), en: z.string() }),
    quantity: z.int(),
    unitPriceMinor: z.int(),
    discountBp: z.int(),
    amountMinor: z.int(),
  })
  .meta({ id: 'OrderLineView' });

export const proposalViewSchema = z
  .object({
    id: z.string(),
    round: z.int(),
    measure: z.string(),
    promisedDelivery: localDateSchema,
    currency: z.string(),
    amountMinor: z.int(),
    state: z.enum(['open', 'approved', 'rejected']),
    decidedBy: z.string().nullable(),
    decidedAt: instantSchema.nullable(),
    credential: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'Proposal' });

/** An order in a list. */
export const orderSummarySchema = z
  .object({
    number: z.string(),
    class: orderClassSchema,
    grade: gradeSchema,
    keyOrder: z.boolean(),
    red: z.boolean(),
    score: z.int(),
    phase: orderPhaseSchema,
    customer: z.object({ id: z.string(), name: z.string(), tier: tierSchema }),
    salesOwner: z.object({ id: z.string(), name: z.string() }).nullable(),
    currency: z.string(),
    amountMinor: z.int(),
    requestedDelivery: localDateSchema,
    promisedDelivery: localDateSchema.nullable(),
    receivedAt: instantSchema,
    /** The next open deadline, or null. */
    dueAt: instantSchema.nullable(),
    breached: z.boolean(),
    atRisk: z.boolean(),
    /** That it is not delivered as promised, 0 to 100 (P15.5); null while it is not worked out, and for readers outside. */
    risk: z.int().nullable(),
    /** Why, the heaviest first. */
    riskReasons: riskSchema.shape.reasons,
  })
  .meta({ id: 'OrderSummary' });
export type OrderSummary = z.infer<typeof orderSummarySchema>;

/** An order, whole (design §9). */
export const orderViewSchema = orderSummarySchema
  .extend({
    channel: z.string(),
    customerReference: z.string().nullable(),
    urgency: z.int(),
    importance: z.int(),
    keyOrderReason: z.object({ zh: z.string(), en: z.string() }).nullable(),
    reasons: z.array(reasonSchema),
    /** The handling decision that holds, and every one before it. */
    decision: decisionSchema,
    decisions: z.array(decisionSchema),
    policyRevision: z.int(),
    deadlines: z.array(deadlineViewSchema),
    deliveryBeforeConfirmation: z.boolean(),
    lines: z.array(orderLineViewSchema),
    requestedReplyBy: z.string().nullable(),
    /** Null for a reader who has no need of a customer's contact data. */
    shipTo: addressViewSchema.nullable(),
    shippingMethod: z.string().nullable(),
    process: z.string().nullable(),
    specialRequirements: z.string().nullable(),
    priorityReason: z.string().nullable(),
    ground: z.string().nullable(),
    groundStatement: z.string().nullable(),
    groundConfirmed: z.boolean().nullable(),
    team: z.record(z.string(), z.object({ id: z.string(), name: z.string() })).nullable(),
    measure: z.string().nullable(),
    /** The open proposal, else the last one decided. */
    proposal: proposalViewSchema.nullable(),
    proposals: z.array(proposalViewSchema),
    confirmedAt: instantSchema.nullable(),
    confirmedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    milestones: z.array(
      z.object({
        milestone: z.string(),
        done: z.boolean(),
        at: instantSchema,
        projectedFinish: localDateSchema.nullable(),
      }),
    ),
    projectedFinish: localDateSchema.nullable(),
    /** Open holds; the goods may not be shipped while one stops that. */
    holds: z.array(holdViewSchema),
    /** Incidents that affect it, the oldest first; empty for a reader outside the company. */
    incidents: z.array(linkedIncidentSchema),
    /** When its risk was last worked out. */
    riskAt: instantSchema.nullable(),
    endReason: z.string().nullable(),
    endedAt: instantSchema.nullable(),
    version: z.int(),
    /** With `?live=true`: whether the workflow answered, and its state if it did. */
    live: z.boolean().optional(),
    workflow: z.unknown().optional(),
  })
  .meta({ id: 'OrderView' });
export type OrderView = z.infer<typeof orderViewSchema>;
