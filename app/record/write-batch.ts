import { and, DrizzleQueryError, eq, type SQL, sql } from 'drizzle-orm';
import type { WithSubquery } from 'drizzle-orm/subquery';
import { DatabaseError } from 'pg';
import type { Queryable } from '../../db/connect.js';
import { audit, deadlineInstants, deadlines, notices, orders, tasks } from '../../db/schema/index.js';
import type { RecordBatch } from './record-batch.js';

/**
 * The rows a step gathered, as parts of one statement, for `db.with(…)`: a transaction holds its locks through each
 * round trip. What refers to another part is checked when the statement ends.
 */
export function batchParts(db: Queryable, batch: RecordBatch): WithSubquery[] {
  const parts: WithSubquery[] = [];
  if (batch.deadlines.length > 0) {
    const rows = db.insert(deadlines).values(batch.deadlines).returning({ id: deadlines.id });
    parts.push(db.$with('new_deadlines').as(rows));
  }
  if (batch.instants.length > 0) {
    const rows = db.insert(deadlineInstants).values(batch.instants).returning({ at: deadlineInstants.at });
    parts.push(db.$with('new_instants').as(rows));
  }
  if (batch.tasks.length > 0) {
    parts.push(db.$with('new_tasks').as(db.insert(tasks).values(batch.tasks).returning({ id: tasks.id })));
  }
  if (batch.notices.length > 0) {
    // One recipient hears one thing of one step once, however many changes ask for it.
    const rows = db
      .insert(notices)
      .values(batch.notices)
      .onConflictDoNothing()
      .returning({ key: notices.key });
    parts.push(db.$with('new_notices').as(rows));
  }
  return parts;
}

/** An audit entry; its key may be an expression. */
type Entry = Omit<typeof audit.$inferInsert, 'key'> & { key: string | SQL };

/**
 * The change of an order that holds only while its version is the one that was read, and the audit entry bound to it:
 * without the changed order the entry has no key, and PostgreSQL refuses the whole statement.
 */
export function unlessOvertaken(
  db: Queryable,
  { number, stateVersion }: typeof orders.$inferSelect,
  change: Partial<typeof orders.$inferInsert>,
  entry: typeof audit.$inferInsert,
): [WithSubquery, Entry] {
  const saved = db
    .update(orders)
    .set(change)
    .where(and(eq(orders.number, number), eq(orders.stateVersion, stateVersion)))
    .returning({ number: orders.number });
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
    .with(...also, ...batchParts(db, batch))
    .insert(audit)
    .values(entry);
}
