import type { Client } from '@temporalio/client';
import { toEpochMs, toInstant } from '../../domain/time/instant.js';
import type { Instant } from '../../domain/time/shape.js';

/** The runs of a day are there to be looked at; what they found is on record for good. */
const keptMs = 86_400_000;
const mostAtOnce = 500;

/**
 * Deletes runs of monitors that ended well more than a day ago: the namespace keeps evidence for a week and more, and
 * looks by the ten thousand are none. Those that failed stay. Gives how many.
 */
export async function forgetRuns(temporal: Client, at: Instant): Promise<number> {
  const before = toInstant(toEpochMs(at) - keptMs);
  const query = `WorkflowType = 'monitor' and ExecutionStatus = 'Completed' and CloseTime < '${before}'`;
  const { namespace } = temporal.options;
  let forgotten = 0;
  for await (const { workflowId, runId } of temporal.workflow.list({ query, pageSize: mostAtOnce })) {
    await temporal.workflowService.deleteWorkflowExecution({
      namespace,
      workflowExecution: { workflowId, runId },
    });
    forgotten += 1;
    if (forgotten >= mostAtOnce) break;
  }
  return forgotten;
}
