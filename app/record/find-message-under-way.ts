import { and, eq, gte, lt, notExists, sql } from 'drizzle-orm';
import type { Queryable } from '../../db/connect.js';
import { audit, commands } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';

/** How long the clock waits for a message that was sent in time; the watchman calls after a minute. */
const WAITS_MS = 30_000;

/**
 * When the earliest message was given that is still on its way to a process, or nothing: accepted before `now`, not
 * delivered, not on the record. A person who acts in the last second before a rung stops it (design §6), though the
 * message may arrive after it; one that has been on its way for half a minute is waited for no longer.
 */
export async function findMessageUnderWay(
  db: Queryable,
  workflowId: string,
  now: Instant,
): Promise<Instant | undefined> {
  const [row] = await db
    .select({ givenAt: commands.createdAt })
    .from(commands)
    .where(
      and(
        eq(commands.target, workflowId),
        eq(commands.kind, 'update'),
        eq(commands.state, 'pending'),
        gte(commands.createdAt, new Date(Date.parse(now) - WAITS_MS).toISOString()),
        lt(commands.createdAt, now),
        // Taken already, its sender only has not heard of it yet.
        notExists(
          db
            .select({ one: sql`1` })
            .from(audit)
            .where(eq(audit.key, sql`${commands.target} || '/' || ${commands.id}`)),
        ),
      ),
    )
    .orderBy(commands.createdAt)
    .limit(1);
  return row?.givenAt;
}
