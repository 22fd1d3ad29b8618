import { sql } from 'drizzle-orm';
import type { ExpeditedPurchase } from '../../contracts/expedite-form.js';
import type { Queryable } from '../connect.js';

/** A supplier that is asked to deliver sooner, and what of. */
export interface Expedited {
  number: string;
  name: string;
  email: string | null;
  purchases: ExpeditedPurchase[];
}

/** A letter names no more of them. */
const mostPurchases = 20;

/**
 * The supplier of a purchase order, with it; or the supplier named, with its open purchase orders that orders affected by
 * the incident wait for, or all that are open where none is known to wait. Undefined where there is none of the kind.
 */
export async function findExpedited(
  db: Queryable,
  asked: { incident: string; supplier: string | undefined; purchaseOrder: string | undefined },
): Promise<Expedited | undefined> {
  const { incident, supplier = null, purchaseOrder = null } = asked;
  const found = await db.execute<Expedited & Record<string, unknown>>(sql`
    with meant as (
      select s.number, s.name, s.email from suppliers s
      where s.number = coalesce(
        (select p.supplier_number from purchase_orders p where p.number = ${purchaseOrder}::text), ${supplier}::text)
    ), open as (
      select p.number, p.needed_by, p.confirmed_date,
        exists (select 1 from purchase_waits w join incident_orders a on a.order_number = w.order_number
          where w.purchase_order = p.number and a.incident = ${incident}) waited
      from purchase_orders p join meant on p.supplier_number = meant.number
      where p.state <> 'received' and (${purchaseOrder}::text is null or p.number = ${purchaseOrder}::text)
    ), asked as (
      select * from open
      where ${purchaseOrder}::text is not null or waited or not exists (select 1 from open where waited)
      order by needed_by, number limit ${mostPurchases}
    )
    select number, name, email,
      (select coalesce(jsonb_agg(jsonb_build_object('number', a.number, 'neededBy', a.needed_by,
        'confirmedDate', a.confirmed_date) order by a.needed_by, a.number), '[]') from asked a) purchases
    from meant`);
  return found.rows[0];
}
