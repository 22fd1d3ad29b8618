import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { reportedSchema } from '../../contracts/incident-messages.js';
import { commands, incidents } from '../../db/schema/index.js';
import type { AppContext } from '../context.js';
import { type Delivery, settleCommand } from '../deliver-command.js';
import type { CommandRow } from '../idempotency.js';

/**
 * Settles a signal `reported`. A report that joined while it was on its way has sent none of its own, and the process may
 * have read the record before that one was on it: then it is told once more, by a signal that goes with this settlement.
 */
export async function settleReported(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  command: CommandRow,
  delivery: Delivery,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Waits for those who join at this moment; whoever comes later finds no signal on its way.
    await settleCommand({ db: tx, now }, command.id, delivery);
    if (delivery.state !== 'done') return;
    const said = reportedSchema.parse(command.payload);
    const number = command.target.slice('incident/'.length);
    const [row] = await tx
      .select({ count: incidents.count })
      .from(incidents)
      .where(eq(incidents.number, number));
    if (!row || row.count <= said.count) return;
    const [id, at] = [randomUUID(), now().toISOString()];
    await tx.insert(commands).values({
      ...command,
      id,
      key: null,
      payload: { ...said, id, at, count: row.count },
      state: 'pending',
      attempts: 0,
      nextAttemptAt: null,
      createdAt: at,
    });
  });
}
