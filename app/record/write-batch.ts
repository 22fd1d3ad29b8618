import { and, DrizzleQueryError, eq, type SQL, sql } from 'drizzle-orm';
import { WithSubquery } from 'drizzle-orm/subquery';
import { DatabaseError } from 'pg';
import type { Queryable } from '../../db/connect.js';
import { insertSql, type NewRows, newRows } from '../../db/queries/insert-all.js';
import {
  actionItems,
  audit,
  chases,
  deadlineInstants,
  deadlines,
  type incidents,
  notices,
  type orders,
  tasks,
} from '../../db/schema/index.js';
import type { RecordBatch } from './record-batch.js';

/** The rows a step gathered, as parts of one statement. What refers to another part is checked when it ends. */
function batchParts(batch: RecordBatch): WithSubquery[] {
  const part = (name: string, rows: NewRows, also = sql``) =>
    rows.rows.length === 0 ? [] : [new WithSubquery(sql`${insertSql(rows)}${also}`, {}, name, true)];
  return [
    ...part('new_chases', newRows(chases, batch.chases)),
    ...part('new_action_items', newRows(actionItems, batch.actionItems)),
    ...part('new_deadlines', newRows(deadlines, batch.deadlines)),
    ...part('new_instants', newRows(deadlineInstants, batch.instants)),
    ...part('new_tasks', newRows(tasks, batch.tasks)),
    // One recipient hears one thing of one step once, however many changes ask for it.
    ...part('new_notices', newRows(notices, batch.notices), sql` on conflict do nothing`),
  ];
}

/** An audit entry; its key may be an expression. */
export type Entry = Omit<typeof audit.$inferInsert, 'key'> & { key: string | SQL };

/**
 * The change of a row that holds only while its version is the one that was read, and the audit entry bound to it:
 * without the changed row the entry has no key, and PostgreSQL refuses the whole statement.
 */
export function unlessOvertaken<Table extends typeof orders | typeof incidents | typeof chases>(
  db: Queryable,
  table: Table,
  { number, stateVersion }: { number: string; stateVersion: number },
  change: Partial<Table['$inferInsert']>,
  entry: typeof audit.$inferInsert,
): [WithSubquery, Entry] {
  const saved = db
    .update(table as typeof orders)
    .set(change as Partial<typeof orders.$inferInsert>)
    .where(and(eq(table.number, number), eq(table.stateVersion, stateVersion)))
    .returning({ number: table.number });
  return [db.$with('saved').as(saved), { ...entry, key: sql`(select ${entry.key}::text from saved)` }];
}

/** Whether a write failed because another one of the same order, or the same step once more, came first. */
export function isOvertaken(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  if (!(cause instanceof DatabaseError) || cause.table !== 'audit') return false;
  return (cause.code === '23502' && cause.column === 'key') || cause.code === '23505';
}

/** Writes what a step gathered, with `also` (the order's own change), and its audit entry: one statement. */
export async function writeBatch(
  db: Queryable,
  batch: RecordBatch,
  entry: Entry,
  also: WithSubquery[] = [],
): Promise<void> {
  await db
    .with(...also, ...batchParts(batch))
    .insert(audit)
    .values(entry);
}
