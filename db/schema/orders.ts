import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { OrderState } from '../../contracts/order-state.js';
import type { Address } from '../../domain/address/shape.js';
import type { HandlingDecision, Reason } from '../../domain/assessment/shape.js';
import type { Grade, Measure, Milestone, OrderClass, OrderPhase, Point } from '../../domain/order/shape.js';
import type { RiskReason } from '../../domain/risk/shape.js';
import type { Team } from '../../domain/team/shape.js';
import { customers, products } from './catalogue.js';
import { instant } from './columns.js';
import { people } from './people.js';

/** The last number given out for a day of the company's zone: `SO-20261123-0001`. */
export const orderNumbers = pgTable('order_numbers', {
  day: date('day', { mode: 'string' }).primaryKey(),
  last: integer('last').notNull(),
});

/** One record an order, whichever channel it came by (P05.1). Facts; what happens next is the workflow's. */
export const orders = pgTable(
  'orders',
  {
    number: text('number').primaryKey(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    /** The API client that placed it, or null. Reads by a client see only its own. */
    clientId: text('client_id'),
    /** The person who placed it, or null: may not sign it (design §10). */
    requestedBy: text('requested_by'),
    salesOwnerId: text('sales_owner_id').references(() => people.id),
    channel: text('channel').notNull(),
    customerReference: text('customer_reference'),
    receivedAt: instant('received_at').notNull(),
    class: text('class').$type<OrderClass>().notNull(),
    grade: integer('grade').$type<Grade>().notNull(),
    red: boolean('red').notNull(),
    keyOrder: boolean('key_order').notNull(),
    keyOrderReason: jsonb('key_order_reason').$type<{ zh: string; en: string }>(),
    urgency: integer('urgency').notNull(),
    importance: integer('importance').notNull(),
    score: integer('score').notNull(),
    reasons: jsonb('reasons').$type<Reason[]>().notNull(),
    /** Every handling decision, the policy's first, a manager's after it; the last one holds (P01.2). */
    decisions: jsonb('decisions').$type<HandlingDecision[]>().notNull(),
    policyRevision: integer('policy_revision').notNull(),
    phase: text('phase').$type<OrderPhase>().notNull(),
    currency: text('currency').notNull(),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    requestedDelivery: date('requested_delivery', { mode: 'string' }).notNull(),
    requestedReplyBy: text('requested_reply_by'),
    deliveryBeforeConfirmation: boolean('delivery_before_confirmation').notNull().default(false),
    shipTo: jsonb('ship_to').$type<Address>().notNull(),
    shippingMethod: text('shipping_method'),
    process: text('process'),
    specialRequirements: text('special_requirements'),
    priorityReason: text('priority_reason'),
    ground: text('ground'),
    groundStatement: text('ground_statement'),
    /** Whether a person confirmed the declared ground; null while open or where none is declared (P06.2). */
    groundConfirmed: boolean('ground_confirmed'),
    team: jsonb('team').$type<Team>(),
    measure: text('measure').$type<Measure>(),
    /** The confirmed delivery day, once signed. */
    promisedDelivery: date('promised_delivery', { mode: 'string' }),
    confirmedAt: instant('confirmed_at'),
    confirmedBy: text('confirmed_by'),
    projectedFinish: date('projected_finish', { mode: 'string' }),
    atRisk: boolean('at_risk').notNull().default(false),
    /** 风险评分 of an open order with its reasons (P15.5), and when it was last worked out. */
    risk: integer('risk'),
    riskReasons: jsonb('risk_reasons').$type<RiskReason[]>(),
    riskAt: instant('risk_at'),
    endReason: text('end_reason'),
    endedAt: instant('ended_at'),
    /** Raised by each record transaction; the workflow names the version it builds on. */
    stateVersion: integer('state_version').notNull().default(0),
    workflowRunId: text('workflow_run_id'),
    /** From this a workflow that was lost is started again; the same type that continue-as-new carries. */
    resume: jsonb('resume').$type<OrderState>(),
    /** Raised to revoke the tracking links that were sent. */
    trackingVersion: integer('tracking_version').notNull().default(1),
    /** Imported history: `<source>/<id>`, never started. */
    importKey: text('import_key').unique(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('orders_created').on(t.createdAt.desc(), t.number.desc()),
    index('orders_customer').on(t.customerId),
    index('orders_done').on(t.class, t.endedAt.desc(), t.number.desc()).where(sql`${t.phase} = 'closed'`),
    index('orders_risk').on(t.risk.desc()).where(sql`${t.endedAt} is null`),
    index('orders_open').on(t.phase).where(sql`${t.endedAt} is null`),
    check('orders_amount_not_negative', sql`${t.amountMinor} >= 0`),
    check('orders_version_not_negative', sql`${t.stateVersion} >= 0`),
  ],
);

export const orderLines = pgTable(
  'order_lines',
  {
    orderNumber: text('order_number')
      .notNull()
      .references(() => orders.number),
    line: integer('line').notNull(),
    sku: text('sku')
      .notNull()
      .references(() => products.sku),
    quantity: integer('quantity').notNull(),
    unitPriceMinor: bigint('unit_price_minor', { mode: 'number' }).notNull(),
    discountBp: integer('discount_bp').notNull().default(0),
    /** quantity × unit price, net of discount, rounded half up to the minor unit. */
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.orderNumber, t.line] }),
    check('order_lines_quantity_positive', sql`${t.quantity} > 0`),
  ],
);

/** What was put before the vice president: immutable but for its outcome (P07.6). */
export const proposals = pgTable(
  'proposals',
  {
    id: text('id').primaryKey(),
    orderNumber: text('order_number')
      .notNull()
      .references(() => orders.number),
    round: integer('round').notNull(),
    orderVersion: integer('order_version').notNull(),
    measure: text('measure').$type<Measure>().notNull(),
    promisedDelivery: date('promised_delivery', { mode: 'string' }).notNull(),
    currency: text('currency').notNull(),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    proposedBy: text('proposed_by').notNull(),
    proposedAt: instant('proposed_at').notNull(),
    state: text('state').$type<'open' | 'approved' | 'rejected'>().notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at'),
    credential: text('credential'),
    note: text('note'),
  },
  (t) => [
    uniqueIndex('proposals_one_open').on(t.orderNumber).where(sql`${t.state} = 'open'`),
    index('proposals_order').on(t.orderNumber),
  ],
);

/** A doubt put to the customer, and the answer as it was given (P07.5). */
export const questions = pgTable(
  'questions',
  {
    id: text('id').primaryKey(),
    orderNumber: text('order_number')
      .notNull()
      .references(() => orders.number),
    point: text('point').$type<Point>().notNull(),
    department: text('department').notNull(),
    text: text('text').notNull(),
    askedAt: instant('asked_at').notNull(),
    answer: text('answer'),
    /** `link`, `phone` or `mail`. */
    answeredHow: text('answered_how'),
    /** Who on the customer's side answered, in the words of the record. */
    answeredBy: text('answered_by'),
    answeredAt: instant('answered_at'),
  },
  (t) => [index('questions_order').on(t.orderNumber)],
);

/** Progress of execution, one row a milestone (P05.5). */
export const milestones = pgTable(
  'milestones',
  {
    orderNumber: text('order_number')
      .notNull()
      .references(() => orders.number),
    milestone: text('milestone').$type<Milestone>().notNull(),
    done: boolean('done').notNull(),
    at: instant('at').notNull(),
    projectedFinish: date('projected_finish', { mode: 'string' }),
    by: text('by').notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderNumber, t.milestone] })],
);
