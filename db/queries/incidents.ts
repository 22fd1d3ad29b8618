import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { incidents } from '../schema/index.js';

export type IncidentRow = typeof incidents.$inferSelect;

/** The open incident that reports with this key join, locked; a resolved one is never re-opened (design §5). */
export async function lockOpenIncident(db: Queryable, dedupKey: string): Promise<IncidentRow | undefined> {
  const [row] = await db
    .select()
    .from(incidents)
    .where(and(eq(incidents.dedupKey, dedupKey), isNull(incidents.resolvedAt), isNull(incidents.endedAt)))
    .for('update');
  return row;
}

/** The latest incident of the same key that is over: the new one repeats it (P16.7). */
export async function findEarlier(db: Queryable, dedupKey: string): Promise<string | undefined> {
  const [row] = await db
    .select({ number: incidents.number })
    .from(incidents)
    .where(eq(incidents.dedupKey, dedupKey))
    .orderBy(sql`${incidents.createdAt} desc`)
    .limit(1);
  return row?.number;
}

/** Customers of open orders, and all of them: by how many an incident is measured (P11.1). */
export async function countCustomersWithOpenOrders(db: Queryable): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(distinct customer_id)::int count from orders where ended_at is null`,
  );
  return rows[0]?.count ?? 0;
}
