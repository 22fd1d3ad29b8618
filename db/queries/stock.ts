import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { products, stock, warehouses } from '../schema/index.js';
import { insertSql, newRows } from './insert-all.js';

export interface StockFilter {
  warehouse?: string;
  sku?: string;
  /** Whether less is available than the reorder level; what has no level is never low. */
  low?: boolean;
}

export const isLow = sql<boolean>`coalesce(${stock.onHand} - ${stock.reserved} < ${stock.reorderLevel}, false)`;

const select = (db: Queryable) =>
  db
    .select({
      stock,
      warehouseName: warehouses.name,
      nameZh: products.nameZh,
      nameEn: products.nameEn,
      unit: products.unit,
      low: isLow,
    })
    .from(stock)
    .innerJoin(warehouses, eq(warehouses.id, stock.warehouseId))
    .innerJoin(products, eq(products.sku, stock.sku));

export type FoundStock = Awaited<ReturnType<typeof selectStock>>[number];

/** A page of stock by article and warehouse, after the last one's. */
export function selectStock(
  db: Queryable,
  { warehouse, sku, low }: StockFilter,
  limit: number,
  after?: readonly [sku: string, warehouse: string],
) {
  const conditions: (SQL | undefined)[] = [
    warehouse === undefined ? undefined : eq(stock.warehouseId, warehouse),
    sku === undefined ? undefined : eq(stock.sku, sku),
    low === undefined ? undefined : sql`${isLow} = ${low}`,
    after && sql`(${stock.sku}, ${stock.warehouseId}) > (${after[0]}, ${after[1]})`,
  ];
  return select(db)
    .where(and(...conditions))
    .orderBy(asc(stock.sku), asc(stock.warehouseId))
    .limit(limit);
}

export async function findStock(db: Queryable, warehouse: string, sku: string) {
  const [found] = await select(db).where(and(eq(stock.warehouseId, warehouse), eq(stock.sku, sku)));
  return found;
}

export interface StockCount {
  warehouse: string;
  sku: string;
  onHand: number;
  reserved: number;
  /** Undefined: the level on record stays. Null: none. */
  reorderLevel?: number | null;
  countedAt: Instant;
}

/**
 * Writes counts, each place once; one older than the count on record changes nothing. Gives the places that were new or
 * changed.
 */
export async function writeCounts(db: Queryable, counts: readonly StockCount[]) {
  const stated = counts.filter((count) => count.reorderLevel !== undefined);
  const unstated = counts.filter((count) => count.reorderLevel === undefined);
  return [
    ...(await upsert(db, stated, sql`excluded.reorder_level`)),
    // A level that is not stated is null in the row that is proposed: the one on record stays.
    ...(await upsert(db, unstated, sql`${stock.reorderLevel}`)),
  ];
}

async function upsert(db: Queryable, counts: readonly StockCount[], level: SQL) {
  if (counts.length === 0) return [];
  // In one order always, so that two batches never wait for each other.
  const sorted = [...counts].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const rows = sorted.map(({ warehouse, ...count }) => ({ warehouseId: warehouse, ...count }));
  const written = await db.execute<{ warehouse: string; sku: string; isNew: boolean }>(sql`
    ${insertSql(newRows(stock, rows))}
    on conflict (warehouse_id, sku) do update set on_hand = excluded.on_hand, reserved = excluded.reserved,
      reorder_level = ${level}, counted_at = excluded.counted_at
    where excluded.counted_at >= stock.counted_at
      and (stock.on_hand, stock.reserved, stock.reorder_level, stock.counted_at)
        is distinct from (excluded.on_hand, excluded.reserved, ${level}, excluded.counted_at)
    returning warehouse_id warehouse, sku, xmax = 0 "isNew"`);
  return written.rows;
}

const placeOf = ({ warehouse, sku }: StockCount) => `${warehouse} ${sku}`;
