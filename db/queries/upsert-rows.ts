import { getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Queryable } from '../connect.js';
import { inChunks } from './in-chunks.js';

/** How many rows were new, and how many were changed; the others stood as they are. */
export interface Written {
  new: number;
  changed: number;
}

/**
 * Adds rows, or gives those that are there (by the columns of `key`) what these say; a row that says nothing new is left
 * alone. `onInsert` is what a new row has besides, `onChange` what a row gets when it changes. All rows have the same
 * columns, each key once.
 */
export async function upsertRows<Table extends PgTable>(
  db: Queryable,
  table: Table,
  rows: readonly Partial<Table['$inferInsert']>[],
  options: {
    key: readonly PgColumn[];
    onInsert?: Partial<Table['$inferInsert']>;
    onChange?: Partial<Table['$inferInsert']>;
  },
): Promise<Written> {
  const [first] = rows;
  if (!first) return { new: 0, changed: 0 };
  const stated = Object.entries(getTableColumns(table)).filter(
    ([name, column]) => Object.hasOwn(first, name) && !options.key.includes(column),
  );
  const excluded = (column: PgColumn) => sql`excluded.${sql.identifier(column.name)}`;
  const set: Record<string, unknown> = {
    ...Object.fromEntries(stated.map(([name, column]) => [name, excluded(column)])),
    ...options.onChange,
  };
  const listOf = (parts: (SQL | PgColumn)[]) => sql`row(${sql.join(parts, sql`, `)})`;
  const isChanged = sql`${listOf(stated.map(([, column]) => column))} is distinct from
    ${listOf(stated.map(([, column]) => excluded(column)))}`;
  const written = await inChunks(rows, (chunk) => {
    const insert = db
      .insert(table)
      .values(chunk.map((row) => ({ ...options.onInsert, ...row })) as Table['$inferInsert'][]);
    const target = [...options.key];
    const upsert =
      stated.length === 0
        ? insert.onConflictDoNothing({ target })
        : insert.onConflictDoUpdate({ target, set: set as never, setWhere: isChanged });
    return upsert.returning({ isNew: sql<boolean>`xmax = 0` });
  });
  const added = written.filter(({ isNew }) => isNew).length;
  return { new: added, changed: written.length - added };
}
