import type { Queryable } from '../../db/connect.js';
import { deadlineInstants, deadlines, notices, tasks } from '../../db/schema/index.js';
import type { RecordBatch } from './record-batch.js';

/** Writes what a step gathered, each table in one statement; deadlines before the instants that name them. */
export async function writeBatch(db: Queryable, batch: RecordBatch): Promise<void> {
  if (batch.deadlines.length > 0) await db.insert(deadlines).values(batch.deadlines);
  if (batch.instants.length > 0) await db.insert(deadlineInstants).values(batch.instants);
  if (batch.tasks.length > 0) await db.insert(tasks).values(batch.tasks);
  // One recipient hears one thing of one step once, however many changes ask for it.
  if (batch.notices.length > 0) await db.insert(notices).values(batch.notices).onConflictDoNothing();
}
