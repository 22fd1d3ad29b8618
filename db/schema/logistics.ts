import { sql } from 'drizzle-orm';
import { date, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { ScanCode, ShipmentStatus } from '../../domain/logistics/shape.js';
import { instant } from './columns.js';
import { orders } from './orders.js';
import { warehouses } from './supply.js';

/** What left, or is to leave, for a customer: `SH-20261124-0001`. */
export const shipments = pgTable(
  'shipments',
  {
    id: text('id').primaryKey(),
    carrier: text('carrier').notNull(),
    trackingNumber: text('tracking_number').notNull(),
    orderNumber: text('order_number')
      .notNull()
      .references(() => orders.number),
    warehouseId: text('warehouse_id')
      .notNull()
      .references(() => warehouses.id),
    promisedDay: date('promised_day', { mode: 'string' }).notNull(),
    pickupBy: instant('pickup_by'),
    /** What the last scan says. */
    status: text('status').$type<ShipmentStatus>().notNull(),
    lastScanAt: instant('last_scan_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('shipments_tracking').on(t.carrier, t.trackingNumber),
    index('shipments_order').on(t.orderNumber),
    index('shipments_created').on(t.createdAt.desc(), t.id.desc()),
    index('shipments_open').on(t.carrier).where(sql`${t.status} not in ('signedFor','returned')`),
  ],
);

/** A carrier's scan; the same one arrives more than once and stands once. */
export const carrierScans = pgTable(
  'carrier_scans',
  {
    shipmentId: text('shipment_id')
      .notNull()
      .references(() => shipments.id),
    at: instant('at').notNull(),
    code: text('code').$type<ScanCode>().notNull(),
    place: text('place'),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.shipmentId, t.at, t.code] })],
);
