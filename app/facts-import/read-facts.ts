import type { z } from 'zod';
import { countrySchema } from '../../domain/address/shape.js';
import { endpointInputSchema } from '../../domain/endpoints/shape.js';
import { carrierSchema, scanCodeSchema, trackingNumberSchema } from '../../domain/logistics/shape.js';
import { currencySchema } from '../../domain/money/shape.js';
import { orderNumberSchema, skuSchema } from '../../domain/order/shape.js';
import { paymentStateSchema, providerSchema } from '../../domain/payments/shape.js';
import {
  purchaseOrderNumberSchema,
  supplierNumberSchema,
  supplierStandingSchema,
  warehouseIdSchema,
} from '../../domain/supply/shape.js';
import { lineText, mailAddressSchema, phoneSchema } from '../../domain/text/shape.js';
import { toFieldErrors } from '../field-errors.js';
import { amountCell, countCell, dateCell, instantCell } from '../import-cells.js';
import { type ReadRow, type RowReader, readRows } from '../import-rows.js';
import type { ImportTable } from '../import-table.js';
import type { FactPart } from './facts-mapping.js';

/** What a reader of cells needs besides the row: the currency of amounts without one, and the company's zone. */
interface Setting {
  currency: string;
  zone: string;
}

/** How a row of each part is read. A column that is not mapped, or an empty cell of one that may be, is undefined. */
const READERS = {
  warehouses: (row: RowReader) => ({
    id: row.read('id', warehouseIdSchema),
    name: row.read('name', lineText(100)),
    country: maybe(row, 'country', countrySchema) ?? 'CN',
    region: maybe(row, 'region', lineText(100)),
    city: row.read('city', lineText(100)),
  }),
  suppliers: (row: RowReader) => ({
    number: row.read('number', supplierNumberSchema),
    name: row.read('name', lineText(200)),
    contactPerson: maybe(row, 'contactPerson', lineText(100)),
    email: maybe(row, 'email', mailAddressSchema),
    phone: maybe(row, 'phone', phoneSchema),
    locale: maybe(row, 'locale', lineText(10)),
    standing: maybe(row, 'standing', supplierStandingSchema),
    capabilities: row.cells.capabilities
      ?.split(/[;；、]/)
      .map((one) => one.trim())
      .filter(Boolean),
  }),
  offers: (row: RowReader, { currency }: Setting) => ({
    supplier: row.read('supplier', supplierNumberSchema),
    sku: row.read('sku', skuSchema),
    ...amountOf(row, 'price', currency),
    leadTimeDays: row.read('leadTimeDays', countCell()),
    minQuantity: maybe(row, 'minQuantity', countCell(1)) ?? 1,
  }),
  stock: (row: RowReader, { zone }: Setting) => ({
    warehouse: row.read('warehouse', warehouseIdSchema),
    sku: row.read('sku', skuSchema),
    onHand: row.read('onHand', countCell()),
    reserved: maybe(row, 'reserved', countCell()) ?? 0,
    reorderLevel: maybe(row, 'reorderLevel', countCell()),
    countedAt: maybe(row, 'countedAt', instantCell(zone)),
  }),
  purchaseOrders: (row: RowReader, { currency, zone }: Setting) => ({
    number: row.read('number', purchaseOrderNumberSchema),
    supplier: row.read('supplier', supplierNumberSchema),
    warehouse: maybe(row, 'warehouse', warehouseIdSchema),
    currency,
    orderedAt: row.read('orderedAt', instantCell(zone)),
    neededBy: row.read('neededBy', dateCell),
    confirmedDate: maybe(row, 'confirmedDate', dateCell),
  }),
  purchaseLines: (row: RowReader, { currency }: Setting) => ({
    purchaseOrder: row.read('purchaseOrder', purchaseOrderNumberSchema),
    line: row.read('line', countCell(1)),
    sku: row.read('sku', skuSchema),
    quantity: row.read('quantity', countCell(1)),
    unitPriceMinor: row.read('unitPrice', amountCell(currency)),
  }),
  purchaseWaits: (row: RowReader) => ({
    purchaseOrder: row.read('purchaseOrder', purchaseOrderNumberSchema),
    line: row.read('line', countCell(1)),
    order: row.read('order', orderNumberSchema),
    orderLine: row.read('orderLine', countCell(1)),
  }),
  receipts: (row: RowReader, { zone }: Setting) => ({
    purchaseOrder: row.read('purchaseOrder', purchaseOrderNumberSchema),
    line: row.read('line', countCell(1)),
    reference: row.read('reference', lineText(100)),
    accepted: row.read('accepted', countCell()),
    rejected: maybe(row, 'rejected', countCell()) ?? 0,
    note: maybe(row, 'note', lineText(500)),
    at: row.read('at', instantCell(zone)),
  }),
  shipments: (row: RowReader, { zone }: Setting) => ({
    carrier: row.read('carrier', carrierSchema),
    trackingNumber: row.read('trackingNumber', trackingNumberSchema),
    order: row.read('order', orderNumberSchema),
    warehouse: row.read('warehouse', warehouseIdSchema),
    promisedDay: row.read('promisedDay', dateCell),
    pickupBy: maybe(row, 'pickupBy', instantCell(zone)),
  }),
  scans: (row: RowReader, { zone }: Setting) => ({
    carrier: row.read('carrier', carrierSchema),
    trackingNumber: row.read('trackingNumber', trackingNumberSchema),
    at: row.read('at', instantCell(zone)),
    code: row.read('code', scanCodeSchema),
    place: maybe(row, 'place', lineText(200)),
  }),
  payments: (row: RowReader, { currency, zone }: Setting) => ({
    order: row.read('order', orderNumberSchema),
    ...renamed(amountOf(row, 'amount', currency)),
    provider: row.read('provider', providerSchema),
    reference: row.read('reference', lineText(100)),
    state: row.read('state', paymentStateSchema),
    failure: maybe(row, 'failure', lineText(500)),
    at: row.read('at', instantCell(zone)),
  }),
  endpoints: readEndpoint,
} satisfies Record<FactPart, (row: RowReader, setting: Setting) => object>;

export type FactRecord<Part extends FactPart> = ReturnType<(typeof READERS)[Part]>;
export type ReadFacts = { [Part in FactPart]: ReadRow<FactRecord<Part>>[] };

/** The rows of every file as records; a part without a file is empty. Each bad cell becomes a sentence of `faults`. */
export function readFacts(
  tables: Partial<Record<FactPart, ImportTable>>,
  setting: Setting,
  faults: string[],
): ReadFacts {
  const read = Object.entries(READERS).map(([name, reader]) => {
    const table = tables[name as FactPart];
    return [name, table ? readRows(table, faults, (row) => reader(row, setting)) : []];
  });
  return Object.fromEntries(read) as ReadFacts;
}

function maybe<T>(row: RowReader, name: string, schema: z.ZodType<T>): T | undefined {
  return row.cells[name] ? row.read(name, schema) : undefined;
}

/** An amount in the currency beside it, else in the mapping's. */
function amountOf(row: RowReader, name: string, currency: string) {
  const own = maybe(row, 'currency', currencySchema);
  return { priceMinor: row.read(name, amountCell(own ?? currency)), currency: own ?? currency };
}

const renamed = ({ priceMinor, currency }: { priceMinor: number; currency: string }) => ({
  amountMinor: priceMinor,
  currency,
});

/** By the schema of the API, whose rule about addresses looks at two fields. */
function readEndpoint(row: RowReader) {
  const { severityHint, intervalSeconds, ...texts } = row.cells;
  const given = {
    ...texts,
    severityHint: Number(severityHint),
    intervalSeconds: Number(intervalSeconds),
  };
  const read = endpointInputSchema.safeParse(given);
  if (read.success) return read.data;
  for (const { field, message } of toFieldErrors(read.error)) row.refuse(field, message);
  return given as unknown as z.infer<typeof endpointInputSchema>;
}
