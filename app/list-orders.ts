import { z } from 'zod';
import type { OrderSummary } from '../contracts/http.js';
import type { Queryable } from '../db/connect.js';
import { type OrderFilter, selectOrders } from '../db/queries/orders.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';
import type { Principal } from './principal.js';
import { scopeOf } from './read-rights.js';

const keySchema = z.tuple([instantKey, textKey]);

export type ListOrdersRequest = PageRequest & Omit<OrderFilter, 'clientId'>;

/** Orders, newest first, as far as `viewer` may see them. Throws `invalid-parameter` for a cursor of another list. */
export async function listOrders(
  db: Queryable,
  viewer: Principal,
  { limit, cursor, ...filter }: ListOrdersRequest,
): Promise<Page<OrderSummary>> {
  const key = readCursor(cursor, keySchema);
  const after = key && { createdAt: key[0], number: key[1] };
  const rows = await selectOrders(db, { ...filter, ...scopeOf(viewer) }, limit + 1, after);
  return toPage(rows, limit, ({ order }) => [order.createdAt, order.number], toOrderSummary);
}

/** An order as a list shows it. */
export function toOrderSummary({
  order,
  customer,
  salesOwnerName,
  dueAt,
  breached,
}: Awaited<ReturnType<typeof selectOrders>>[number]): OrderSummary {
  const { salesOwnerId, createdAt: _, ...summary } = order;
  return {
    ...summary,
    customer,
    salesOwner: salesOwnerId === null ? null : { id: salesOwnerId, name: salesOwnerName ?? salesOwnerId },
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    breached,
  };
}
