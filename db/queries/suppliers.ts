import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import type { Offer, SupplierStanding } from '../../domain/supply/shape.js';
import type { Queryable } from '../connect.js';
import { supplierOffers, suppliers } from '../schema/index.js';
import { containing } from './containing.js';
import { insertAll, newRows } from './insert-all.js';

export interface SupplierFilter {
  standing?: SupplierStanding;
  /** Only those that offer it. */
  sku?: string;
  /** Part of the name, or the number. */
  q?: string;
}

const offers = sql<
  Offer[]
>`(select coalesce(json_agg(json_build_object('sku', o.sku, 'priceMinor', o.price_minor,
    'currency', o.currency, 'leadTimeDays', o.lead_time_days, 'minQuantity', o.min_quantity) order by o.sku), '[]')
  from supplier_offers o where o.supplier_number = ${suppliers.number})`;

const select = (db: Queryable) => db.select({ supplier: suppliers, offers }).from(suppliers);

export type FoundSupplier = Awaited<ReturnType<typeof selectSuppliers>>[number];

/** A page of suppliers by number, after the last one's, each with all it offers. */
export function selectSuppliers(db: Queryable, filter: SupplierFilter, limit: number, after?: string) {
  const { standing, sku, q } = filter;
  const conditions: (SQL | undefined)[] = [
    standing && eq(suppliers.standing, standing),
    sku === undefined
      ? undefined
      : sql`exists (select 1 from ${supplierOffers} o where o.supplier_number = ${suppliers.number} and o.sku = ${sku})`,
    q === undefined ? undefined : or(containing(suppliers.name, q), eq(suppliers.number, q)),
    after === undefined ? undefined : gt(suppliers.number, after),
  ];
  return select(db)
    .where(and(...conditions))
    .orderBy(asc(suppliers.number))
    .limit(limit);
}

export async function findSupplier(db: Queryable, number: string) {
  const [found] = await select(db).where(eq(suppliers.number, number));
  return found;
}

/** Makes a supplier's offers these, no more and no less. */
export async function replaceOffers(db: Queryable, number: string, list: readonly Offer[]): Promise<void> {
  await db.delete(supplierOffers).where(eq(supplierOffers.supplierNumber, number));
  const rows = list.map((offer) => ({ supplierNumber: number, ...offer }));
  await insertAll(db, [newRows(supplierOffers, rows)]);
}
