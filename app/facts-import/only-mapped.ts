import type { ImportTable } from '../import-table.js';

/**
 * The fields of a record whose columns are mapped: what has no column stays on record as people left it. An empty cell
 * is what `empty` says, else null.
 */
export function onlyMapped(
  table: ImportTable | undefined,
  record: object,
  empty: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => table?.columns[name] !== undefined)
      .map(([name, value]) => [name, value ?? empty[name] ?? null]),
  );
}
