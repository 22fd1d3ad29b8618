import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type FactsSummary, importFacts } from '../app/facts-import/import-facts.js';
import { type ImportSummary, importOrders } from '../app/import-orders.js';
import { ImportRefused } from '../app/import-refused.js';
import { connectDatabase } from '../db/connect.js';
import { describeFailure } from './describe-failure.js';
import { findDatabase } from './find-database.js';
import { findMapping, isFactsMapping, readAnyMapping } from './read-mapping.js';

const usage = 'Usage: npm run import -- <folder> [--mapping FILE]';

export interface ImportCall {
  args: string[];
  /** The folder that relative paths begin at. */
  calledIn: string;
  env: Readonly<Record<string, string>>;
  /** `run.json` of the instance, if one runs. */
  runFile: string;
  /** The folder of the mappings that come with Redmark. */
  shippedMappings: string;
}

/**
 * The import command: gives the text to print. Throws {@link ImportRefused} with what a person can put right; nothing
 * was imported then.
 */
export async function runImport({
  args,
  calledIn,
  env,
  runFile,
  shippedMappings,
}: ImportCall): Promise<string> {
  const { folder: given, mapping: mappingGiven } = readArguments(args);
  const folder = resolve(calledIn, given);
  const mapping = mappingGiven
    ? await readAnyMapping(resolve(calledIn, mappingGiven))
    : await findMapping(folder, shippedMappings);
  const database = await findDatabase(runFile, env);
  if (!database) {
    throw new ImportRefused(['There is no database: start Redmark with "npm start", or set DATABASE_URL.']);
  }
  const db = connectDatabase(database.url, 1);
  try {
    const at = new Date().toISOString();
    return isFactsMapping(mapping)
      ? composeFacts(await importFacts(db, { folder, mapping, at }))
      : composeSummary(await importOrders(db, { folder, mapping, at }));
  } catch (error) {
    throw describeFailure(error, database.named);
  } finally {
    await db.$client.end();
  }
}

function readArguments(args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { mapping: { type: 'string' } },
      allowPositionals: true,
    });
    const [folder] = positionals;
    if (folder !== undefined && positionals.length === 1) return { folder, mapping: values.mapping };
  } catch {
    // An option that is not known: the usage says which are.
  }
  throw new ImportRefused([usage]);
}

function composeSummary(summary: ImportSummary): string {
  const { orders, shortOfLeadTime, large, red, changed, unchanged, newProducts, newCustomers } = summary;
  return [
    `${orders} orders, ${shortOfLeadTime} short of lead time, ${large} large, ${red} red`,
    `${summary.new} new, ${changed} changed, ${unchanged} unchanged`,
    `${newProducts} new products, ${newCustomers} new customers`,
    '',
  ].join('\n');
}

function composeFacts(summary: FactsSummary): string {
  const lines = summary.map(({ part, rows, changed, ...count }) => {
    const unchanged = rows - count.new - changed;
    return `${part}: ${rows} rows, ${count.new} new, ${changed} changed, ${unchanged} unchanged`;
  });
  return [...lines, ''].join('\n');
}
