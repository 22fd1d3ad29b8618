import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { PaymentView } from '../../contracts/http-payments.js';
import type { Queryable } from '../../db/connect.js';
import { lockPayments, type PaymentRow } from '../../db/queries/payments.js';
import { payments } from '../../db/schema/index.js';
import { paymentMovesOn } from '../../domain/payments/moves-on.js';
import type { PaymentInput } from '../../domain/payments/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import type { FieldError } from '../errors.js';
import type { ChangeAnswer } from '../record-change.js';
import { findAhead } from './check-not-ahead.js';
import { viewPayment } from './list-payments.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { findMissing, findTwice, refuseFields } from './references.js';

/**
 * Records a payment as its provider reports it: a new one 201, a later state of one that is known 200, an earlier one
 * changes nothing. Throws `invalid-input` with the field (an unknown order, another amount than the payment has),
 * `forbidden`.
 */
export function recordPayment(
  ctx: Pick<AppContext, 'db' | 'now'>,
  request: FactRequest<PaymentInput>,
): Promise<ChangeAnswer<PaymentView>> {
  const kind = { scope: 'payments', route: 'POST /v1/payments', action: 'recordPayment' } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    const [outcome] = await writePayments(tx, [request.body], at, () => '');
    if (!outcome) throw new Error('one payment was written and none is there');
    const { payment, before } = outcome;
    return {
      status: before ? 200 : 201,
      view: viewPayment(payment),
      subject: `payment/${payment.id}`,
      detail: { order: payment.orderNumber, state: payment.state, before: before?.state ?? null },
    };
  });
}

/** Records payments as a provider sends them; gives how many were new or moved on. Throws as {@link recordPayment}. */
export async function takePayments(
  tx: Queryable,
  list: readonly PaymentInput[],
  at: Instant,
  field: string,
): Promise<number> {
  const outcomes = await writePayments(tx, list, at, (index) => `${field}.${index}.`);
  return outcomes.filter(({ changed }) => changed).length;
}

interface Outcome {
  payment: PaymentRow;
  before: PaymentRow | undefined;
  changed: boolean;
}

/** Writes payments, each once. `prefix` gives what the fields of one begin with. */
export async function writePayments(
  tx: Queryable,
  list: readonly PaymentInput[],
  at: Instant,
  prefix: (index: number) => string,
): Promise<Outcome[]> {
  const known = await lockPayments(tx, list);
  refuseFields([
    ...findTwice(list, keyOf, (index) => `${prefix(index)}reference`),
    ...list.flatMap((payment, index) => findAhead(`${prefix(index)}at`, payment.at, at)),
    ...(await findMissing(
      tx,
      list.map(({ order }, index) => ({ kind: 'order', key: order, field: `${prefix(index)}order` })),
    )),
    ...list.flatMap((payment, index) =>
      findContradictions(known.get(keyOf(payment)), payment, prefix(index)),
    ),
  ]);
  const outcomes: Outcome[] = [];
  for (const payment of list) outcomes.push(await writeOne(tx, payment, known.get(keyOf(payment)), at));
  return outcomes;
}

const keyOf = ({ provider, reference }: PaymentInput) => `${provider} ${reference}`;

/** What names another payment than the one on record: the order, amount and currency of a payment never change. */
function findContradictions(
  before: PaymentRow | undefined,
  reported: PaymentInput,
  prefix: string,
): FieldError[] {
  if (!before) return [];
  const recorded = {
    order: before.orderNumber,
    amountMinor: before.amountMinor,
    currency: before.currency,
  };
  return (Object.keys(recorded) as (keyof typeof recorded)[])
    .filter((name) => recorded[name] !== reported[name])
    .map((name) => ({ field: `${prefix}${name}`, message: `is ${recorded[name]} on record` }));
}

async function writeOne(
  tx: Queryable,
  { order, failure, ...reported }: PaymentInput,
  before: PaymentRow | undefined,
  at: Instant,
): Promise<Outcome> {
  if (!before) {
    const row = {
      id: `PM-${randomUUID()}`,
      ...reported,
      orderNumber: order,
      failure: failure ?? null,
      createdAt: at,
    };
    await tx.insert(payments).values(row);
    return { payment: row, before, changed: true };
  }
  if (!paymentMovesOn(before, reported)) return { payment: before, before, changed: false };
  const moved = { state: reported.state, at: reported.at, failure: failure ?? null };
  await tx.update(payments).set(moved).where(eq(payments.id, before.id));
  return { payment: { ...before, ...moved }, before, changed: true };
}
