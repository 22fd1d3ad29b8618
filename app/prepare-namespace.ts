import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { registerSearchAttributes } from './search-attributes.js';

const sevenDaysS = 7 * 86_400;

/**
 * Makes the namespace fit for Redmark: its search attributes, and at least 7 days of retention, for a closed
 * workflow's history is evidence until it is exported. Idempotent; every process may call it at its start. Throws
 * when the namespace does not exist, with its name.
 */
export async function prepareNamespace(connection: Connection, namespace: string): Promise<void> {
  const { config } = await connection.workflowService.describeNamespace({ namespace });
  const retentionS = Number(config?.workflowExecutionRetentionTtl?.seconds ?? 0);
  if (retentionS < sevenDaysS) {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(sevenDaysS * 1000) },
    });
  }
  await registerSearchAttributes(connection, namespace);
}
