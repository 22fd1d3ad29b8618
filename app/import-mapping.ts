import { z } from 'zod';
import { countrySchema } from '../domain/address/shape.js';
import { leadTimeKindSchema } from '../domain/assessment/shape.js';
import { amountMinorSchema, currencySchema } from '../domain/money/shape.js';
import { channelSchema } from '../domain/order/shape.js';
import { lineText } from '../domain/text/shape.js';

const header = lineText(200);
const fileName = lineText(200).refine(
  (name) => !/[/\\]/.test(name),
  'must be a file of the folder, without a path',
);

/**
 * How the CSV files of another system are read as products, customers, orders and lines, and by which rules those
 * orders were urgent. Explained with an example in `docs/import.md`.
 */
export const importMappingSchema = z.strictObject({
  /** Names the other system; ids of what it brings begin with it. */
  source: z.string().regex(/^[a-z][a-z0-9]{0,30}$/, 'must be a short name of small letters and digits'),
  encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
  delimiter: z.enum([',', ';', '\t', '|']).default(','),
  currency: currencySchema,
  /** Normal lead time of everything in it, in calendar days. */
  leadTimeDays: z.int().min(0).max(3650),
  /** Whether the default quantity factors lengthen it. */
  scalesWithQuantity: z.boolean().default(false),
  /** An order at or above this amount is large; minor units of `currency`. */
  largeAmountMinor: amountMinorSchema,
  channel: channelSchema.default('email'),
  /** The language its customers are written to. */
  locale: z.enum(['zh-CN', 'en']).default('zh-CN'),
  /** Country names as they stand in the files, and their ISO 3166-1 alpha-2 codes. Codes need no entry. */
  countries: z.record(z.string(), countrySchema).default({}),
  products: z.strictObject({
    file: fileName,
    leadTimeKind: leadTimeKindSchema.default('standardFromStock'),
    unit: lineText(20).default('件'),
    columns: z.strictObject({ id: header, name: header, price: header, discontinued: header.optional() }),
  }),
  customers: z.strictObject({
    file: fileName,
    columns: z.strictObject({ id: header, name: header, email: header.optional(), phone: header.optional() }),
  }),
  orders: z.strictObject({
    file: fileName,
    columns: z.strictObject({
      id: header,
      customer: header,
      orderedOn: header,
      requestedDelivery: header,
      shippedOn: header.optional(),
      shipName: header,
      shipLine1: header,
      shipCity: header,
      shipRegion: header.optional(),
      shipPostalCode: header.optional(),
      shipCountry: header,
    }),
  }),
  lines: z.strictObject({
    file: fileName,
    /** What a discount of 15 % looks like: `0.15` or `15`. */
    discountAs: z.enum(['fraction', 'percent']).default('fraction'),
    columns: z.strictObject({
      order: header,
      product: header,
      quantity: header,
      unitPrice: header,
      discount: header.optional(),
    }),
  }),
});
export type ImportMapping = z.infer<typeof importMappingSchema>;

/** The four files of a mapping. */
export const IMPORT_PARTS = ['products', 'customers', 'orders', 'lines'] as const;
export type ImportPart = (typeof IMPORT_PARTS)[number];
