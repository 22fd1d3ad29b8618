import { z } from 'zod';
import type { StockView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import { type FoundStock, type StockFilter, selectStock } from '../../db/queries/stock.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';

const keySchema = z.tuple([textKey, textKey]);

/** Stock by article and warehouse. */
export async function listStock(
  db: Queryable,
  { limit, cursor, ...filter }: PageRequest & StockFilter,
): Promise<Page<StockView>> {
  const rows = await selectStock(db, filter, limit + 1, readCursor(cursor, keySchema));
  return toPage(rows, limit, ({ stock }) => [stock.sku, stock.warehouseId], viewStock);
}

export function viewStock({ stock, warehouseName, nameZh, nameEn, unit, low }: FoundStock): StockView {
  const { warehouseId, sku, onHand, reserved, reorderLevel, countedAt } = stock;
  return {
    warehouse: { id: warehouseId, name: warehouseName },
    sku,
    name: { zh: nameZh, en: nameEn },
    unit,
    onHand,
    reserved,
    available: onHand - reserved,
    reorderLevel,
    low,
    countedAt,
  };
}
