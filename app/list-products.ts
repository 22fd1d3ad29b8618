import { z } from 'zod';
import type { ProductView } from '../contracts/http-company.js';
import type { Queryable } from '../db/connect.js';
import {
  type FoundProduct,
  findProduct,
  type ProductFilter,
  selectProducts,
} from '../db/queries/products.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';
import { AppError } from './errors.js';
import { loadRules } from './load-rules.js';

const keySchema = z.tuple([textKey]);

export type ListProductsRequest = PageRequest & ProductFilter;

/** Products by SKU, each with its normal lead time by the policy in force. */
export async function listProducts(
  db: Queryable,
  { limit, cursor, ...filter }: ListProductsRequest,
): Promise<Page<ProductView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  const [rows, daysByKind] = await Promise.all([
    selectProducts(db, filter, limit + 1, after),
    readLeadTimes(db),
  ]);
  return toPage(
    rows,
    limit,
    ({ sku }) => [sku],
    (row) => toProductView(row, daysByKind),
  );
}

/** One product. Throws `not-found`. */
export async function getProduct(db: Queryable, sku: string): Promise<ProductView> {
  const [found, daysByKind] = await Promise.all([findProduct(db, sku), readLeadTimes(db)]);
  if (!found) throw new AppError('not-found', `there is no product ${sku}`);
  return toProductView(found, daysByKind);
}

async function readLeadTimes(db: Queryable) {
  return (await loadRules(db)).policy.assessment.leadTime.daysByKind;
}

function toProductView(
  { nameZh, nameEn, leadTimeDays, createdAt: _, ...product }: FoundProduct,
  daysByKind: Awaited<ReturnType<typeof readLeadTimes>>,
): ProductView {
  return {
    ...product,
    name: { zh: nameZh, en: nameEn },
    normalLeadTimeDays: leadTimeDays ?? daysByKind[product.leadTimeKind],
  };
}
