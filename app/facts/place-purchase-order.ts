import type { PurchaseOrderView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { findKnownKeys } from '../../db/queries/known-keys.js';
import { findPurchaseOrder } from '../../db/queries/purchase-orders.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { findSupplier } from '../../db/queries/suppliers.js';
import { purchaseOrderLines, purchaseOrders, purchaseWaits } from '../../db/schema/index.js';
import { MAX_AMOUNT_MINOR } from '../../domain/money/shape.js';
import type { PurchaseOrderInput } from '../../domain/supply/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { AppError, type FieldError } from '../errors.js';
import { loadRules } from '../load-rules.js';
import type { ChangeAnswer } from '../record-change.js';
import { findAhead } from './check-not-ahead.js';
import { viewPurchaseOrder } from './list-purchase-orders.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { findMissing, findTwice, refuseFields } from './references.js';

/**
 * Puts an order to a supplier on record (P09.3), with the lines of customers' orders that wait for it. Throws
 * `already-exists` for a number that is taken, `invalid-input` with each wrong field, `forbidden`.
 */
export function placePurchaseOrder(
  ctx: Pick<AppContext, 'db' | 'now'>,
  request: FactRequest<PurchaseOrderInput>,
): Promise<ChangeAnswer<PurchaseOrderView>> {
  const kind = {
    scope: 'purchaseOrders',
    route: 'POST /v1/purchase-orders',
    action: 'placePurchaseOrder',
  } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    const { body } = request;
    const { calendar } = await loadRules(tx);
    const today = calendar.localDate(at);
    const orderedAt = body.orderedAt ?? at;
    const tooEarly = body.neededBy < calendar.localDate(orderedAt);
    refuseFields([
      ...findAhead('orderedAt', body.orderedAt, at),
      ...(tooEarly ? [{ field: 'neededBy', message: 'must not lie before the day it was ordered on' }] : []),
      ...(await findFaults(tx, body)),
    ]);
    const number = body.number ?? (await takeFreeNumber(tx, today));
    await insertPurchaseOrder(tx, { ...body, number, orderedAt }, at);
    const found = await findPurchaseOrder(tx, number);
    if (!found) throw new Error(`purchase order ${number} was written and is not there`);
    return {
      status: 201,
      view: viewPurchaseOrder(found, today),
      subject: `purchase-order/${number}`,
      detail: { supplier: body.supplier, neededBy: body.neededBy, lines: body.lines.length },
    };
  });
}

async function findFaults(tx: Queryable, body: PurchaseOrderInput): Promise<FieldError[]> {
  const { lines } = body;
  const supplier = await findSupplier(tx, body.supplier);
  const sum = lines.reduce((total, line) => total + line.quantity * line.unitPriceMinor, 0);
  return [
    ...(supplier ? [] : [{ field: 'supplier', message: `no supplier has the number ${body.supplier}` }]),
    ...(supplier?.supplier.standing === 'suspended'
      ? [{ field: 'supplier', message: `${body.supplier} is suspended` }]
      : []),
    ...(sum > MAX_AMOUNT_MINOR ? [{ field: 'lines', message: 'make an amount beyond all bounds' }] : []),
    ...lines.flatMap(({ waiting }, at) =>
      findTwice(waiting, keyOfWait, (index) => `lines.${at}.waiting.${index}`),
    ),
    ...(await findMissing(tx, [
      ...(body.warehouse === undefined
        ? []
        : [{ kind: 'warehouse' as const, key: body.warehouse, field: 'warehouse' }]),
      ...lines.map(({ sku }, at) => ({ kind: 'product' as const, key: sku, field: `lines.${at}.sku` })),
      ...lines.flatMap(({ waiting }, at) =>
        waiting.map((wait, index) => ({
          kind: 'orderLine' as const,
          key: keyOfWait(wait),
          field: `lines.${at}.waiting.${index}`,
        })),
      ),
    ])),
  ];
}

const keyOfWait = ({ order, line }: { order: string; line: number }) => `${order}/${line}`;

/** The next of the day. One that came in by import already is passed over. */
async function takeFreeNumber(tx: Queryable, day: string): Promise<string> {
  for (;;) {
    const [number = ''] = await takeNumbers(tx, 'PO', day);
    const taken = await findKnownKeys(tx, 'purchaseOrder', [number]);
    if (!taken.has(number)) return number;
  }
}

async function insertPurchaseOrder(
  tx: Queryable,
  { number, orderedAt, ...body }: PurchaseOrderInput & { number: string; orderedAt: Instant },
  createdAt: Instant,
): Promise<void> {
  const { supplier, warehouse, currency, neededBy } = body;
  const lines = body.lines.map((line, index) => ({ ...line, purchaseOrder: number, line: index + 1 }));
  const waits = lines.flatMap(({ purchaseOrder, line, waiting }) =>
    waiting.map((wait) => ({ purchaseOrder, line, orderNumber: wait.order, orderLine: wait.line })),
  );
  const [added] = await tx
    .insert(purchaseOrders)
    .values({
      number,
      supplierNumber: supplier,
      warehouseId: warehouse,
      currency,
      orderedAt,
      neededBy,
      state: 'ordered',
      createdAt,
    })
    .onConflictDoNothing()
    .returning({ number: purchaseOrders.number });
  if (!added) throw new AppError('already-exists', `there is a purchase order ${number} already`);
  const bare = lines.map(({ waiting: _, ...line }) => ({ ...line, accepted: 0, rejected: 0 }));
  await insertAll(tx, [newRows(purchaseOrderLines, bare), newRows(purchaseWaits, waits)]);
}
