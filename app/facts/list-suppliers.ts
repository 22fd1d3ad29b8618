import { z } from 'zod';
import type { SupplierView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import { findSupplier, type SupplierFilter, selectSuppliers } from '../../db/queries/suppliers.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { AppError } from '../errors.js';
import type { Principal } from '../principal.js';
import { viewSupplier } from './view-supplier.js';

const keySchema = z.tuple([textKey]);

/** Suppliers by number, each with all it offers. */
export async function listSuppliers(
  db: Queryable,
  viewer: Principal,
  { limit, cursor, ...filter }: PageRequest & SupplierFilter,
): Promise<Page<SupplierView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  const rows = await selectSuppliers(db, filter, limit + 1, after);
  return toPage(
    rows,
    limit,
    ({ supplier }) => [supplier.number],
    (row) => viewSupplier(row, viewer),
  );
}

/** One supplier. Throws `not-found`. */
export async function getSupplier(db: Queryable, number: string, viewer: Principal): Promise<SupplierView> {
  const found = await findSupplier(db, number);
  if (!found) throw new AppError('not-found', `there is no supplier ${number}`);
  return viewSupplier(found, viewer);
}
