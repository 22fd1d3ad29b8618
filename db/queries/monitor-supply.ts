import { sql } from 'drizzle-orm';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';

/** A purchase order with goods still to come. */
export interface OpenPurchase {
  number: string;
  supplier: string;
  orderedAt: Instant;
  /** The day the supplier confirmed, or else the one it is needed by. */
  dueOn: LocalDate;
  isConfirmed: boolean;
  /** Articles of which goods are missing. */
  skus: string[];
  /** Open orders that wait for it. */
  orders: string[];
  /** Whether a critical one is among them. */
  isCritical: boolean;
}

/** Purchase orders with goods still to come: those without the supplier's word, or those whose day is before `today`. */
export async function findOpenPurchases(
  db: Queryable,
  { unconfirmed, dueBefore }: { unconfirmed?: boolean; dueBefore?: LocalDate },
): Promise<OpenPurchase[]> {
  const { rows } = await db.execute<OpenPurchase & Record<string, unknown>>(sql`
    select p.number, p.supplier_number supplier, p.ordered_at "orderedAt",
      coalesce(p.confirmed_date, p.needed_by)::text "dueOn", p.confirmed_date is not null "isConfirmed",
      array(select distinct l.sku from purchase_order_lines l
        where l.purchase_order = p.number and l.accepted < l.quantity order by 1) skus,
      array(select distinct o.number from purchase_waits w
        join purchase_order_lines l on l.purchase_order = w.purchase_order and l.line = w.line
          and l.accepted < l.quantity
        join orders o on o.number = w.order_number and o.ended_at is null
        where w.purchase_order = p.number order by 1) orders,
      exists (select from purchase_waits w join orders o on o.number = w.order_number
        and o.ended_at is null and o.class = 'critical' where w.purchase_order = p.number) "isCritical"
    from purchase_orders p
    where p.state <> 'received'
      ${unconfirmed ? sql`and p.state = 'ordered' and p.confirmed_date is null` : sql``}
      ${dueBefore === undefined ? sql`` : sql`and coalesce(p.confirmed_date, p.needed_by) <= ${dueBefore}::date`}
    order by p.number`);
  return rows.map((row) => ({ ...row, orderedAt: new Date(row.orderedAt).toISOString() }));
}

/** An article that is short in a warehouse. */
export interface LowStock {
  sku: string;
  warehouse: string;
  /** Pieces below its reorder level. */
  below: number;
}

/** Where what is available (on hand, not reserved) is below the reorder level. */
export async function findLowStock(db: Queryable): Promise<LowStock[]> {
  const { rows } = await db.execute<LowStock & Record<string, unknown>>(sql`
    select sku, warehouse_id warehouse, reorder_level - (on_hand - reserved) below
    from stock where on_hand - reserved < reorder_level order by sku, warehouse_id`);
  return rows;
}
