import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { audit, deadlineInstants, deadlines, notices } from '../schema/index.js';

/** Everything on record about an order: changes, notices, and the instants of its deadlines that were settled. */
export async function readTimeline(db: Queryable, order: string) {
  const [changes, sent, instants] = await Promise.all([
    db
      .select({
        at: audit.at,
        actor: audit.actor,
        action: audit.action,
        detail: audit.detail,
        refusal: sql<string | null>`${audit.outcome} ->> 'code'`,
      })
      .from(audit)
      .where(eq(audit.subject, order))
      .orderBy(asc(audit.seq)),
    db
      .select()
      .from(notices)
      .where(eq(notices.orderNumber, order))
      .orderBy(asc(notices.createdAt), asc(notices.key)),
    db
      .select({ instant: deadlineInstants, deadlineKind: deadlines.kind })
      .from(deadlineInstants)
      .innerJoin(deadlines, eq(deadlines.id, deadlineInstants.deadlineId))
      .where(
        and(
          eq(deadlines.orderNumber, order),
          isNotNull(deadlineInstants.settledAt),
          inArray(deadlineInstants.state, ['fired', 'superseded', 'skipped']),
        ),
      )
      .orderBy(asc(deadlineInstants.settledAt), asc(deadlineInstants.at)),
  ]);
  return { changes, sent, instants };
}
export type TimelineRows = Awaited<ReturnType<typeof readTimeline>>;
