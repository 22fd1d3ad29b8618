import { randomUUID } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import type { OrderPlan } from '../contracts/order-state.js';
import type { Queryable } from '../db/connect.js';
import { audit, commands, customers, orderLines, orders, products } from '../db/schema/index.js';
import { assessOrder } from '../domain/assessment/assess-order.js';
import { lineAmountMinor, orderAmountMinor } from '../domain/assessment/line-amount.js';
import type { Assessment, HandlingDecision } from '../domain/assessment/shape.js';
import { convertMinor } from '../domain/money/convert-minor.js';
import type { OrderInput } from '../domain/order/shape.js';
import { ORDERING_ROLES } from '../domain/roles/shape.js';
import { choosePerson } from '../domain/team/choose-person.js';
import type { AppContext } from './context.js';
import { deliverCommand, settleCommand } from './deliver-command.js';
import { AppError, refuseField } from './errors.js';
import { getOrder } from './get-order.js';
import { type CommandRow, findRepeated, type RequestIdentity, requestColumns } from './idempotency.js';
import { loadRules, type Rules } from './load-rules.js';
import { type Customer, matchCustomer } from './match-customer.js';
import { nextOrderNumber } from './next-number.js';
import { makePlan, type PlannedStart, planStart } from './plan-order.js';
import { holdsRole, type Principal, principalRef } from './principal.js';
import { addDeadline } from './record/plan-rows.js';
import { emptyBatch } from './record/record-batch.js';
import { loadStaff } from './record/staff.js';
import { writeBatch } from './record/write-batch.js';

/** How long the API waits for Temporal to take a start; later, the relay delivers it (design §3.2). */
const START_WITHIN_MS = 300;
/** How far back a receipt may lie: an order taken by telephone is entered the same day (P05.1). */
const RECEIVED_AT_MOST_MS = 24 * 3_600_000;

export interface AcceptOrderRequest {
  principal: Principal;
  body: OrderInput;
  idempotencyKey?: string;
}

/** The answer of `POST /v1/orders`: the order as it was stored; `replayed` where the key was used before. */
export interface AcceptedOrder {
  status: 201;
  number: string;
  replayed: boolean;
  body: unknown;
}

/**
 * Takes an order (P05.1, P06.1): validates, assesses, plans, and writes the order with its start command in one
 * transaction; then tries to start its workflow at once. Committed means accepted, started or not.
 * Throws AppError: `forbidden`, `invalid-input` with the field, `ambiguous-customer`, `idempotency-key-reused`.
 */
export async function acceptOrder(ctx: AppContext, request: AcceptOrderRequest): Promise<AcceptedOrder> {
  const { principal, body, idempotencyKey } = request;
  if (principal.kind !== 'client' && !holdsRole(principal, ORDERING_ROLES)) {
    throw new AppError(
      'forbidden',
      'orders are placed by clients, sales, customer service and the order manager',
    );
  }
  const identity: RequestIdentity = { principal, route: 'POST /v1/orders', key: idempotencyKey, body };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return replay(ctx, principal, repeated);

  const order = await prepareOrder(ctx, principal, body);
  const number = await nextOrderNumber(ctx.db, order.receivedOn);
  const command = await storeOrder(ctx, identity, number, order).catch(rejectUnlessKeyTaken);
  if (!command) {
    const winner = await findRepeated(ctx.db, identity);
    if (!winner) throw new Error('a repeated request lost its first one');
    return replay(ctx, principal, winner);
  }
  // The answer is read while Temporal takes the start: the record does not depend on it.
  const [answer] = await Promise.all([
    getOrder(ctx.db, number, principal),
    command.kind === 'start' ? startNow(ctx, command) : undefined,
  ]);
  if (idempotencyKey !== undefined) await keepAnswer(ctx, command.id, answer);
  return { status: 201, number, replayed: false, body: answer };
}

interface PreparedOrder {
  body: OrderInput;
  now: string;
  receivedAt: string;
  receivedOn: string;
  rules: Rules;
  customer: Customer | undefined;
  currency: string;
  lines: { sku: string; quantity: number; unitPriceMinor: number; discountBp: number; amountMinor: number }[];
  amountMinor: number;
  assessment: Assessment;
  start: PlannedStart | undefined;
}

/** Everything that can be refused is refused here, before anything is written. */
async function prepareOrder(ctx: AppContext, principal: Principal, body: OrderInput): Promise<PreparedOrder> {
  const now = ctx.now().toISOString();
  const skus = [...new Set(body.lines.map((line) => line.sku))];
  const [rules, catalogue, customer] = await Promise.all([
    loadRules(ctx.db),
    ctx.db.select().from(products).where(inArray(products.sku, skus)),
    matchCustomer(ctx.db, principal, body.customer),
  ]);
  const { policy, calendar } = rules;
  const receivedAt = checkReceipt(body.receivedAt, now);
  const today = calendar.localDate(now);
  if (body.requestedDelivery < today) {
    throw refuseField('requestedDelivery', `must not lie in the past; today is ${today}`);
  }
  const currency = body.currency ?? policy.assessment.currency;
  if (currency !== policy.assessment.currency && policy.assessment.rates[currency] === undefined) {
    const known = [policy.assessment.currency, ...Object.keys(policy.assessment.rates)].join(', ');
    throw refuseField('currency', `must be a currency the company has a rate for: ${known}`);
  }
  const found = new Map(catalogue.map((product) => [product.sku, product]));
  const lines = body.lines.map((line, index) => {
    const product = found.get(line.sku);
    if (!product) throw refuseField(`lines.${index}.sku`, `no product has the SKU ${line.sku}`);
    if (product.discontinued) throw refuseField(`lines.${index}.sku`, `${line.sku} is discontinued`);
    const { sku, quantity, discountBp = 0 } = line;
    const unitPriceMinor =
      line.unitPriceMinor ?? convertMinor(product.priceMinor, product.currency, currency, policy.assessment);
    const amountMinor = withinLimit(`lines.${index}`, () =>
      lineAmountMinor({ quantity, unitPriceMinor, discountBp }),
    );
    return { product, sku, quantity, unitPriceMinor, discountBp, amountMinor };
  });
  const amountMinor = withinLimit('lines', () => orderAmountMinor(lines));
  const receivedOn = calendar.localDate(receivedAt);
  const assessment = assessOrder({
    lines: lines.map(({ product, quantity }) => ({ ...product, quantity })),
    amountMinor,
    currency,
    tier: customer?.tier ?? 'regular',
    receivedOn: calendar.localDate(calendar.effectiveReceipt(receivedAt)),
    requestedDelivery: body.requestedDelivery,
    specialRequirements: body.specialRequirements,
    priorityRequested: body.priorityRequested,
    ground: body.ground,
    policy: policy.assessment,
  });
  // A normal order gets no deadlines, but a reply time that has passed is as wrong there.
  const planned = planStart(rules, {
    class: assessment.class === 'normal' ? 'urgent' : assessment.class,
    from: receivedAt,
    now,
    requestedDelivery: body.requestedDelivery,
    requestedReplyBy: body.requestedReplyBy,
  });
  const start = assessment.class === 'normal' ? undefined : planned;
  return {
    body,
    now,
    receivedAt,
    receivedOn,
    rules,
    customer,
    currency,
    lines,
    amountMinor,
    assessment,
    start,
  };
}

function checkReceipt(receivedAt: string | undefined, now: string): string {
  if (receivedAt === undefined) return now;
  if (receivedAt > now) throw refuseField('receivedAt', 'must not lie in the future');
  if (Date.parse(now) - Date.parse(receivedAt) > RECEIVED_AT_MOST_MS) {
    throw refuseField('receivedAt', 'must lie within the last 24 hours');
  }
  return receivedAt;
}

function withinLimit(field: string, amount: () => number): number {
  try {
    return amount();
  } catch (error) {
    if (error instanceof RangeError) throw refuseField(field, error.message);
    throw error;
  }
}

/** Another request with the same key was first: all of this one is rolled back, its new customer too. */
class KeyTaken extends Error {}

function rejectUnlessKeyTaken(error: unknown): undefined {
  if (!(error instanceof KeyTaken)) throw error;
}

/** Order, lines, deadlines, start command and audit in one transaction. Throws KeyTaken. */
async function storeOrder(
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
    // Ordered before the rows that hang on it: the key's uniqueness decides which of two equal requests is the first.
    const [command] = await tx
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
      .returning();
    if (!command) throw new KeyTaken();
    await tx.insert(orders).values(orderRow(order, number, customer, principal, plan));
    await tx.insert(orderLines).values(
      order.lines.map(({ sku, quantity, unitPriceMinor, discountBp, amountMinor }, index) => ({
        orderNumber: number,
        line: index + 1,
        sku,
        quantity,
        unitPriceMinor,
        discountBp,
        amountMinor,
      })),
    );
    await writeBatch(tx, batch);
    await tx.insert(audit).values({
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
        customerIsNew: order.customer === undefined,
      },
    });
    return command;
  });
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

/**
 * A customer seen for the first time, with a sales owner: the sales person who took the order, else the least loaded.
 * Two orders of one new customer at once make one: the loser of the unique index finds the winner's.
 */
async function createCustomer(
  db: Queryable,
  principal: Principal,
  body: OrderInput,
  now: string,
): Promise<Customer> {
  const { name = '', email, phone } = body.customer;
  const owner = holdsRole(principal, ['sales'])
    ? principal.id
    : choosePerson({ people: await loadStaff(db), role: 'sales' })?.id;
  const [created] = await db
    .insert(customers)
    .values({
      id: `C-${randomUUID()}`,
      clientId: principal.kind === 'client' ? principal.id : null,
      name,
      email,
      phone,
      salesOwnerId: owner,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning();
  const customer = created ?? (await matchCustomer(db, principal, body.customer));
  if (!customer)
    throw new AppError('ambiguous-customer', 'the customer changed meanwhile; please send it again');
  return customer;
}

async function startNow(ctx: AppContext, command: CommandRow): Promise<void> {
  const delivery = await deliverCommand(ctx, command, START_WITHIN_MS);
  if (delivery.state === 'pending') {
    ctx.log.warn({ command: command.id, error: delivery.error }, 'start is left to the relay');
    return;
  }
  // Not awaited: if it is lost, the relay delivers the start again, to the same effect.
  settleCommand(ctx, command.id, delivery).catch((error) =>
    ctx.log.warn({ err: error }, 'start not settled'),
  );
}

/** A repeat gives the stored status and body; a first answer that was lost on the way is read again. */
async function replay(ctx: AppContext, principal: Principal, command: CommandRow): Promise<AcceptedOrder> {
  const number = command.target.split('/')[1] ?? '';
  const kept = command.answer;
  return { status: 201, number, replayed: true, body: kept ?? (await getOrder(ctx.db, number, principal)) };
}

async function keepAnswer(ctx: AppContext, id: string, answer: unknown): Promise<void> {
  await ctx.db.update(commands).set({ answer }).where(eq(commands.id, id));
}
