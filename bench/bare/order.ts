import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Database } from '../../db/connect.js';
import { type BareInput, type BareStep, bareTaskQueue, bareUpdate } from './shape.js';

/** Drives bare workflows as the happy orders are driven: each message awaited before the next. */
export function createBareOrders(deps: { temporal: Client; db: Database }, steps: readonly BareStep[]) {
  const { temporal, db } = deps;
  const input: BareInput = { steps: steps.map(({ mails, rearms }) => ({ mails, rearms })) };
  return async (): Promise<string> => {
    const workflowId = `bare/${randomUUID()}`;
    const handle = await temporal.workflow.start('bareOrder', {
      workflowId,
      taskQueue: bareTaskQueue,
      args: [input],
    });
    await untilBegun(db, `${workflowId}/0`);
    for (const { message } of steps.slice(1)) {
      await handle.executeUpdate(bareUpdate, { args: [message], updateId: randomUUID() });
    }
    await handle.result();
    return workflowId;
  };
}

async function untilBegun({ $client }: Database, key: string): Promise<void> {
  for (const stopAt = Date.now() + 60_000; Date.now() < stopAt; ) {
    const { rowCount } = await $client.query('select 1 from bare_rows where key = $1', [key]);
    if (rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${key} did not begin within a minute`);
}
