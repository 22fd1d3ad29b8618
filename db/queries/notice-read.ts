import { sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Database } from '../connect.js';
import { notices } from '../schema/index.js';

/** A notice whose link was acted on has been read; `at` is when. Nothing else tells so: looking changes nothing. */
export async function markNoticesRead(
  db: Database,
  { recipient, task, at }: { recipient: string; task: string; at: Instant },
): Promise<void> {
  await db
    .update(notices)
    .set({ state: 'read', readAt: at })
    .where(
      sql`(${notices.orderNumber} = (select order_number from tasks where id = ${task})
          or ${notices.incidentNumber} = (select incident_number from tasks where id = ${task})
          or ${notices.chaseNumber} = (select chase_number from tasks where id = ${task}))
        and ${notices.recipient} = ${recipient} and ${notices.facts} ->> 'task' = ${task}
        and ${notices.state} = 'delivered'`,
    );
}
