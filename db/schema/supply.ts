import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  date,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { PurchaseState, SupplierStanding } from '../../domain/supply/shape.js';
import { products } from './catalogue.js';
import { instant } from './columns.js';
import { orderLines } from './orders.js';

/** The last number given out of a series for a day of the company's zone: `PO-20261124-0001`. */
export const recordNumbers = pgTable(
  'record_numbers',
  {
    series: text('series').notNull(),
    day: date('day', { mode: 'string' }).notNull(),
    last: integer('last').notNull(),
  },
  (t) => [primaryKey({ columns: [t.series, t.day] })],
);

/** Who the company buys from. Personal data of its people lives here, where it can be erased. */
export const suppliers = pgTable('suppliers', {
  number: text('number').primaryKey(),
  name: text('name').notNull(),
  contactPerson: text('contact_person'),
  email: text('email'),
  phone: text('phone'),
  locale: text('locale').notNull().default('zh-CN'),
  standing: text('standing').$type<SupplierStanding>().notNull(),
  capabilities: text('capabilities').array().notNull().default(sql`'{}'`),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** Which products each offers: who else could deliver is one look. */
export const supplierOffers = pgTable(
  'supplier_offers',
  {
    supplierNumber: text('supplier_number')
      .notNull()
      .references(() => suppliers.number),
    sku: text('sku')
      .notNull()
      .references(() => products.sku),
    priceMinor: bigint('price_minor', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    /** Calendar days. */
    leadTimeDays: integer('lead_time_days').notNull(),
    minQuantity: integer('min_quantity').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.supplierNumber, t.sku] }),
    index('supplier_offers_sku').on(t.sku),
    check('supplier_offers_price_not_negative', sql`${t.priceMinor} >= 0`),
  ],
);

export const warehouses = pgTable('warehouses', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  country: text('country').notNull(),
  region: text('region'),
  city: text('city').notNull(),
});

/** What lies where, as last counted or booked by the warehouse's own system. */
export const stock = pgTable(
  'stock',
  {
    warehouseId: text('warehouse_id')
      .notNull()
      .references(() => warehouses.id),
    sku: text('sku')
      .notNull()
      .references(() => products.sku),
    onHand: integer('on_hand').notNull(),
    reserved: integer('reserved').notNull().default(0),
    /** Null: not watched. */
    reorderLevel: integer('reorder_level'),
    countedAt: instant('counted_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.warehouseId, t.sku] }),
    index('stock_sku').on(t.sku),
    check('stock_not_negative', sql`${t.onHand} >= 0 and ${t.reserved} >= 0`),
  ],
);

export const purchaseOrders = pgTable(
  'purchase_orders',
  {
    number: text('number').primaryKey(),
    supplierNumber: text('supplier_number')
      .notNull()
      .references(() => suppliers.number),
    /** Where it is to be delivered. */
    warehouseId: text('warehouse_id').references(() => warehouses.id),
    currency: text('currency').notNull(),
    orderedAt: instant('ordered_at').notNull(),
    neededBy: date('needed_by', { mode: 'string' }).notNull(),
    /** The day the supplier said it delivers by; null until it did. */
    confirmedDate: date('confirmed_date', { mode: 'string' }),
    confirmedAt: instant('confirmed_at'),
    state: text('state').$type<PurchaseState>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('purchase_orders_created').on(t.createdAt.desc(), t.number.desc()),
    index('purchase_orders_open').on(t.supplierNumber).where(sql`${t.state} <> 'received'`),
  ],
);

export const purchaseOrderLines = pgTable(
  'purchase_order_lines',
  {
    purchaseOrder: text('purchase_order')
      .notNull()
      .references(() => purchaseOrders.number),
    line: integer('line').notNull(),
    sku: text('sku')
      .notNull()
      .references(() => products.sku),
    quantity: integer('quantity').notNull(),
    unitPriceMinor: bigint('unit_price_minor', { mode: 'number' }).notNull(),
    /** Sums of the receipts. */
    accepted: integer('accepted').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.purchaseOrder, t.line] }),
    check('purchase_order_lines_quantity_positive', sql`${t.quantity} > 0`),
  ],
);

/** Lines of customers' orders that wait for a line that was bought: what is affected when a supplier is late. */
export const purchaseWaits = pgTable(
  'purchase_waits',
  {
    purchaseOrder: text('purchase_order').notNull(),
    line: integer('line').notNull(),
    orderNumber: text('order_number').notNull(),
    orderLine: integer('order_line').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.purchaseOrder, t.line, t.orderNumber, t.orderLine] }),
    foreignKey({
      name: 'purchase_waits_line',
      columns: [t.purchaseOrder, t.line],
      foreignColumns: [purchaseOrderLines.purchaseOrder, purchaseOrderLines.line],
    }),
    foreignKey({
      name: 'purchase_waits_order_line',
      columns: [t.orderNumber, t.orderLine],
      foreignColumns: [orderLines.orderNumber, orderLines.line],
    }).onDelete('cascade'),
    index('purchase_waits_order').on(t.orderNumber),
  ],
);

/** What arrived of a line, as incoming inspection found it; never changed. */
export const receipts = pgTable(
  'receipts',
  {
    id: text('id').primaryKey(),
    purchaseOrder: text('purchase_order').notNull(),
    line: integer('line').notNull(),
    accepted: integer('accepted').notNull(),
    rejected: integer('rejected').notNull(),
    /** The delivery note's number: the same one is booked once for a line. */
    reference: text('reference'),
    note: text('note'),
    at: instant('at').notNull(),
  },
  (t) => [
    foreignKey({
      name: 'receipts_line',
      columns: [t.purchaseOrder, t.line],
      foreignColumns: [purchaseOrderLines.purchaseOrder, purchaseOrderLines.line],
    }),
    index('receipts_purchase_order').on(t.purchaseOrder),
    uniqueIndex('receipts_reference')
      .on(t.purchaseOrder, t.line, t.reference)
      .where(sql`${t.reference} is not null`),
  ],
);
