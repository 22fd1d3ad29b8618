import { and, asc, desc, eq, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { ENDED_SHIPMENTS, type ScanCode, type ShipmentStatus } from '../../domain/logistics/shape.js';
import { shipmentStatusOf } from '../../domain/logistics/shipment-status.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { carrierScans, shipments } from '../schema/index.js';
import { insertSql, newRows } from './insert-all.js';

export interface ShipmentFilter {
  carrier?: string;
  order?: string;
  warehouse?: string;
  status?: ShipmentStatus;
  trackingNumber?: string;
  /** Only those that are late, or only the others. */
  overdue?: boolean;
}

const scans = sql<
  { at: string; code: ScanCode; place: string | null }[]
>`(select coalesce(json_agg(json_build_object(
    'at', s.at, 'code', s.code, 'place', s.place) order by s.at, s.received_at, s.code), '[]')
  from carrier_scans s where s.shipment_id = ${shipments.id})`;

const select = (db: Queryable) => db.select({ shipment: shipments, scans }).from(shipments);

export type FoundShipment = Awaited<ReturnType<typeof selectShipments>>[number];

/** A page of shipments, newest first, after the key of the last one. `today`: of the company's zone. */
export function selectShipments(
  db: Queryable,
  { carrier, order, warehouse, status, trackingNumber, overdue }: ShipmentFilter,
  page: { today: LocalDate; limit: number; after?: readonly [createdAt: Instant, id: string] },
) {
  const { today, limit, after } = page;
  const isOverdue = and(
    notInArray(shipments.status, [...ENDED_SHIPMENTS]),
    sql`${shipments.promisedDay} < ${today}::date`,
  );
  const conditions: (SQL | undefined)[] = [
    carrier === undefined ? undefined : eq(shipments.carrier, carrier),
    order === undefined ? undefined : eq(shipments.orderNumber, order),
    warehouse === undefined ? undefined : eq(shipments.warehouseId, warehouse),
    status && eq(shipments.status, status),
    trackingNumber === undefined ? undefined : eq(shipments.trackingNumber, trackingNumber),
    overdue === undefined ? undefined : sql`(${isOverdue}) = ${overdue}`,
    after && sql`(${shipments.createdAt}, ${shipments.id}) < (${after[0]}::timestamptz, ${after[1]})`,
  ];
  return select(db)
    .where(and(...conditions))
    .orderBy(desc(shipments.createdAt), desc(shipments.id))
    .limit(limit);
}

export async function findShipment(db: Queryable, id: string) {
  const [found] = await select(db).where(eq(shipments.id, id));
  return found;
}

export interface NewScan {
  shipmentId: string;
  at: Instant;
  code: ScanCode;
  place?: string;
}

/**
 * Adds the scans that are not on record yet and gives each shipment the status its last scan says; gives how many were
 * new. The shipments are locked in the order of their ids, so that two batches never wait for each other.
 */
export async function addScans(
  db: Queryable,
  list: readonly NewScan[],
  receivedAt: Instant,
): Promise<number> {
  if (list.length === 0) return 0;
  const ids = [...new Set(list.map(({ shipmentId }) => shipmentId))];
  await db
    .select({ id: shipments.id })
    .from(shipments)
    .where(anyOf(shipments.id, ids))
    .orderBy(asc(shipments.id))
    .for('update');
  const rows = list.map((scan) => ({ ...scan, receivedAt }));
  const added = await db.execute<{ id: string }>(
    sql`${insertSql(newRows(carrierScans, rows))} on conflict do nothing returning shipment_id id`,
  );
  const touched = [...new Set(added.rows.map(({ id }) => id))];
  const all = await db
    .select({ shipmentId: carrierScans.shipmentId, at: carrierScans.at, code: carrierScans.code })
    .from(carrierScans)
    .where(anyOf(carrierScans.shipmentId, touched));
  const scansOf = new Map(touched.map((id): [string, typeof all] => [id, []]));
  for (const one of all) scansOf.get(one.shipmentId)?.push(one);
  for (const [id, its] of scansOf) {
    await db.update(shipments).set(shipmentStatusOf(its)).where(eq(shipments.id, id));
  }
  return added.rows.length;
}

/** One parameter for however many: a statement has one shape. */
const anyOf = (column: PgColumn, values: readonly string[]) =>
  sql`${column} = any(${sql.param([...values])}::text[])`;

/** Ids of shipments by carrier and tracking number: `SF 1234567`. */
export async function findTracked(
  db: Queryable,
  tracked: readonly { carrier: string; trackingNumber: string }[],
): Promise<Map<string, string>> {
  const carriers = tracked.map(({ carrier }) => carrier);
  const numbers = tracked.map(({ trackingNumber }) => trackingNumber);
  const found = await db
    .select({ id: shipments.id, carrier: shipments.carrier, trackingNumber: shipments.trackingNumber })
    .from(shipments)
    .where(sql`(${shipments.carrier}, ${shipments.trackingNumber}) in
      (select * from unnest(${sql.param(carriers)}::text[], ${sql.param(numbers)}::text[]))`);
  return new Map(found.map(({ id, carrier, trackingNumber }) => [`${carrier} ${trackingNumber}`, id]));
}
