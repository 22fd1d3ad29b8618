import { z } from 'zod';
import { currencySchema } from '../../domain/money/shape.js';
import { lineText } from '../../domain/text/shape.js';

const header = lineText(200);
const fileName = lineText(200).refine(
  (name) => !/[/\\]/.test(name),
  'must be a file of the folder, without a path',
);

/** A file with columns that must be mapped, and others that may be. */
function part<Needed extends string, Other extends string = never>(
  needed: readonly Needed[],
  others: readonly Other[] = [],
) {
  const columns = {
    ...Object.fromEntries(needed.map((name) => [name, header])),
    ...Object.fromEntries(others.map((name) => [name, header.optional()])),
  } as Record<Needed, typeof header> & Record<Other, z.ZodOptional<typeof header>>;
  return z.strictObject({ file: fileName, columns: z.strictObject(columns) }).optional();
}

const parts = {
  warehouses: part(['id', 'name', 'city'], ['region', 'country']),
  suppliers: part(
    ['number', 'name'],
    ['contactPerson', 'email', 'phone', 'locale', 'standing', 'capabilities'],
  ),
  offers: part(['supplier', 'sku', 'price', 'leadTimeDays'], ['currency', 'minQuantity']),
  stock: part(['warehouse', 'sku', 'onHand'], ['reserved', 'reorderLevel', 'countedAt']),
  purchaseOrders: part(['number', 'supplier', 'orderedAt', 'neededBy'], ['warehouse', 'confirmedDate']),
  purchaseLines: part(['purchaseOrder', 'line', 'sku', 'quantity', 'unitPrice']),
  purchaseWaits: part(['purchaseOrder', 'line', 'order', 'orderLine']),
  receipts: part(['purchaseOrder', 'line', 'reference', 'accepted', 'at'], ['rejected', 'note']),
  shipments: part(['carrier', 'trackingNumber', 'order', 'warehouse', 'promisedDay'], ['pickupBy']),
  scans: part(['carrier', 'trackingNumber', 'at', 'code'], ['place']),
  payments: part(['order', 'amount', 'provider', 'reference', 'state', 'at'], ['currency', 'failure']),
  endpoints: part(['id', 'name', 'kind', 'address', 'intervalSeconds', 'serves', 'severityHint', 'owner']),
};

/** The files of such a mapping, in the order in which one can refer to another. */
export const FACT_PARTS = Object.keys(parts) as FactPart[];
export type FactPart = keyof typeof parts;

/**
 * How the CSV files of other systems are read as suppliers, stock, purchase orders, shipments, payments and endpoints.
 * Explained in `docs/import.md`.
 */
export const factsMappingSchema = z
  .strictObject({
    kind: z.literal('facts'),
    encoding: z.enum(['utf-8', 'gb18030']).default('utf-8'),
    delimiter: z.enum([',', ';', '\t', '|']).default(','),
    /** Of every amount whose file has no column for it. */
    currency: currencySchema,
    /** Whether a file that the folder lacks is an error, or its part is passed over. */
    missingFiles: z.enum(['refuse', 'passOver']).default('refuse'),
    ...parts,
  })
  .refine((mapping) => FACT_PARTS.some((name) => mapping[name] !== undefined), {
    path: ['suppliers'],
    message: 'or another part must be named',
  });
export type FactsMapping = z.infer<typeof factsMappingSchema>;
