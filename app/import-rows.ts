import type { z } from 'zod';
import { toFieldErrors } from './field-errors.js';
import type { ImportRow, ImportTable } from './import-table.js';

/** Reads one row of a file. */
export interface RowReader {
  cells: ImportRow['cells'];
  /** The cell of a mapped name by its schema; of a name that is not mapped, as if it were empty. */
  read<T>(name: string, schema: z.ZodType<T>): T;
  refuse(name: string, message: string): void;
}

/** A record and the row it was read from. */
export type ReadRow<T> = { row: ImportRow; record: T };

/** Reads each row; a row with a bad cell becomes sentences instead of a record. */
export function readRows<T>(table: ImportTable, faults: string[], make: (row: RowReader) => T): ReadRow<T>[] {
  return table.rows.flatMap((row) => {
    let isBad = false;
    const refuse = (name: string, message: string) => {
      isBad = true;
      const shown = JSON.stringify((row.cells[name] ?? '').slice(0, 60));
      faults.push(`${table.file}:${row.line}: ${table.columns[name] ?? name} ${shown} ${message}`);
    };
    function read<V>(name: string, schema: z.ZodType<V>): V {
      const result = schema.safeParse(row.cells[name] ?? '');
      if (result.success) return result.data;
      refuse(name, toFieldErrors(result.error)[0]?.message ?? 'cannot be read');
      // The row is dropped below; nothing sees this.
      return undefined as V;
    }
    const record = make({ cells: row.cells, read, refuse });
    return isBad ? [] : [{ row, record }];
  });
}
