import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Queryable } from '../connect.js';

/** New rows of one table. */
export interface NewRows {
  table: PgTable;
  rows: readonly Record<string, unknown>[];
}

/** New rows, checked against their table. A column that one of them names is null in those that do not. */
export function newRows<Table extends PgTable>(
  table: Table,
  rows: readonly Table['$inferInsert'][],
): NewRows {
  return { table, rows };
}

/**
 * Inserts rows of several tables in one statement, all or none; what refers to another part is checked when the
 * statement ends. The rows of a table are one parameter: a parameter for each value costs more here than the insert
 * does in PostgreSQL.
 */
export async function insertAll(db: Queryable, parts: readonly NewRows[]): Promise<void> {
  const inserts = parts.filter(({ rows }) => rows.length > 0).map(insertSql);
  const last = inserts.pop();
  if (!last) return;
  const before = inserts.map((insert, index) => sql`${sql.raw(`part_${index}`)} as (${insert})`);
  await db.execute(before.length > 0 ? sql`with ${sql.join(before, sql`, `)} ${last}` : last);
}

/** SQL that inserts the rows of one table, as a statement or as a part of one. */
export function insertSql({ table, rows }: NewRows): SQL {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) =>
    rows.some((row) => row[key] !== undefined),
  );
  const name = `"${getTableName(table)}"`;
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const values = rows.map((row) =>
    Object.fromEntries(columns.map(([key, column]) => [column.name, row[key]])),
  );
  return sql`${sql.raw(`insert into ${name} (${names}) select ${names} from jsonb_populate_recordset(null::${name}, `)}${JSON.stringify(values)}::jsonb)`;
}
