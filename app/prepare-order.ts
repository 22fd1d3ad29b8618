import { type IncidentAtIntake, type OrderedProduct, openIntake } from '../db/queries/intake.js';
import { assessOrder } from '../domain/assessment/assess-order.js';
import { lineAmountMinor, orderAmountMinor } from '../domain/assessment/line-amount.js';
import type { Assessment } from '../domain/assessment/shape.js';
import { convertMinor, tradesIn } from '../domain/money/convert-minor.js';
import type { OrderInput, OrderLineInput } from '../domain/order/shape.js';
import { checkDayAhead } from './check-day-ahead.js';
import type { AppContext } from './context.js';
import { refuseField } from './errors.js';
import { loadRules, type Rules } from './load-rules.js';
import { makeOrderNumber } from './make-order-number.js';
import { type Customer, pickCustomer, searchFor } from './match-customer.js';
import { type PlannedStart, planStart } from './plan-order.js';
import type { Principal } from './principal.js';

/** How far back a receipt may lie: an order taken by telephone is entered the same day (P05.1). */
const RECEIVED_AT_MOST_MS = 24 * 3_600_000;

/** A line with its product and its price, in the order's currency. */
export interface PreparedLine {
  product: OrderedProduct;
  sku: string;
  quantity: number;
  unitPriceMinor: number;
  discountBp: number;
  amountMinor: number;
}

/** An order that can be stored as it is: checked, priced, assessed and planned. */
export interface PreparedOrder {
  number: string;
  body: OrderInput;
  now: string;
  receivedAt: string;
  rules: Rules;
  customer: Customer | undefined;
  currency: string;
  lines: PreparedLine[];
  amountMinor: number;
  assessment: Assessment;
  start: PlannedStart | undefined;
  /** Open incidents that may affect it. */
  incidents: IncidentAtIntake[];
}

/**
 * Everything that can be refused is refused here, before anything but the number is on record. Throws AppError
 * `invalid-input` with the field, `ambiguous-customer`.
 */
export async function prepareOrder(
  ctx: AppContext,
  principal: Principal,
  body: OrderInput,
): Promise<PreparedOrder> {
  const now = ctx.now().toISOString();
  const skus = [...new Set(body.lines.map((line) => line.sku))];
  const search = searchFor(principal, body.customer);
  const receivedAt = checkReceipt(body.receivedAt, now);
  const facts = await openIntake(ctx.db, { receivedAt, skus, customer: search });
  const rules = await loadRules(ctx.db, { stamp: facts.rules });
  const customer = pickCustomer(search, facts.matches);
  const { policy, calendar } = rules;
  const today = calendar.localDate(now);
  checkDayAhead('requestedDelivery', body.requestedDelivery, today);
  const currency = checkCurrency(body.currency, rules);
  const lines = priceLines(body.lines, facts.products, currency, rules);
  const amountMinor = withinLimit('lines', () => orderAmountMinor(lines));
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
    number: makeOrderNumber(facts.place),
    body,
    now,
    receivedAt,
    rules,
    customer,
    currency,
    lines,
    amountMinor,
    assessment,
    start,
    incidents: facts.incidents,
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

function checkCurrency(asked: string | undefined, { policy: { assessment } }: Rules): string {
  const currency = asked ?? assessment.currency;
  if (tradesIn(currency, assessment)) return currency;
  const known = [assessment.currency, ...Object.keys(assessment.rates)].join(', ');
  throw refuseField('currency', `must be a currency the company has a rate for: ${known}`);
}

/** Each line with its product and its amount; a missing price is the catalogue's now, in the order's currency. */
function priceLines(
  lines: readonly OrderLineInput[],
  catalogue: readonly OrderedProduct[],
  currency: string,
  { policy }: Rules,
): PreparedLine[] {
  const found = new Map(catalogue.map((product) => [product.sku, product]));
  return lines.map((line, index) => {
    const product = found.get(line.sku);
    if (!product) throw refuseField(`lines.${index}.sku`, `no product has the SKU ${line.sku}`);
    if (product.discontinued) throw refuseField(`lines.${index}.sku`, `${line.sku} is discontinued`);
    const { sku, quantity, discountBp = 0 } = line;
    const catalogued = () => convertMinor(product.priceMinor, product.currency, currency, policy.assessment);
    // A catalogue currency whose rate the policy has dropped gives no price: the line must bring its own.
    const unitPriceMinor = line.unitPriceMinor ?? withinLimit(`lines.${index}.unitPriceMinor`, catalogued);
    const amount = () => lineAmountMinor({ quantity, unitPriceMinor, discountBp });
    return {
      product,
      sku,
      quantity,
      unitPriceMinor,
      discountBp,
      amountMinor: withinLimit(`lines.${index}`, amount),
    };
  });
}

function withinLimit(field: string, amount: () => number): number {
  try {
    return amount();
  } catch (error) {
    if (error instanceof RangeError) throw refuseField(field, error.message);
    throw error;
  }
}
