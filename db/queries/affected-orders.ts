import { type SQL, sql } from 'drizzle-orm';
import type { Tier } from '../../domain/assessment/shape.js';
import type { Grade, OrderClass, OrderPhase } from '../../domain/order/shape.js';
import type { AFFECTED_BY } from '../../domain/playbooks/shape.js';
import type { LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';

/** What an incident names, and how orders hang on it (design §5). */
export interface AffectedSearch {
  by: (typeof AFFECTED_BY)[number];
  /**
   * Order numbers (`reported`), suppliers' numbers, SKUs, warehouse ids, carriers' codes, names of regions, cities or
   * country codes, payment ids or providers. `everything` needs none; on an `endpoint` no order hangs by data.
   */
  keys: readonly string[];
}

/** An open order that is affected. */
export interface AffectedOrder {
  number: string;
  customer: { id: string; name: string; tier: Tier; locale: string };
  salesOwnerId: string | null;
  class: OrderClass;
  grade: Grade;
  red: boolean;
  phase: OrderPhase;
  currency: string;
  amountMinor: number;
  /** The confirmed delivery day, or the requested one while none is confirmed. */
  promisedDay: LocalDate;
  /** By which of the keys it was found. */
  keys: string[];
}

// Each gives rows (order_number, key); closed orders are left out afterwards.
const HITS: Record<AffectedSearch['by'], (keys: SQL) => SQL> = {
  reported: (keys) => sql`select number, number from orders where number = any(${keys})`,

  /** Orders with a line that waits for goods of the supplier which have not all come. */
  supplier: (keys) => sql`select w.order_number, p.supplier_number
    from purchase_orders p
    join purchase_order_lines l on l.purchase_order = p.number and l.accepted < l.quantity
    join purchase_waits w on w.purchase_order = l.purchase_order and w.line = l.line
    where p.supplier_number = any(${keys}) and p.state <> 'received'`,

  product: (keys) => sql`select order_number, sku from order_lines where sku = any(${keys})`,

  /** What is still to leave it or has just left, and what waits for goods that are to come in there. */
  warehouse: (keys) => sql`select order_number, warehouse_id from shipments
      where warehouse_id = any(${keys}) and status not in ('signedFor', 'returned')
    union select w.order_number, p.warehouse_id
      from purchase_orders p
      join purchase_order_lines l on l.purchase_order = p.number and l.accepted < l.quantity
      join purchase_waits w on w.purchase_order = l.purchase_order and w.line = l.line
      where p.warehouse_id = any(${keys}) and p.state <> 'received'`,

  carrier: (keys) => sql`select order_number, carrier from shipments
    where carrier = any(${keys}) and status not in ('signedFor', 'returned')`,

  /** What goes there, and what is under way from a warehouse there. */
  region: (keys) => sql`select o.number, k.key from orders o
      join lateral unnest(${keys}) k(key) on ${plain(sql`k.key`)} in (${plain(sql`o.ship_to->>'region'`)},
        ${plain(sql`o.ship_to->>'city'`)}, ${plain(sql`o.ship_to->>'district'`)}, ${plain(sql`o.ship_to->>'country'`)})
      where o.ended_at is null
    union select s.order_number, k.key from shipments s
      join warehouses h on h.id = s.warehouse_id
      join lateral unnest(${keys}) k(key)
        on ${plain(sql`k.key`)} in (${plain(sql`h.region`)}, ${plain(sql`h.city`)}, ${plain(sql`h.country`)})
      where s.status not in ('signedFor', 'returned')`,

  /** A payment by its id; of a provider, those that have not succeeded. */
  payment: (keys) => sql`select order_number, id from payments where id = any(${keys})
    union select order_number, provider from payments
      where provider = any(${keys}) and state in ('pending', 'failed')`,

  endpoint: () => sql`select number, number from orders where false`,

  everything: () => sql`select number, 'everything' from orders where ended_at is null`,
};

/** A place's name as it is compared: 江苏省 and 江苏 are one, and so are `Bremen` and `bremen`. */
function plain(name: SQL): SQL {
  return sql`lower(regexp_replace(${name}, '(特别行政区|(壮族|回族|维吾尔)?自治区|省|市|区|县)$', ''))`;
}

/**
 * The open orders that are affected: what is most urgent and most promised first. One query, whatever it is by.
 */
export async function findAffectedOrders(db: Queryable, search: AffectedSearch): Promise<AffectedOrder[]> {
  const { by, keys } = search;
  const hits = HITS[by](sql`${sql.param([...keys])}::text[]`);
  const found = await db.execute<AffectedOrder & Record<string, unknown>>(sql`
    with hits (order_number, key) as (${hits}),
      named as (select order_number, array_agg(distinct key order by key) keys from hits group by order_number)
    select o.number, json_build_object('id', c.id, 'name', c.name, 'tier', c.tier, 'locale', c.locale) customer,
      o.sales_owner_id "salesOwnerId", o.class, o.grade, o.red, o.phase, o.currency,
      o.amount_minor::float8 "amountMinor",
      coalesce(o.promised_delivery, o.requested_delivery)::text "promisedDay", named.keys
    from named
    join orders o on o.number = named.order_number and o.ended_at is null
    join customers c on c.id = o.customer_id
    order by array_position(array['critical', 'urgent', 'normal'], o.class), o.grade desc,
      coalesce(o.promised_delivery, o.requested_delivery), o.number`);
  return found.rows;
}
