import type { WithSubquery } from 'drizzle-orm/subquery';
import type { Queryable } from '../../db/connect.js';
import { audit, deadlineInstants, deadlines, notices, tasks } from '../../db/schema/index.js';
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

/** Writes what a step gathered, with `also` (the order's own change), and its audit entry: one statement. */
export async function writeBatch(
  db: Queryable,
  batch: RecordBatch,
  entry: typeof audit.$inferInsert,
  also: WithSubquery[] = [],
): Promise<void> {
  await db
    .with(...also, ...batchParts(db, batch))
    .insert(audit)
    .values(entry);
}
