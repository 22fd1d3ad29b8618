import { z } from 'zod';
import type { PurchaseOrderView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import {
  type FoundPurchaseOrder,
  findPurchaseOrder,
  type PurchaseOrderFilter,
  selectPurchaseOrders,
} from '../../db/queries/purchase-orders.js';
import type { LocalDate } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { AppError } from '../errors.js';
import { loadRules } from '../load-rules.js';

type Context = Pick<AppContext, 'db' | 'now'>;
const keySchema = z.tuple([instantKey, textKey]);

/** Purchase orders, newest first. */
export async function listPurchaseOrders(
  { db, now }: Context,
  { limit, cursor, ...filter }: PageRequest & PurchaseOrderFilter,
): Promise<Page<PurchaseOrderView>> {
  const today = await findToday(db, now());
  const after = readCursor(cursor, keySchema);
  const rows = await selectPurchaseOrders(db, filter, { today, limit: limit + 1, after });
  return toPage(
    rows,
    limit,
    ({ purchase }) => [purchase.createdAt, purchase.number],
    (row) => viewPurchaseOrder(row, today),
  );
}

/** One purchase order with its lines and receipts. Throws `not-found`. */
export async function getPurchaseOrder({ db, now }: Context, number: string): Promise<PurchaseOrderView> {
  const found = await findPurchaseOrder(db, number);
  if (!found) throw new AppError('not-found', `there is no purchase order ${number}`);
  return viewPurchaseOrder(found, await findToday(db, now()));
}

/** The day it is in the company's zone. */
export async function findToday(db: Queryable, now: Date): Promise<LocalDate> {
  return (await loadRules(db)).calendar.localDate(now.toISOString());
}

/** A purchase order as it is shown; `today` of the company's zone. */
export function viewPurchaseOrder(found: FoundPurchaseOrder, today: LocalDate): PurchaseOrderView {
  const { purchase, supplierName, lines, receipts } = found;
  const { number, state, currency, orderedAt, neededBy, confirmedDate, confirmedAt } = purchase;
  return {
    number,
    supplier: { id: purchase.supplierNumber, name: supplierName },
    warehouse: purchase.warehouseId,
    state,
    currency,
    amountMinor: lines.reduce((sum, { quantity, unitPriceMinor }) => sum + quantity * unitPriceMinor, 0),
    orderedAt,
    neededBy,
    confirmedDate,
    confirmedAt,
    overdue: state !== 'received' && (confirmedDate ?? neededBy) < today,
    lines,
    receipts: receipts.map(({ at, ...receipt }) => ({ ...receipt, at: new Date(at).toISOString() })),
  };
}
