import { count, eq } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { actionItems } from '../schema/index.js';

/** How many action items an incident has, whatever their state: their ids go on from there. */
export async function countActionItems(db: Queryable, incident: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(actionItems)
    .where(eq(actionItems.incident, incident));
  return row?.count ?? 0;
}
