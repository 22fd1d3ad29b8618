import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { products } from '../schema/index.js';
import { containing } from './containing.js';

export interface ProductFilter {
  discontinued?: boolean;
  /** Part of the SKU or of either name. */
  q?: string;
}

export type FoundProduct = typeof products.$inferSelect;

/** A page of products by SKU, after the last one's. */
export function selectProducts(
  db: Queryable,
  { discontinued, q }: ProductFilter,
  limit: number,
  after?: string,
): Promise<FoundProduct[]> {
  const conditions = [
    discontinued === undefined ? undefined : eq(products.discontinued, discontinued),
    q === undefined
      ? undefined
      : or(containing(products.sku, q), containing(products.nameZh, q), containing(products.nameEn, q)),
    after === undefined ? undefined : gt(products.sku, after),
  ];
  return db
    .select()
    .from(products)
    .where(and(...conditions))
    .orderBy(asc(products.sku))
    .limit(limit);
}

export async function findProduct(db: Queryable, sku: string): Promise<FoundProduct | undefined> {
  const [found] = await db.select().from(products).where(eq(products.sku, sku));
  return found;
}
