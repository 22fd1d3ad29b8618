import { type SQL, sql } from 'drizzle-orm';
import type { IncidentFacts } from '../../domain/incident/shape.js';
import type { Queryable } from '../connect.js';

/** A supplier whom an incident concerns: named by it, or with an open purchase that affected orders wait for. */
export interface AffectedSupplier {
  number: string;
  name: string;
  /** Null: no letter reaches it. */
  email: string | null;
  phone: string | null;
  /** Its open purchase orders that affected orders wait for. */
  purchaseOrders: string[];
}

/** A partner whom an incident concerns: a carrier by its code, with what it has under way of affected orders. */
export interface AffectedPartner {
  kind: 'carrier';
  name: string;
  /** Tracking numbers, 20 at most. */
  shipments: string[];
  total: number;
}

/** The incident's affected orders: as it stands on the record, or by their numbers. */
export type OfOrders = { incident: string } | { numbers: readonly string[] };

type Named = Pick<IncidentFacts, 'supplier' | 'purchaseOrder' | 'carrier' | 'shipment'>;

/** A letter names no more of them. */
const SHOWN_SHIPMENTS = 20;

const affectedSql = (of: OfOrders): SQL =>
  'incident' in of
    ? sql`select order_number from incident_orders where incident = ${of.incident}`
    : sql`select jsonb_array_elements_text(${JSON.stringify(of.numbers)}::jsonb) order_number`;

/** Suppliers by the record of now (P03.5, P14.4), in the order of their numbers. */
export async function findAffectedSuppliers(
  db: Queryable,
  { supplier = null, purchaseOrder = null }: { [K in keyof Named]?: Named[K] | null },
  of: OfOrders,
): Promise<AffectedSupplier[]> {
  const found = await db.execute<AffectedSupplier & Record<string, unknown>>(sql`
    with waited as (
      select distinct p.supplier_number, p.number from (${affectedSql(of)}) a
        join purchase_waits w on w.order_number = a.order_number
        join purchase_order_lines l on l.purchase_order = w.purchase_order and l.line = w.line and l.accepted < l.quantity
        join purchase_orders p on p.number = w.purchase_order
      where p.state <> 'received'
    )
    select s.number, s.name, nullif(s.email, '') email, s.phone, array(select w.number from waited w
      where w.supplier_number = s.number order by 1) "purchaseOrders"
    from suppliers s
    where s.number in (select supplier_number from waited
      union select ${supplier}::text
      union select supplier_number from purchase_orders where number = ${purchaseOrder}::text)
    order by s.number`);
  return found.rows;
}

/** Carriers with open shipments of affected orders, and the one that the incident names, in the order of their codes. */
export async function findAffectedPartners(
  db: Queryable,
  { carrier = null, shipment = null }: { [K in keyof Named]?: Named[K] | null },
  of: OfOrders,
): Promise<AffectedPartner[]> {
  const found = await db.execute<AffectedPartner & Record<string, unknown>>(sql`
    with open as (
      select s.carrier, s.tracking_number from (${affectedSql(of)}) a
        join shipments s on s.order_number = a.order_number
      where s.status not in ('signedFor', 'returned')
    ), named as (
      select ${carrier}::text carrier where ${carrier}::text is not null
      union select carrier from shipments where id = ${shipment}::text
      union select carrier from open
    )
    select 'carrier' kind, n.carrier "name", (select count(*)::int from open o where o.carrier = n.carrier) total,
      array(select o.tracking_number from open o where o.carrier = n.carrier order by 1
        limit ${SHOWN_SHIPMENTS}) shipments
    from named n order by n.carrier`);
  return found.rows;
}
