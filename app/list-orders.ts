import { z } from 'zod';
import type { OrderSummary } from '../contracts/http.js';
import type { Queryable } from '../db/connect.js';
import { type OrderFilter, type OrderSort, selectOrders } from '../db/queries/orders.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';
import { AppError } from './errors.js';
import type { Principal } from './principal.js';
import { isStaff, scopeOf } from './read-rights.js';

const newestKey = z.tuple([instantKey, textKey]);
const riskKey = z.tuple([z.int().min(0).max(100), instantKey, textKey]);

export type ListOrdersRequest = PageRequest & Omit<OrderFilter, 'clientId'> & { sort?: OrderSort };

/**
 * Orders as far as `viewer` may see them, the newest or (P15.5) the riskiest first. Throws `invalid-parameter` for a cursor
 * of another list, `forbidden` where somebody who is not of the staff asks by risk: it tells of suppliers and incidents.
 */
export async function listOrders(
  db: Queryable,
  viewer: Principal,
  { limit, cursor, sort = 'newest', ...filter }: ListOrdersRequest,
): Promise<Page<OrderSummary>> {
  const staff = isStaff(viewer);
  if (!staff && (sort === 'risk' || filter.riskAtLeast !== undefined))
    throw new AppError('forbidden', 'the risk of an order is for our own people');
  const after = sort === 'risk' ? readRiskKey(cursor) : readNewestKey(cursor);
  const rows = await selectOrders(db, { ...filter, ...scopeOf(viewer) }, { limit: limit + 1, after, sort });
  return toPage(
    rows,
    limit,
    ({ order }) => [...(sort === 'risk' ? [order.risk] : []), order.createdAt, order.number],
    (row) => ({ ...toOrderSummary(row), ...(staff ? {} : { risk: null, riskReasons: [] }) }),
  );
}

function readNewestKey(cursor: string | undefined) {
  const key = readCursor(cursor, newestKey);
  return key && { createdAt: key[0], number: key[1] };
}

function readRiskKey(cursor: string | undefined) {
  const key = readCursor(cursor, riskKey);
  return key && { risk: key[0], createdAt: key[1], number: key[2] };
}

/** An order as a list shows it. */
export function toOrderSummary({
  order,
  customer,
  salesOwnerName,
  dueAt,
  breached,
}: Awaited<ReturnType<typeof selectOrders>>[number]): OrderSummary {
  const { salesOwnerId, createdAt: _, riskReasons, ...summary } = order;
  return {
    ...summary,
    customer,
    salesOwner: salesOwnerId === null ? null : { id: salesOwnerId, name: salesOwnerName ?? salesOwnerId },
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    breached,
    riskReasons: riskReasons ?? [],
  };
}
