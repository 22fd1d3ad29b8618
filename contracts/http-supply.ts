import { z } from 'zod';
import {
  offerSchema,
  orderLineRefSchema,
  purchaseStateSchema,
  supplierStandingSchema,
} from '../domain/supply/shape.js';
import { instantSchema, localDateSchema } from '../domain/time/shape.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** A supplier with all it offers. How to reach it is null for those who have no need of that. */
export const supplierViewSchema = z
  .object({
    number: z.string(),
    name: z.string(),
    contactPerson: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.string(),
    standing: supplierStandingSchema,
    capabilities: z.array(z.string()),
    offers: z.array(offerSchema),
    updatedAt: instantSchema,
  })
  .meta({ id: 'Supplier' });
export type SupplierView = z.infer<typeof supplierViewSchema>;

export const warehouseViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    country: z.string(),
    region: z.string().nullable(),
    city: z.string(),
  })
  .meta({ id: 'Warehouse' });
export type WarehouseView = z.infer<typeof warehouseViewSchema>;

/** Stock of an article in a warehouse. */
export const stockViewSchema = z
  .object({
    warehouse: namedSchema,
    sku: z.string(),
    name: wordsSchema,
    unit: z.string(),
    onHand: z.int(),
    reserved: z.int(),
    /** On hand and promised to nobody; below zero where more is promised than lies there. */
    available: z.int(),
    reorderLevel: z.int().nullable(),
    /** Whether less is available than the reorder level. */
    low: z.boolean(),
    countedAt: instantSchema,
  })
  .meta({ id: 'Stock' });
export type StockView = z.infer<typeof stockViewSchema>;

export const receiptViewSchema = z
  .object({
    id: z.string(),
    line: z.int(),
    accepted: z.int(),
    rejected: z.int(),
    reference: z.string().nullable(),
    note: z.string().nullable(),
    at: instantSchema,
  })
  .meta({ id: 'Receipt' });

export const purchaseLineViewSchema = z
  .object({
    line: z.int(),
    sku: z.string(),
    quantity: z.int(),
    unitPriceMinor: z.int(),
    accepted: z.int(),
    rejected: z.int(),
    /** Lines of customers' orders that wait for this one. */
    waiting: z.array(orderLineRefSchema),
  })
  .meta({ id: 'PurchaseLineView' });

/** A purchase order with its lines and receipts. */
export const purchaseOrderViewSchema = z
  .object({
    number: z.string(),
    supplier: namedSchema,
    warehouse: z.string().nullable(),
    state: purchaseStateSchema,
    currency: z.string(),
    amountMinor: z.int(),
    orderedAt: instantSchema,
    neededBy: localDateSchema,
    confirmedDate: localDateSchema.nullable(),
    confirmedAt: instantSchema.nullable(),
    /** Whether goods are still to come and the day they were confirmed for, or else needed by, has passed. */
    overdue: z.boolean(),
    lines: z.array(purchaseLineViewSchema),
    receipts: z.array(receiptViewSchema),
  })
  .meta({ id: 'PurchaseOrder' });
export type PurchaseOrderView = z.infer<typeof purchaseOrderViewSchema>;
