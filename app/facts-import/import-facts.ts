import { randomUUID } from 'node:crypto';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../db/connect.js';
import type { Written } from '../../db/queries/upsert-rows.js';
import { audit } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';
import { IMPORT_LOCK } from '../import-orders.js';
import { ImportRefused } from '../import-refused.js';
import { type ImportTable, readImportTable } from '../import-table.js';
import { ensurePolicy, loadRules } from '../load-rules.js';
import { checkFacts } from './check-facts.js';
import { FACT_PARTS, type FactPart, type FactsMapping } from './facts-mapping.js';
import { readFacts } from './read-facts.js';
import { writeFacts } from './write-facts.js';

/** For each part whose file was read: its rows, and how many of them were new or changed. */
export type FactsSummary = { part: FactPart; rows: number; new: number; changed: number }[];

/**
 * Imports suppliers, stock, purchase orders, shipments, payments and endpoints from a folder of CSV files. All or
 * nothing, in one transaction; each row is known by its natural key, and a second import of the same files changes
 * nothing. What the files do not name stays. Throws {@link ImportRefused} with each wrong cell by file, line and
 * column.
 */
export async function importFacts(
  db: Database,
  { folder, mapping, at }: { folder: string; mapping: FactsMapping; at: Instant },
): Promise<FactsSummary> {
  const tables = await readTables(folder, mapping);
  return db.transaction(async (tx) => {
    // Two imports at once would both find the same rows new.
    await tx.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    await ensurePolicy(tx, at);
    const { calendar } = await loadRules(tx);
    const faults: string[] = [];
    const facts = readFacts(tables, { currency: mapping.currency, zone: calendar.zone }, faults);
    if (faults.length === 0) faults.push(...(await checkFacts(tx, tables, facts)));
    if (faults.length > 0) throw new ImportRefused(faults);
    const written = await writeFacts(tx, facts, { at, today: calendar.localDate(at), tables });
    await writeAudit(tx, written, at);
    return FACT_PARTS.flatMap((part) =>
      tables[part] ? [{ part, rows: tables[part].rows.length, ...written[part] }] : [],
    );
  });
}

/** The files that the mapping names. Throws ImportRefused for one that is missing and may not be, and for none at all. */
async function readTables(
  folder: string,
  mapping: FactsMapping,
): Promise<Partial<Record<FactPart, ImportTable>>> {
  const tables: Partial<Record<FactPart, ImportTable>> = {};
  for (const name of FACT_PARTS) {
    const part = mapping[name];
    if (!part) continue;
    if (mapping.missingFiles === 'passOver' && !(await isThere(join(folder, part.file)))) continue;
    tables[name] = await readImportTable(folder, mapping, part);
  }
  if (Object.keys(tables).length > 0) return tables;
  const [first] = FACT_PARTS.flatMap((name) => mapping[name]?.file ?? []);
  throw new ImportRefused([`${first} is not in ${folder}, nor is any other file of the mapping`]);
}

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function writeAudit(tx: Queryable, written: Record<FactPart, Written>, at: Instant): Promise<void> {
  const changed = Object.entries(written).filter(([, count]) => count.new + count.changed > 0);
  if (changed.length === 0) return;
  await tx.insert(audit).values({
    key: `import/facts/${randomUUID()}`,
    at,
    subject: 'import/facts',
    actor: 'redmark',
    credential: 'import',
    action: 'importFacts',
    detail: Object.fromEntries(changed),
  });
}
