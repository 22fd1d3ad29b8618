import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { FACT_PARTS, type FactsMapping, factsMappingSchema } from '../app/facts-import/facts-mapping.js';
import { toFieldErrors } from '../app/field-errors.js';
import { IMPORT_PARTS, type ImportMapping, importMappingSchema } from '../app/import-mapping.js';
import { ImportRefused } from '../app/import-refused.js';
import { readImportHeaders } from '../app/import-table.js';

/** A mapping of an order book, or of the facts around it. */
export type AnyMapping = ImportMapping | FactsMapping;

/** Whether a mapping is one of facts: suppliers, stock and so on. */
export const isFactsMapping = (mapping: AnyMapping): mapping is FactsMapping =>
  'kind' in mapping && mapping.kind === 'facts';

/** Reads the mapping file of an order book. Throws {@link ImportRefused} naming each field that is wrong. */
export async function readMapping(path: string): Promise<ImportMapping> {
  return checkMapping(path, await readJson(path), importMappingSchema);
}

/** Reads a mapping file of either kind; throws as {@link readMapping}. */
export async function readAnyMapping(path: string): Promise<AnyMapping> {
  const json = await readJson(path);
  const isFacts = typeof json === 'object' && json !== null && 'kind' in json;
  return isFacts
    ? checkMapping(path, json, factsMappingSchema)
    : checkMapping(path, json, importMappingSchema);
}

async function readJson(path: string): Promise<unknown> {
  const name = basename(path);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ImportRefused([
      error.code === 'ENOENT' ? `there is no mapping file ${path}` : `${error.message}`,
    ]);
  });
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ImportRefused([`${name} is not JSON: ${(error as Error).message}`]);
  }
}

function checkMapping<T>(path: string, json: unknown, schema: z.ZodType<T>): T {
  const name = basename(path);
  const read = schema.safeParse(json);
  if (read.success) return read.data;
  throw new ImportRefused(
    toFieldErrors(read.error, 'the mapping').map(({ field, message }) => `${name}: ${field} ${message}`),
  );
}

/**
 * The first of the mappings in `shippedFolder`, by name, whose files and headers the folder has. Throws
 * {@link ImportRefused} when none fits, with what each lacks.
 */
export async function findMapping(folder: string, shippedFolder: string): Promise<AnyMapping> {
  const names = (await readdir(shippedFolder)).filter((name) => name.endsWith('.json')).sort();
  const lacks: string[] = [];
  for (const name of names) {
    const mapping = await readAnyMapping(join(shippedFolder, name));
    const missing = isFactsMapping(mapping)
      ? await findNone(folder, mapping)
      : await findMissing(folder, mapping);
    if (missing === undefined) return mapping;
    lacks.push(`the ${isFactsMapping(mapping) ? 'facts' : mapping.source} mapping does not fit: ${missing}`);
  }
  throw new ImportRefused([
    `no mapping fits the files in ${folder}; write one and name it with --mapping (docs/import.md says how)`,
    ...lacks,
  ]);
}

/** The first thing that the folder lacks for this mapping. */
async function findMissing(folder: string, mapping: ImportMapping): Promise<string | undefined> {
  for (const part of IMPORT_PARTS) {
    try {
      await readImportHeaders(folder, mapping, mapping[part]);
    } catch (error) {
      if (error instanceof ImportRefused) return error.reasons[0];
      throw error;
    }
  }
  return undefined;
}

/** Nothing where the folder has a file of the mapping and what is there has its headers; else what is wrong. */
async function findNone(folder: string, mapping: FactsMapping): Promise<string | undefined> {
  const there = new Set(await readdir(folder).catch(() => []));
  const parts = FACT_PARTS.flatMap((name) => mapping[name] ?? []).filter(({ file }) => there.has(file));
  if (parts.length === 0) return `none of its files is in ${folder}`;
  for (const part of parts) {
    try {
      await readImportHeaders(folder, mapping, part);
    } catch (error) {
      if (error instanceof ImportRefused) return error.reasons[0];
      throw error;
    }
  }
  return undefined;
}
