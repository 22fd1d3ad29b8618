import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
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

/** Takes the next number of the day that an instant falls on in the company's zone: `IN-20261123-0001`. */
export async function takeIncidentNumber(db: Queryable, at: Instant, zone: string): Promise<string> {
  const { rows } = await db.execute<{ day: string; last: number }>(sql`
    insert into incident_numbers (day, last) values ((${at}::timestamptz at time zone ${zone})::date, 1)
    on conflict (day) do update set last = incident_numbers.last + 1
    returning to_char(day, 'YYYYMMDD') as day, last`);
  const [taken] = rows;
  if (!taken) throw new Error('an insert gives its row');
  return `IN-${taken.day}-${String(taken.last).padStart(4, '0')}`;
}

/** Customers of open orders, and all of them: by how many an incident is measured (P11.1). */
export async function countCustomersWithOpenOrders(db: Queryable): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(distinct customer_id)::int count from orders where ended_at is null`,
  );
  return rows[0]?.count ?? 0;
}
