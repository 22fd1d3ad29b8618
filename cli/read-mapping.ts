import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { toFieldErrors } from '../app/field-errors.js';
import { IMPORT_PARTS, type ImportMapping, importMappingSchema } from '../app/import-mapping.js';
import { ImportRefused } from '../app/import-refused.js';
import { readImportHeaders } from '../app/import-table.js';

/** Reads a mapping file. Throws {@link ImportRefused} naming each field that is wrong. */
export async function readMapping(path: string): Promise<ImportMapping> {
  const name = basename(path);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new ImportRefused([
      error.code === 'ENOENT' ? `there is no mapping file ${path}` : `${error.message}`,
    ]);
  });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new ImportRefused([`${name} is not JSON: ${(error as Error).message}`]);
  }
  const read = importMappingSchema.safeParse(json);
  if (read.success) return read.data;
  throw new ImportRefused(
    toFieldErrors(read.error, 'the mapping').map(({ field, message }) => `${name}: ${field} ${message}`),
  );
}

/**
 * The first of the mappings in `shippedFolder`, by name, whose files and headers the folder has. Throws
 * {@link ImportRefused} when none fits, with what each lacks.
 */
export async function findMapping(folder: string, shippedFolder: string): Promise<ImportMapping> {
  const names = (await readdir(shippedFolder)).filter((name) => name.endsWith('.json')).sort();
  const lacks: string[] = [];
  for (const name of names) {
    const mapping = await readMapping(join(shippedFolder, name));
    const missing = await findMissing(folder, mapping);
    if (missing === undefined) return mapping;
    lacks.push(`the ${mapping.source} mapping does not fit: ${missing}`);
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
      await readImportHeaders(folder, mapping, part);
    } catch (error) {
      if (error instanceof ImportRefused) return error.reasons[0];
      throw error;
    }
  }
  return undefined;
}
