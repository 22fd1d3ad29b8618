import { sql } from 'drizzle-orm';
import type { Database, Queryable } from '../db/connect.js';
import { insertNewCustomers, insertNewProducts } from '../db/queries/catalogue.js';
import type { Reason } from '../domain/assessment/shape.js';
import type { Instant } from '../domain/time/shape.js';
import { toHistoricalOrder } from './import-history.js';
import { IMPORT_PARTS, type ImportMapping, type ImportPart } from './import-mapping.js';
import { type ImportedRecords, readImportRecords } from './import-records.js';
import { type ImportTable, readImportTable } from './import-table.js';
import { writeHistory } from './import-write.js';
import { ensurePolicy, loadRules } from './load-rules.js';

/** Of this database alone, beside that of the migrations and that of the watchman. */
export const IMPORT_LOCK = 728_165;

/** What the files hold, and what of it was new. */
export interface ImportSummary {
  orders: number;
  shortOfLeadTime: number;
  large: number;
  red: number;
  new: number;
  changed: number;
  unchanged: number;
  newProducts: number;
  newCustomers: number;
}

/**
 * Imports the order book of another system from a folder of CSV files, as history: every order assessed at its own
 * date by the mapping's rules, closed, never started. All or nothing, in one transaction; a second import of the same
 * files changes nothing. An order that changed in its source is brought up to date; products and customers that are
 * there already stay as people left them. Throws {@link ImportRefused}, see there.
 */
export async function importOrders(
  db: Database,
  { folder, mapping, at }: { folder: string; mapping: ImportMapping; at: Instant },
): Promise<ImportSummary> {
  const tables = Object.fromEntries(
    await Promise.all(
      IMPORT_PARTS.map(async (part) => [part, await readImportTable(folder, mapping, mapping[part])]),
    ),
  ) as Record<ImportPart, ImportTable>;
  const records = readImportRecords(tables, mapping);
  return db.transaction(async (tx) => {
    // Two imports of one source at once would both find the same orders new.
    await tx.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    await ensurePolicy(tx, at);
    const { revision, calendar } = await loadRules(tx);
    const history = records.orders.map((order) => toHistoricalOrder(order, mapping, calendar.zone));
    const catalogue = await writeCatalogue(tx, records, mapping);
    const written = await writeHistory(tx, history, mapping.source, { at, policyRevision: revision });
    const withReason = (code: Reason['code']) =>
      history.filter(({ facts }) => facts.reasons.some((reason) => reason.code === code)).length;
    return {
      orders: history.length,
      shortOfLeadTime: withReason('shortLeadTime'),
      large: withReason('largeAmount'),
      red: history.filter(({ facts }) => facts.red).length,
      ...written,
      ...catalogue,
    };
  });
}

async function writeCatalogue(
  tx: Queryable,
  { products, customers }: ImportedRecords,
  mapping: ImportMapping,
) {
  const { leadTimeKind, unit } = mapping.products;
  const newProducts = await insertNewProducts(
    tx,
    products.map(({ name, ...product }) => ({
      ...product,
      nameZh: name,
      nameEn: name,
      unit,
      leadTimeKind,
      leadTimeDays: mapping.leadTimeDays,
      scalesWithQuantity: mapping.scalesWithQuantity,
      currency: mapping.currency,
    })),
  );
  const newCustomers = await insertNewCustomers(
    tx,
    customers.map((customer) => ({ ...customer, locale: mapping.locale })),
  );
  return { newProducts, newCustomers };
}
