import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { MonitorRule } from '../../domain/monitors/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { monitors, mutes } from '../schema/index.js';

export type MonitorRow = typeof monitors.$inferSelect;
export type MuteRow = typeof mutes.$inferSelect;

export function selectMonitors(db: Queryable): Promise<MonitorRow[]> {
  return db.select().from(monitors).orderBy(asc(monitors.key));
}

/** Rules that look, by their key. */
export async function selectActiveRules(db: Queryable): Promise<MonitorRule[]> {
  const rows = await db.select({ rule: monitors.rule }).from(monitors).orderBy(asc(monitors.key));
  return rows.map(({ rule }) => rule).filter(({ active }) => active);
}

export async function findMonitor(db: Queryable, key: string): Promise<MonitorRow | undefined> {
  const [row] = await db.select().from(monitors).where(eq(monitors.key, key));
  return row;
}

/** Its row, locked until the transaction ends: looks and changes of one rule come one after the other. */
export async function lockMonitor(db: Queryable, key: string): Promise<MonitorRow | undefined> {
  const [row] = await db.select().from(monitors).where(eq(monitors.key, key)).for('update');
  return row;
}

/** Mutes in force at an instant. */
export function selectMutesInForce(db: Queryable, at: Instant): Promise<MuteRow[]> {
  return db
    .select()
    .from(mutes)
    .where(
      and(
        lte(mutes.from, at),
        gt(mutes.until, at),
        or(isNull(mutes.endedAt), sql`${mutes.endedAt} > ${at}::timestamptz`),
      ),
    )
    .orderBy(asc(mutes.from), asc(mutes.id));
}

export async function countQuieted(db: Queryable, quieted: Readonly<Record<string, number>>): Promise<void> {
  for (const [id, count] of Object.entries(quieted)) {
    await db
      .update(mutes)
      .set({ quieted: sql`${mutes.quieted} + ${count}` })
      .where(eq(mutes.id, id));
  }
}

/** Mutes that are over and quieted something, whose owner has not been told: no audit entry says so. */
export async function selectUntoldMutes(db: Queryable, at: Instant): Promise<MuteRow[]> {
  return db
    .select()
    .from(mutes)
    .where(
      and(
        gt(mutes.quieted, 0),
        lte(sql`least(${mutes.until}, coalesce(${mutes.endedAt}, ${mutes.until}))`, sql`${at}::timestamptz`),
        sql`not exists (select from audit a where a.key = 'mute/' || ${mutes.id} || '/over')`,
      ),
    )
    .orderBy(asc(mutes.until))
    .limit(100);
}

/** Steps of notices that monitors wrote and nobody has sent, those written before `before`. */
export async function findUnsentMonitorSteps(db: Queryable, before: Instant): Promise<string[]> {
  const { rows } = await db.execute<{ step: string }>(sql`
    select distinct step from notices
    where state in ('queued', 'sending') and created_at < ${before}::timestamptz
      and (step like 'mute/%' or step like 'incident/%/monitor-tells' or step like 'incident/%/fault-over/%')
    order by step limit 50`);
  return rows.map(({ step }) => step);
}
