import { sql } from 'drizzle-orm';
import { ORDER_CLASSES, type OrderClass } from '../../domain/order/terms/shape.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';

/** An open order as far as its time goes. */
export interface TimedOrder {
  number: string;
  class: OrderClass;
  receivedAt: Instant;
  /** The promised day, or the one asked for while none is promised. */
  promisedOn: LocalDate;
  projectedOn: LocalDate | null;
}

// What has left is the carrier's: its silence is another monitor's. A shipment may be all there is of a normal order.
const hasLeft = sql`(exists (select from milestones m where m.order_number = o.number and m.done
    and m.milestone in ('ship', 'signedFor'))
  or exists (select from shipments s where s.order_number = o.number and s.status <> 'booked'))`;

/** Open orders, those whose goods have left only where `left`. */
export async function findTimedOrders(db: Queryable, { left }: { left: boolean }): Promise<TimedOrder[]> {
  const { rows } = await db.execute<Record<keyof TimedOrder, string | null>>(sql`
    select o.number, o.class, o.received_at "receivedAt",
      coalesce(o.promised_delivery, o.requested_delivery)::text "promisedOn", o.projected_finish::text "projectedOn"
    from orders o
    where o.ended_at is null ${left ? sql`` : sql`and not ${hasLeft}`}
    order by o.number`);
  return rows.map((row) => ({
    ...(row as unknown as TimedOrder),
    receivedAt: new Date(row.receivedAt ?? '').toISOString(),
  }));
}

/** From when to when an order took, of those that were closed. */
export interface DoneOrder {
  class: OrderClass;
  receivedAt: Instant;
  endedAt: Instant;
}

/** The last so many closed orders of each class, the newest last: what is usual (P12.1). */
export async function findDoneOrders(db: Queryable, { last }: { last: number }): Promise<DoneOrder[]> {
  const { rows } = await db.execute<Record<keyof DoneOrder, string>>(sql`
    select done.class, done.received_at "receivedAt", done.ended_at "endedAt"
    from unnest(${sql.param(ORDER_CLASSES)}::text[]) of_class, lateral (
      select class, received_at, ended_at, number from orders
      where class = of_class and phase = 'closed' and ended_at is not null
      order by ended_at desc, number desc limit ${last}
    ) done
    order by done.class, done.ended_at, done.number`);
  return rows.map((row) => ({
    class: row.class as OrderClass,
    receivedAt: new Date(row.receivedAt).toISOString(),
    endedAt: new Date(row.endedAt).toISOString(),
  }));
}
