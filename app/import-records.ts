import { type Address, addressSchema } from '../domain/address/shape.js';
import { skuSchema } from '../domain/order/shape.js';
import { lineText, mailAddressSchema, phoneSchema } from '../domain/text/shape.js';
import type { LocalDate } from '../domain/time/shape.js';
import { toFieldErrors } from './field-errors.js';
import { amountCell, dateCell, discountCell, flagCell, quantityCell } from './import-cells.js';
import type { ImportMapping, ImportPart } from './import-mapping.js';
import { ImportRefused } from './import-refused.js';
import { type ReadRow, type RowReader, readRows } from './import-rows.js';
import type { ImportRow, ImportTable } from './import-table.js';

export interface ImportedProduct {
  sku: string;
  name: string;
  priceMinor: number;
  discontinued: boolean;
}

export interface ImportedCustomer {
  id: string;
  name: string;
  email: string | null;
  phone: string | null;
}

export interface ImportedLine {
  sku: string;
  quantity: number;
  unitPriceMinor: number;
  discountBp: number;
}

export interface ImportedOrder {
  /** `<source>/<id>`, as the other system numbers it. */
  importKey: string;
  customerId: string;
  customerReference: string;
  orderedOn: LocalDate;
  requestedDelivery: LocalDate;
  shippedOn: LocalDate | null;
  shipTo: Address;
  lines: ImportedLine[];
}

export interface ImportedRecords {
  products: ImportedProduct[];
  customers: ImportedCustomer[];
  orders: ImportedOrder[];
}

/**
 * Rows as products, customers and orders with their lines. Throws {@link ImportRefused} naming each bad cell by file,
 * line and column, an id that stands twice, and a reference to a row that is not there.
 */
export function readImportRecords(
  tables: Record<ImportPart, ImportTable>,
  mapping: ImportMapping,
): ImportedRecords {
  const faults: string[] = [];
  const idOf = (id: string) => `${mapping.source}-${id}`;
  const id = lineText(50);

  const products = readRows(tables.products, faults, ({ read }) => ({
    sku: idOf(read('id', skuSchema.pipe(id))),
    name: read('name', lineText(200)),
    priceMinor: read('price', amountCell(mapping.currency)),
    discontinued: read('discontinued', flagCell),
  }));
  const customers = readRows(tables.customers, faults, ({ read, cells }) => ({
    id: idOf(read('id', id)),
    name: read('name', lineText(200)),
    email: cells.email ? read('email', mailAddressSchema) : null,
    phone: readPhone(cells.phone),
  }));
  const orders = readRows(tables.orders, faults, ({ read, cells, refuse }) => {
    const key = read('id', id);
    const orderedOn = read('orderedOn', dateCell);
    const requestedDelivery = read('requestedDelivery', dateCell);
    if (requestedDelivery < orderedOn) refuse('requestedDelivery', `must not be before ${orderedOn}`);
    return {
      importKey: `${mapping.source}/${key}`,
      customerId: idOf(read('customer', id)),
      customerReference: key,
      orderedOn,
      requestedDelivery,
      shippedOn: cells.shippedOn ? read('shippedOn', dateCell) : null,
      shipTo: readAddress(cells, mapping, refuse),
      lines: [] as ImportedLine[],
    };
  });
  const lines = readRows(tables.lines, faults, ({ read }) => ({
    order: `${mapping.source}/${read('order', id)}`,
    sku: idOf(read('product', id)),
    quantity: read('quantity', quantityCell),
    unitPriceMinor: read('unitPrice', amountCell(mapping.currency)),
    discountBp: read('discount', discountCell(mapping.lines.discountAs)),
  }));

  const productsBySku = index(tables.products, products, ({ sku }) => sku, faults);
  const customersById = index(tables.customers, customers, (customer) => customer.id, faults);
  const ordersByKey = index(tables.orders, orders, ({ importKey }) => importKey, faults);
  for (const { row, record } of orders) {
    if (!customersById.has(record.customerId))
      faults.push(unknown(tables.orders, row, 'customer', tables.customers));
  }
  for (const { row, record } of lines) {
    const { order: key, ...line } = record;
    const order = ordersByKey.get(key);
    if (!order) faults.push(unknown(tables.lines, row, 'order', tables.orders));
    else order.lines.push(line);
    if (!productsBySku.has(line.sku)) faults.push(unknown(tables.lines, row, 'product', tables.products));
  }
  for (const { row, record } of orders) {
    if (record.lines.length === 0) {
      faults.push(`${tables.orders.file}:${row.line}: has no line in ${tables.lines.file}`);
    }
  }
  if (faults.length > 0) throw new ImportRefused(faults);
  return {
    products: [...productsBySku.values()],
    customers: [...customersById.values()],
    orders: [...ordersByKey.values()],
  };
}

function index<T>(table: ImportTable, records: ReadRow<T>[], keyOf: (record: T) => string, faults: string[]) {
  const byKey = new Map<string, T>();
  for (const { row, record } of records) {
    const key = keyOf(record);
    if (byKey.has(key))
      faults.push(`${table.file}:${row.line}: ${table.columns.id} ${row.cells.id} stands twice`);
    else byKey.set(key, record);
  }
  return byKey;
}

const unknown = (table: ImportTable, row: ImportRow, name: string, of: ImportTable) =>
  `${table.file}:${row.line}: ${table.columns[name]} ${row.cells[name]} is not in ${of.file}`;

/** As it would be stored of a new order where it can be, so that the customer is found by it; else as it is written. */
function readPhone(text: string | undefined): string | null {
  if (!text) return null;
  const read = phoneSchema.safeParse(text);
  return read.success ? read.data : text.slice(0, 40);
}

/** Which cell a field of the address comes from. */
const ADDRESS_CELLS: Record<string, string> = {
  name: 'shipName',
  line1: 'shipLine1',
  city: 'shipCity',
  region: 'shipRegion',
  postalCode: 'shipPostalCode',
  country: 'shipCountry',
};

function readAddress(
  cells: ImportRow['cells'],
  mapping: ImportMapping,
  refuse: RowReader['refuse'],
): Address {
  const given = Object.entries(ADDRESS_CELLS)
    .map(([field, name]) => [field, cells[name]] as const)
    .filter(([, text]) => text);
  const fields: Record<string, string | undefined> = Object.fromEntries(given);
  const country = fields.country ?? '';
  fields.country = Object.hasOwn(mapping.countries, country) ? mapping.countries[country] : country;
  const read = addressSchema.safeParse(fields);
  if (read.success) return read.data;
  for (const { field, message } of toFieldErrors(read.error)) {
    const hint = field === 'country' ? `${message}, or have an entry in the mapping's countries` : message;
    refuse(ADDRESS_CELLS[field] ?? field, hint);
  }
  return fields as Address;
}
