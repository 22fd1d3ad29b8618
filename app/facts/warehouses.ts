import { asc, gt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { WarehouseView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import { warehouses } from '../../db/schema/index.js';
import type { WarehouseFacts } from '../../domain/supply/shape.js';
import type { AppContext } from '../context.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import type { ChangeAnswer } from '../record-change.js';
import { type FactRequest, recordFact } from './record-fact.js';

const keySchema = z.tuple([textKey]);

/** Warehouses by id. */
export async function listWarehouses(
  db: Queryable,
  { limit, cursor }: PageRequest,
): Promise<Page<WarehouseView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  const rows = await db
    .select()
    .from(warehouses)
    .where(after === undefined ? undefined : gt(warehouses.id, after))
    .orderBy(asc(warehouses.id))
    .limit(limit + 1);
  return toPage(
    rows,
    limit,
    ({ id }) => [id],
    (row) => row,
  );
}

/** Adds a warehouse, or replaces what is known of it. Throws `forbidden`. */
export function putWarehouse(
  ctx: Pick<AppContext, 'db' | 'now'>,
  id: string,
  request: FactRequest<WarehouseFacts>,
): Promise<ChangeAnswer<WarehouseView>> {
  const kind = { scope: 'stock', route: `PUT /v1/warehouses/${id}`, action: 'putWarehouse' } as const;
  return recordFact(ctx, kind, request, async (tx) => {
    const row = { id, ...request.body, region: request.body.region ?? null };
    const [written] = await tx
      .insert(warehouses)
      .values(row)
      .onConflictDoUpdate({ target: warehouses.id, set: row })
      .returning({ isNew: sql<boolean>`xmax = 0` });
    return {
      status: written?.isNew ? 201 : 200,
      view: row,
      subject: `warehouse/${id}`,
      detail: { city: row.city, region: row.region },
    };
  });
}
