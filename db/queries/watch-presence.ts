import { sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Database, Queryable } from '../connect.js';
import { heartbeats } from '../schema/index.js';

/** Notes that a process was at work; a clock that is behind another's takes nothing back. */
export async function beat(db: Queryable, name: string, at: Instant): Promise<void> {
  await db
    .insert(heartbeats)
    .values({ name, at })
    .onConflictDoUpdate({
      target: heartbeats.name,
      set: { at: sql`greatest(${heartbeats.at}, excluded.at)` },
    });
}

const WATCH_LOCK = 728_164;

/**
 * Runs `work` while no other process does: undefined, at once, where another one is at it. PostgreSQL lets go of the
 * lock when the connection of a process that died ends.
 */
export async function aloneOnWatch<T>(db: Database, work: () => Promise<T>): Promise<T | undefined> {
  const client = await db.$client.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query('select pg_try_advisory_lock($1) taken', [WATCH_LOCK]);
    if (!rows[0]?.taken) return undefined;
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock($1)', [WATCH_LOCK]).catch((error: Error) => {
        broken = error;
      });
    }
  } finally {
    // A connection that could not unlock may still hold the lock: it is closed instead of kept.
    client.release(broken);
  }
}
