import { and, asc, eq, inArray, min, or, type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { notices } from '../schema/index.js';

export type NoticeKey = [createdAt: Instant, key: string];

/** An order or an incident, by its number. */
export type RecordOf = { order: string; incident?: undefined } | { order?: undefined; incident: string };

/**
 * Notices of an order: those of its own process, and what its customer was told of the incidents that affect it (P03.5).
 * Of an incident: all of it.
 */
export function noticesOf({ order, incident }: RecordOf): SQL | undefined {
  if (order === undefined) return eq(notices.incidentNumber, incident);
  return or(
    eq(notices.orderNumber, order),
    and(
      sql`${notices.incidentNumber} = any(array(select l.incident from incident_orders l
        where l.order_number = ${order}))`,
      sql`${notices.recipient} = (select 'customer:' || o.customer_id from orders o where o.number = ${order})`,
    ),
  );
}

/** A page of the notices of an order or an incident, oldest first, after the key of the last one. */
export function selectNotices(
  db: Queryable,
  of: RecordOf,
  state: typeof notices.$inferSelect.state | undefined,
  limit: number,
  after?: NoticeKey,
) {
  return db
    .select()
    .from(notices)
    .where(
      and(
        noticesOf(of),
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
