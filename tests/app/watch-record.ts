import type { Database } from '../../db/connect.js';
import { deadlineInstants, deadlines } from '../../db/schema/index.js';
import { NUMBER } from '../activities/notice-record.js';

type Deadline = Partial<typeof deadlines.$inferInsert> & { id: string };
type InstantRow = Partial<typeof deadlineInstants.$inferInsert> & { at: string };

/** Adds a running deadline of the order on record, with its planned instants. */
export async function planDeadline(db: Database, deadline: Deadline, instants: InstantRow[]): Promise<void> {
  const due = instants.at(-1)?.at ?? '2026-11-24T09:00:00.000Z';
  await db.insert(deadlines).values({
    workflowId: `order/${NUMBER}`,
    orderNumber: NUMBER,
    kind: 'confirmation',
    class: 'urgent',
    policyRevision: 1,
    from: '2026-11-24T01:30:00.000Z',
    dueAt: due,
    provisional: false,
    basis: 'rule',
    state: 'open',
    ...deadline,
  });
  if (instants.length === 0) return;
  await db.insert(deadlineInstants).values(
    instants.map((instant, index) => ({
      deadlineId: deadline.id,
      kind: 'rung' as const,
      index: index + 1,
      state: 'planned' as const,
      ...instant,
    })),
  );
}
