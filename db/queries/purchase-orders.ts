import { and, desc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { PurchaseState } from '../../domain/supply/shape.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { purchaseOrders, suppliers } from '../schema/index.js';

export interface PurchaseOrderFilter {
  supplier?: string;
  state?: PurchaseState;
  /** Only those with goods still to come whose day has passed, or only the others. */
  overdue?: boolean;
}

interface LineRow {
  line: number;
  sku: string;
  quantity: number;
  unitPriceMinor: number;
  accepted: number;
  rejected: number;
  waiting: { order: string; line: number }[];
}

interface ReceiptRow {
  id: string;
  line: number;
  accepted: number;
  rejected: number;
  reference: string | null;
  note: string | null;
  at: string;
}

const lines = sql<LineRow[]>`(select coalesce(json_agg(json_build_object('line', l.line, 'sku', l.sku,
    'quantity', l.quantity, 'unitPriceMinor', l.unit_price_minor, 'accepted', l.accepted, 'rejected', l.rejected,
    'waiting', (select coalesce(json_agg(json_build_object('order', w.order_number, 'line', w.order_line)
        order by w.order_number, w.order_line), '[]')
      from purchase_waits w where w.purchase_order = l.purchase_order and w.line = l.line)) order by l.line), '[]')
  from purchase_order_lines l where l.purchase_order = ${purchaseOrders.number})`;

const receipts = sql<ReceiptRow[]>`(select coalesce(json_agg(json_build_object('id', r.id, 'line', r.line,
    'accepted', r.accepted, 'rejected', r.rejected, 'reference', r.reference, 'note', r.note, 'at', r.at)
    order by r.at, r.line, r.id), '[]')
  from receipts r where r.purchase_order = ${purchaseOrders.number})`;

const select = (db: Queryable) =>
  db
    .select({ purchase: purchaseOrders, supplierName: suppliers.name, lines, receipts })
    .from(purchaseOrders)
    .innerJoin(suppliers, eq(suppliers.number, purchaseOrders.supplierNumber));

export type FoundPurchaseOrder = Awaited<ReturnType<typeof selectPurchaseOrders>>[number];

/** Whether goods are still to come and the day they were confirmed for, or else needed by, lies before `today`. */
export const isOverdueOn = (today: LocalDate): SQL =>
  sql`(${ne(purchaseOrders.state, 'received')}
    and coalesce(${purchaseOrders.confirmedDate}, ${purchaseOrders.neededBy}) < ${today}::date)`;

/** A page of purchase orders, newest first, after the key of the last one. `today`: of the company's zone. */
export function selectPurchaseOrders(
  db: Queryable,
  { supplier, state, overdue }: PurchaseOrderFilter,
  page: { today: LocalDate; limit: number; after?: readonly [createdAt: Instant, number: string] },
) {
  const { today, limit, after } = page;
  const conditions: (SQL | undefined)[] = [
    supplier === undefined ? undefined : eq(purchaseOrders.supplierNumber, supplier),
    state && eq(purchaseOrders.state, state),
    overdue === undefined ? undefined : sql`${isOverdueOn(today)} = ${overdue}`,
    after &&
      sql`(${purchaseOrders.createdAt}, ${purchaseOrders.number}) < (${after[0]}::timestamptz, ${after[1]})`,
  ];
  return select(db)
    .where(and(...conditions))
    .orderBy(desc(purchaseOrders.createdAt), desc(purchaseOrders.number))
    .limit(limit);
}

export async function findPurchaseOrder(db: Queryable, number: string) {
  const [found] = await select(db).where(eq(purchaseOrders.number, number));
  return found;
}

/** Its row, locked until the transaction ends: receipts and confirmations of one order come one after the other. */
export async function lockPurchaseOrder(db: Queryable, number: string) {
  const [found] = await db
    .select()
    .from(purchaseOrders)
    .where(eq(purchaseOrders.number, number))
    .for('update');
  return found;
}
