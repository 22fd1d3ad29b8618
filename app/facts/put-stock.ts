import type { StockView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import { findKnownKeys } from '../../db/queries/known-keys.js';
import { findStock, writeCounts } from '../../db/queries/stock.js';
import type { StockFacts, StockInput } from '../../domain/supply/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { ChangeAnswer } from '../record-change.js';
import { findAhead } from './check-not-ahead.js';
import { viewStock } from './list-stock.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { findMissing, findTwice, refuseFields } from './references.js';

/** Where stock lies. */
export interface StockPlace {
  warehouse: string;
  sku: string;
}

/**
 * States the stock of an article in a warehouse (P14.3). Throws `not-found` for a warehouse or article that is not
 * there, `stale-revision` where a later count is on record, `invalid-input` with the field, `forbidden`.
 */
export function putStock(
  ctx: Pick<AppContext, 'db' | 'now'>,
  { warehouse, sku }: StockPlace,
  request: FactRequest<StockFacts>,
): Promise<ChangeAnswer<StockView>> {
  const { onHand, reserved, reorderLevel = null, countedAt } = request.body;
  const kind = { scope: 'stock', route: `PUT /v1/stock/${warehouse}/${sku}`, action: 'putStock' } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    refuseFields(findAhead('countedAt', countedAt, at));
    await requirePlace(tx, { warehouse, sku });
    const count = { warehouse, sku, onHand, reserved, reorderLevel, countedAt: countedAt ?? at };
    const [written] = await writeCounts(tx, [count]);
    const found = await findStock(tx, warehouse, sku);
    if (!found) throw new Error(`stock of ${sku} in ${warehouse} was written and is not there`);
    if (found.stock.countedAt > count.countedAt) {
      throw new AppError('stale-revision', `a count of ${found.stock.countedAt} is on record`);
    }
    return {
      status: written?.isNew ? 201 : 200,
      view: viewStock(found),
      subject: `stock/${warehouse}/${sku}`,
      detail: { onHand, reserved, reorderLevel },
    };
  });
}

async function requirePlace(tx: Queryable, { warehouse, sku }: StockPlace): Promise<void> {
  const [places, products] = [
    await findKnownKeys(tx, 'warehouse', [warehouse]),
    await findKnownKeys(tx, 'product', [sku]),
  ];
  if (!places.has(warehouse)) throw new AppError('not-found', `there is no warehouse ${warehouse}`);
  if (!products.has(sku)) throw new AppError('not-found', `there is no product ${sku}`);
}

/**
 * Writes counts as a warehouse system sends them; gives how many were new or changed. Throws `invalid-input` with each
 * wrong field, the fields beginning with `field`.
 */
export async function takeCounts(
  tx: Queryable,
  counts: readonly StockInput[],
  at: Instant,
  field: string,
): Promise<number> {
  refuseFields([
    ...findTwice(
      counts,
      ({ warehouse, sku }) => `${warehouse} ${sku}`,
      (index) => `${field}.${index}.sku`,
    ),
    ...counts.flatMap(({ countedAt }, index) => findAhead(`${field}.${index}.countedAt`, countedAt, at)),
    ...(await findMissing(
      tx,
      counts.flatMap(({ warehouse, sku }, index) => [
        { kind: 'warehouse', key: warehouse, field: `${field}.${index}.warehouse` },
        { kind: 'product', key: sku, field: `${field}.${index}.sku` },
      ]),
    )),
  ]);
  const written = await writeCounts(
    tx,
    counts.map((count) => ({ ...count, countedAt: count.countedAt ?? at })),
  );
  return written.length;
}
