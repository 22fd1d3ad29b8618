import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** Whether a column contains a text as it stands: `%`, `_` and `\` in it mean themselves. Capitals do not matter. */
export function containing(column: SQLWrapper, text: string): SQL {
  return sql`${column} ilike ${`%${text.replace(/[\\%_]/g, '\\$&')}%`}`;
}
