import { type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Queryable } from '../connect.js';
import {
  endpoints,
  orderLines,
  orders,
  people,
  products,
  purchaseOrderLines,
  purchaseOrders,
  suppliers,
  warehouses,
} from '../schema/index.js';
import { inChunks } from './in-chunks.js';

const TABLES = {
  product: { table: products, key: products.sku },
  supplier: { table: suppliers, key: suppliers.number },
  warehouse: { table: warehouses, key: warehouses.id },
  order: { table: orders, key: orders.number },
  orderLine: { table: orderLines, key: sql<string>`${orderLines.orderNumber} || '/' || ${orderLines.line}` },
  purchaseLine: {
    table: purchaseOrderLines,
    key: sql<string>`${purchaseOrderLines.purchaseOrder} || '/' || ${purchaseOrderLines.line}`,
  },
  purchaseOrder: { table: purchaseOrders, key: purchaseOrders.number },
  person: { table: people, key: people.id },
  endpoint: { table: endpoints, key: endpoints.id },
} satisfies Record<string, { table: PgTable; key: PgColumn | SQL<string> }>;

/** Something that a row can refer to; a line by `SO-20261124-0001/1`. */
export type ReferenceKind = keyof typeof TABLES;

/** Those of `keys` that are there. */
export async function findKnownKeys(
  db: Queryable,
  kind: ReferenceKind,
  keys: Iterable<string>,
): Promise<Set<string>> {
  const { table, key } = TABLES[kind];
  const found = await inChunks([...new Set(keys)], (chunk) =>
    db
      .select({ key: sql<string>`${key}` })
      .from(table as PgTable)
      .where(hasLine(kind) ? anyLine(kind, chunk) : sql`${key} = any(${sql.param(chunk)}::text[])`),
  );
  return new Set(found.map((row) => row.key));
}

const LINES = {
  orderLine: [orderLines.orderNumber, orderLines.line],
  purchaseLine: [purchaseOrderLines.purchaseOrder, purchaseOrderLines.line],
} as const;

const hasLine = (kind: ReferenceKind): kind is keyof typeof LINES => Object.hasOwn(LINES, kind);

/** By the table's own key, which an expression over its two columns would not use. */
function anyLine(kind: keyof typeof LINES, keys: string[]): SQL {
  const [number, line] = LINES[kind];
  const parts = keys.map((key) => key.split('/'));
  const numbers = parts.map(([one]) => one);
  const lines = parts.map(([, one]) => Number(one));
  return sql`(${number}, ${line}) in
    (select * from unnest(${sql.param(numbers)}::text[], ${sql.param(lines)}::int[]))`;
}
