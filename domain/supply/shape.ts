import { z } from 'zod';
import { countrySchema } from '../address/shape.js';
import { amountMinorSchema, currencySchema, MAX_AMOUNT_MINOR } from '../money/shape.js';
import { orderNumberSchema, skuSchema } from '../order/shape.js';
import { lineText, mailAddressSchema, phoneSchema } from '../text/shape.js';
import { instantInputSchema, localDateSchema } from '../time/shape.js';

const most = 1_000_000;
const count = (min: number) =>
  z.int('must be a whole number').min(min, `must be at least ${min}`).max(most, 'must be at most 1,000,000');

const code = (what: string) =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, `must be ${what}: letters, digits, dot, hyphen`);

/** The number a company knows its supplier by. */
export const supplierNumberSchema = code('a supplier’s number like SUP-0001').meta({ id: 'SupplierNumber' });
export const warehouseIdSchema = code('a warehouse’s id like WH-SH').meta({ id: 'WarehouseId' });
/** Ours, `PO-20261124-0001`, or that of the company's purchasing system. */
export const purchaseOrderNumberSchema = code('a purchase order’s number like PO-20261124-0001').meta({
  id: 'PurchaseOrderNumber',
});

/** How far a supplier may be relied on. Nothing is ordered from a suspended one. */
export const SUPPLIER_STANDINGS = ['preferred', 'approved', 'onTrial', 'suspended'] as const;
export const supplierStandingSchema = z.enum(SUPPLIER_STANDINGS).meta({ id: 'SupplierStanding' });
export type SupplierStanding = z.infer<typeof supplierStandingSchema>;

/** A product as one supplier offers it: price of one unit in minor units, lead time in calendar days. */
export const offerSchema = z
  .strictObject({
    sku: skuSchema,
    priceMinor: amountMinorSchema,
    currency: currencySchema,
    leadTimeDays: z.int('must be a whole number').min(0, 'must be at least 0').max(3650),
    minQuantity: count(1).default(1),
  })
  .meta({ id: 'Offer' });
export type Offer = z.infer<typeof offerSchema>;

/** A supplier without its number: what `PUT` replaces, all it offers included. */
export const supplierFactsSchema = z
  .strictObject({
    name: lineText(200),
    contactPerson: lineText(100).optional(),
    email: mailAddressSchema.optional(),
    phone: phoneSchema.optional(),
    /** The language it is written to. */
    locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
    standing: supplierStandingSchema.default('approved'),
    /** What it can do besides what it offers, in the company's words: `热处理`, `齿轮加工`. */
    capabilities: z.array(lineText(60)).max(50).default([]),
    offers: z.array(offerSchema).max(500).default([]),
  })
  .meta({ id: 'SupplierFacts' });
export type SupplierFacts = z.infer<typeof supplierFactsSchema>;

export const supplierInputSchema = supplierFactsSchema
  .extend({ number: supplierNumberSchema })
  .meta({ id: 'NewSupplier' });
export type SupplierInput = z.infer<typeof supplierInputSchema>;

/** A warehouse: where goods lie and leave. Its region is what a storm or an embargo is matched by. */
export const warehouseFactsSchema = z
  .strictObject({
    name: lineText(100),
    country: countrySchema.default('CN'),
    region: lineText(100).optional(),
    city: lineText(100),
  })
  .meta({ id: 'WarehouseFacts' });
export type WarehouseFacts = z.infer<typeof warehouseFactsSchema>;

const stockFacts = {
  onHand: count(0),
  /** Promised to orders and still on the shelf; may exceed what is on hand, and then something is wrong. */
  reserved: count(0).default(0),
  /** At less than this the article is to be replenished (P14.3). */
  reorderLevel: count(0).optional(),
  /** When it was counted or last booked; not in the future. */
  countedAt: instantInputSchema.optional(),
};

/** Stock of an article in a warehouse, as `PUT` states it. Without a level it is not watched. */
export const stockFactsSchema = z.strictObject(stockFacts).meta({ id: 'StockFacts' });
export type StockFacts = z.infer<typeof stockFactsSchema>;

/** The same with its place, as a warehouse system sends it; without a level the one on record stays. */
export const stockInputSchema = z
  .strictObject({ warehouse: warehouseIdSchema, sku: skuSchema, ...stockFacts })
  .meta({ id: 'StockCount' });
export type StockInput = z.infer<typeof stockInputSchema>;

/** A line of a customer's order. */
export const orderLineRefSchema = z
  .strictObject({ order: orderNumberSchema, line: z.int().min(1).max(1000) })
  .meta({ id: 'OrderLineRef' });

const purchaseLineSchema = z
  .strictObject({
    sku: skuSchema,
    quantity: count(1),
    /** Minor units for one. */
    unitPriceMinor: amountMinorSchema,
    /** The lines of customers' orders that wait for this one: what is affected when it is late. */
    waiting: z.array(orderLineRefSchema).max(200).default([]),
  })
  .refine((line) => line.quantity * line.unitPriceMinor <= MAX_AMOUNT_MINOR, {
    path: ['unitPriceMinor'],
    message: 'makes an amount beyond all bounds',
  })
  .meta({ id: 'PurchaseLine' });

/** An order to a supplier (P09.3). */
export const purchaseOrderInputSchema = z
  .strictObject({
    /** Of the company's purchasing system; without it the next of the day is given. */
    number: purchaseOrderNumberSchema
      .refine((number) => !/^PO-\d{8}-\d+$/.test(number), 'is of the form that is given here: leave it out')
      .optional(),
    supplier: supplierNumberSchema,
    /** Where it is to be delivered. */
    warehouse: warehouseIdSchema.optional(),
    currency: currencySchema,
    orderedAt: instantInputSchema.optional(),
    /** The day it is needed by, asked of the supplier. */
    neededBy: localDateSchema,
    lines: z.array(purchaseLineSchema).min(1, 'must have at least one line').max(200),
  })
  .meta({ id: 'NewPurchaseOrder' });
export type PurchaseOrderInput = z.infer<typeof purchaseOrderInputSchema>;

/** The supplier's word: the day it delivers by. A later word replaces it. */
export const purchaseConfirmationSchema = z
  .strictObject({ confirmedDate: localDateSchema, at: instantInputSchema.optional() })
  .meta({ id: 'PurchaseConfirmation' });
export type PurchaseConfirmation = z.infer<typeof purchaseConfirmationSchema>;

/** What arrived, as incoming inspection found it. */
export const receiptInputSchema = z
  .strictObject({
    at: instantInputSchema.optional(),
    /** The delivery note's number; the same one is booked once. */
    reference: lineText(100).optional(),
    lines: z
      .array(
        z
          .strictObject({
            line: z.int().min(1).max(1000),
            accepted: count(0),
            rejected: count(0).default(0),
            note: lineText(500).optional(),
          })
          .refine(({ accepted, rejected }) => accepted + rejected > 0, {
            path: ['accepted'],
            message: 'must be at least 1, unless something was rejected',
          })
          .meta({ id: 'ReceiptLine' }),
      )
      .min(1, 'must have at least one line')
      .max(200),
  })
  .meta({ id: 'NewReceipt' });
export type ReceiptInput = z.infer<typeof receiptInputSchema>;

/** `ordered` waits for the supplier's word, `confirmed` for the goods. */
export const PURCHASE_STATES = ['ordered', 'confirmed', 'partlyReceived', 'received'] as const;
export const purchaseStateSchema = z.enum(PURCHASE_STATES).meta({ id: 'PurchaseState' });
export type PurchaseState = z.infer<typeof purchaseStateSchema>;
