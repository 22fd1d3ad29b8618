import { findLowStock } from '../../../db/queries/monitor-supply.js';
import type { Collect } from './collector.js';

/** Articles whose available stock is below the reorder level, by warehouse (P14.3, P17.1). */
export const collectStockBelowLevel: Collect = async ({ db, at }) =>
  (await findLowStock(db)).map(({ sku, warehouse, below }) => ({
    at,
    subject: `${sku}@${warehouse}`,
    value: below,
    details: { facts: { skus: [sku], warehouse } },
  }));
