import { sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';

/** A shipment that something is expected of, and since when nothing came. */
export interface WaitedShipment {
  id: string;
  carrier: string;
  warehouse: string;
  order: string;
  since: Instant;
}

/** Shipments on their way, by their last scan. */
export function findScannedShipments(db: Queryable): Promise<WaitedShipment[]> {
  return select(
    db,
    sql`last_scan_at`,
    sql`status not in ('booked', 'signedFor', 'returned') and last_scan_at is not null`,
  );
}

/** Shipments that were to be fetched before `at` and have no scan. */
export function findUnfetchedShipments(db: Queryable, at: Instant): Promise<WaitedShipment[]> {
  return select(
    db,
    sql`pickup_by`,
    sql`status = 'booked' and last_scan_at is null and pickup_by < ${at}::timestamptz`,
  );
}

async function select(db: Queryable, since: ReturnType<typeof sql>, where: ReturnType<typeof sql>) {
  const { rows } = await db.execute<WaitedShipment & Record<string, unknown>>(sql`
    select id, carrier, warehouse_id warehouse, order_number "order", ${since} since
    from shipments where ${where} order by id`);
  return rows.map((row) => ({ ...row, since: new Date(row.since).toISOString() }));
}

/** A payment that came to its state at an instant. */
export interface SettledPayment {
  id: string;
  provider: string;
  order: string;
  failed: boolean;
  at: Instant;
}

/** Payments that failed or came through after `since`, up to `until`. */
export async function findSettledPayments(
  db: Queryable,
  { since, until }: { since: Instant; until: Instant },
): Promise<SettledPayment[]> {
  const { rows } = await db.execute<SettledPayment & Record<string, unknown>>(sql`
    select id, provider, order_number "order", state = 'failed' failed, at
    from payments
    where at > ${since}::timestamptz and at <= ${until}::timestamptz and state in ('failed', 'succeeded')
    order by at, id`);
  return rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}
