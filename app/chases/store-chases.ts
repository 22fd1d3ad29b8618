import type { ChasePlan } from '../../contracts/chase-state.js';
import type { Queryable } from '../../db/connect.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { actionItems, chases, commands, deadlineInstants, deadlines } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';
import { type CommandRow, newCommand, type RequestIdentity } from '../idempotency.js';
import type { RecordBatch } from '../record/record-batch.js';

/**
 * Writes what somebody opened over the API, with the commands that start its processes; in the transaction of the
 * request. Whoever calls delivers them once it has committed; left alone, the relay does.
 */
export async function storeChases(
  tx: Queryable,
  batch: RecordBatch,
  plans: readonly ChasePlan[],
  { principal, route, at }: Pick<RequestIdentity, 'principal' | 'route'> & { at: Instant },
): Promise<CommandRow[]> {
  const starts = plans.map((plan) =>
    newCommand(
      // The request's own key is its record's.
      { principal, route, body: {} },
      {
        kind: 'start',
        target: `chase/${plan.number}`,
        name: 'chase',
        body: {},
        payload: { plan },
        answer: null,
        state: 'pending',
        createdAt: at,
      },
    ),
  );
  await insertAll(tx, [
    newRows(chases, batch.chases),
    newRows(actionItems, batch.actionItems),
    newRows(deadlines, batch.deadlines),
    newRows(deadlineInstants, batch.instants),
    newRows(commands, starts),
  ]);
  return starts;
}
