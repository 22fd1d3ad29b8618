import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { ImportRefused } from './import-refused.js';

/** A row of a file: the mapping's names to what stands in the cell, trimmed and on one line; `line` is where it begins. */
export interface ImportRow {
  line: number;
  cells: Readonly<Record<string, string>>;
}

export interface ImportTable {
  file: string;
  /** The mapping's names to the file's own headers. */
  columns: Readonly<Record<string, string>>;
  rows: ImportRow[];
}

/** How the files of a mapping are written. */
export interface ImportFormat {
  encoding: 'utf-8' | 'gb18030';
  delimiter: string;
}

/** One file of a mapping, and which of its headers holds what; a name without a header is not in it. */
export interface ImportFile {
  file: string;
  columns: Readonly<Record<string, string | undefined>>;
}

interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

/**
 * Reads one file of the mapping. CRLF, a byte-order mark, quotes and empty lines are understood. Throws
 * {@link ImportRefused} when the file is missing, not of the encoding, not CSV, or lacks a column that is mapped.
 */
export async function readImportTable(
  folder: string,
  format: ImportFormat,
  part: ImportFile,
): Promise<ImportTable> {
  const { file } = part;
  const [head, ...records] = await readRecords(folder, file, format);
  const { headers, columns } = matchHeaders(head?.record ?? [], part);
  const faults: string[] = [];
  const places = Object.entries(columns).map(([name, header]) => [name, headers.indexOf(header)] as const);
  const rows = records.map(({ record, info }) => {
    const line = info.lines - record.join('').split('\n').length + 1;
    if (record.length !== headers.length) {
      faults.push(`${file}:${line}: has ${record.length} cells where the head has ${headers.length}`);
    }
    return { line, cells: Object.fromEntries(places.map(([name, at]) => [name, oneLine(record[at] ?? '')])) };
  });
  if (faults.length > 0) throw new ImportRefused(faults);
  return { file, columns, rows };
}

const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ');

/** Checks that a file has the columns that are mapped, without its rows; throws as {@link readImportTable}. */
export async function readImportHeaders(
  folder: string,
  format: ImportFormat,
  part: ImportFile,
): Promise<void> {
  const [head] = await readRecords(folder, part.file, format, 1);
  matchHeaders(head?.record ?? [], part);
}

function matchHeaders(head: string[], { file, columns: mapped }: ImportFile) {
  const columns: Record<string, string> = Object.fromEntries(
    Object.entries(mapped).flatMap(([name, header]) => (header === undefined ? [] : [[name, header]])),
  );
  const headers = head.map((header) => header.trim());
  const missing = Object.values(columns).filter((header) => !headers.includes(header));
  if (missing.length > 0) throw new ImportRefused(missing.map((header) => `${file} has no column ${header}`));
  return { headers, columns };
}

async function readRecords(
  folder: string,
  file: string,
  { encoding, delimiter }: ImportFormat,
  atMost?: number,
): Promise<ParsedRecord[]> {
  const text = await readText(folder, file, encoding);
  try {
    // One kind of line end, or the parser counts those within quotes twice.
    const parsed: unknown = parse(text.replace(/\r\n?/g, '\n'), {
      delimiter,
      bom: true,
      info: true,
      skip_empty_lines: true,
      relax_column_count: true,
      to: atMost,
    });
    return parsed as ParsedRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? `:${error.lines}` : '';
    throw new ImportRefused([`${file}${line}: is not CSV: ${error.message}`]);
  }
}

async function readText(folder: string, file: string, encoding: string): Promise<string> {
  const bytes = await readFile(join(folder, file)).catch((error: NodeJS.ErrnoException) => {
    const missing = error.code === 'ENOENT' || error.code === 'ENOTDIR';
    throw new ImportRefused([
      `${file} ${missing ? `is not in ${folder}` : `cannot be read: ${error.message}`}`,
    ]);
  });
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new ImportRefused([`${file} is not ${encoding}: the mapping's "encoding" may be utf-8 or gb18030`]);
  }
}
