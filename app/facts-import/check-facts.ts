import type { Queryable } from '../../db/connect.js';
import { findKnownKeys, type ReferenceKind } from '../../db/queries/known-keys.js';
import { findTracked } from '../../db/queries/shipments.js';
import type { ReadRow } from '../import-rows.js';
import type { ImportTable } from '../import-table.js';
import type { FactPart } from './facts-mapping.js';
import type { FactRecord, ReadFacts } from './read-facts.js';

type Tables = Partial<Record<FactPart, ImportTable>>;
type NaturalKeys = { [Part in FactPart]: (record: FactRecord<Part>) => string };

/** What makes a row the same row at the next import. */
const NATURAL_KEYS: NaturalKeys = {
  warehouses: ({ id }) => id,
  suppliers: ({ number }) => number,
  offers: ({ supplier, sku }) => `${supplier} ${sku}`,
  stock: ({ warehouse, sku }) => `${warehouse} ${sku}`,
  purchaseOrders: ({ number }) => number,
  purchaseLines: ({ purchaseOrder, line }) => `${purchaseOrder}/${line}`,
  purchaseWaits: (wait) => `${wait.purchaseOrder}/${wait.line} ${wait.order}/${wait.orderLine}`,
  receipts: ({ purchaseOrder, line, reference }) => `${purchaseOrder}/${line} ${reference}`,
  shipments: ({ carrier, trackingNumber }) => `${carrier} ${trackingNumber}`,
  scans: ({ carrier, trackingNumber, at, code }) => `${carrier} ${trackingNumber} ${at} ${code}`,
  payments: ({ provider, reference }) => `${provider} ${reference}`,
  endpoints: ({ id }) => id,
};

interface Named {
  kind: ReferenceKind | 'shipment';
  key: string;
  /** The mapping's name of the column that says it. */
  column: string;
}

/** What the rows of each part refer to. */
const REFERENCES: { [Part in FactPart]?: (record: FactRecord<Part>) => Named[] } = {
  offers: ({ supplier, sku }) => [named('supplier', supplier), named('product', sku, 'sku')],
  stock: ({ warehouse, sku }) => [named('warehouse', warehouse), named('product', sku, 'sku')],
  purchaseOrders: ({ supplier, warehouse }) => [
    named('supplier', supplier),
    ...(warehouse === undefined ? [] : [named('warehouse', warehouse)]),
  ],
  purchaseLines: ({ purchaseOrder, sku }) => [
    named('purchaseOrder', purchaseOrder),
    named('product', sku, 'sku'),
  ],
  purchaseWaits: ({ purchaseOrder, line, order, orderLine }) => [
    named('purchaseLine', `${purchaseOrder}/${line}`, 'line'),
    named('orderLine', `${order}/${orderLine}`),
  ],
  receipts: ({ purchaseOrder, line }) => [named('purchaseLine', `${purchaseOrder}/${line}`, 'line')],
  shipments: ({ order, warehouse }) => [named('order', order), named('warehouse', warehouse)],
  scans: ({ carrier, trackingNumber }) => [
    named('shipment', `${carrier} ${trackingNumber}`, 'trackingNumber'),
  ],
  payments: ({ order }) => [named('order', order)],
  endpoints: ({ owner }) => [named('person', owner, 'owner')],
};

function named(kind: Named['kind'], key: string, column: string = kind): Named {
  return { kind, key, column };
}

/**
 * A sentence for each row whose key stands twice and each cell that names something neither on record nor in the files.
 */
export async function checkFacts(tx: Queryable, tables: Tables, facts: ReadFacts): Promise<string[]> {
  const faults: string[] = [];
  const wanted: (Named & { say: (message: string) => void })[] = [];
  for (const [name, rows] of Object.entries(facts) as [FactPart, ReadRow<never>[]][]) {
    const table = tables[name];
    if (!table) continue;
    const keyOf = NATURAL_KEYS[name] as (record: never) => string;
    const refer = REFERENCES[name] as ((record: never) => Named[]) | undefined;
    const seen = new Set<string>();
    for (const { row, record } of rows) {
      const key = keyOf(record);
      if (seen.has(key)) faults.push(`${table.file}:${row.line}: ${key} stands twice`);
      seen.add(key);
      for (const reference of refer?.(record) ?? []) {
        const { column } = reference;
        const say = (message: string) =>
          faults.push(
            `${table.file}:${row.line}: ${table.columns[column] ?? column} ${JSON.stringify(row.cells[column] ?? '')} ${message}`,
          );
        wanted.push({ ...reference, say });
      }
    }
  }
  const known = await findKnown(tx, wanted, facts);
  for (const { kind, key, say } of wanted) if (!known.get(kind)?.has(key)) say('is not known');
  return faults;
}

const OWN: Partial<Record<Named['kind'], FactPart>> = {
  warehouse: 'warehouses',
  supplier: 'suppliers',
  purchaseOrder: 'purchaseOrders',
  purchaseLine: 'purchaseLines',
  shipment: 'shipments',
};

async function findKnown(tx: Queryable, wanted: readonly Named[], facts: ReadFacts) {
  const known = new Map<Named['kind'], Set<string>>();
  for (const kind of new Set(wanted.map((one) => one.kind))) {
    const part = OWN[kind];
    const keyOf = part && (NATURAL_KEYS[part] as (record: never) => string);
    const own = part ? facts[part].map(({ record }) => keyOf?.(record as never) ?? '') : [];
    const keys = wanted.filter((one) => one.kind === kind).map(({ key }) => key);
    const rest = keys.filter((key) => !own.includes(key));
    known.set(kind, new Set([...own, ...(await findOnRecord(tx, kind, rest))]));
  }
  return known;
}

async function findOnRecord(tx: Queryable, kind: Named['kind'], keys: string[]): Promise<Iterable<string>> {
  if (kind !== 'shipment') return findKnownKeys(tx, kind, keys);
  const tracked = keys.map((key) => {
    const [carrier = '', trackingNumber = ''] = key.split(' ');
    return { carrier, trackingNumber };
  });
  return (await findTracked(tx, tracked)).keys();
}
