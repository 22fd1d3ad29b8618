import { and, asc, eq, inArray, min, or, sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { notices } from '../schema/index.js';

export type NoticeKey = [createdAt: Instant, key: string];

/** A page of the notices of an order, oldest first, after the key of the last one. */
export function selectNotices(
  db: Queryable,
  { order, state }: { order: string; state?: typeof notices.$inferSelect.state },
  limit: number,
  after?: NoticeKey,
) {
  return db
    .select()
    .from(notices)
    .where(
      and(
        eq(notices.orderNumber, order),
        state && eq(notices.state, state),
        after && sql`(${notices.createdAt}, ${notices.key}) > (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(asc(notices.createdAt), asc(notices.key))
    .limit(limit);
}

/** Record steps of a process, by its number, that wrote notices which have not gone out, oldest first. */
export async function findUnsentSteps(db: Queryable, number: string): Promise<string[]> {
  const rows = await db
    .select({ step: notices.step })
    .from(notices)
    .where(
      and(
        or(
          eq(notices.orderNumber, number),
          eq(notices.incidentNumber, number),
          eq(notices.chaseNumber, number),
        ),
        inArray(notices.state, ['queued', 'sending']),
      ),
    )
    .groupBy(notices.step)
    .orderBy(min(notices.createdAt));
  return rows.map(({ step }) => step);
}
