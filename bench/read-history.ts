import type { Client, WorkflowHandle } from '@temporalio/client';
import type { BareStep } from './bare/shape.js';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
type HistoryEvent = NonNullable<History['events']>[number];

/** What one workflow has cost on the server. */
export interface HistoryCost {
  events: number;
  /** As Temporal Cloud bills them; see {@link countActions}. */
  actions: number;
  /** The history's size as the server reports it. */
  bytes: number;
  historyEvents: HistoryEvent[];
}

export async function readHistoryCost(client: Client, workflowId: string): Promise<HistoryCost> {
  const handle = client.workflow.getHandle(workflowId);
  const [{ historyLength, historySize }, { events }] = await Promise.all([
    handle.describe(),
    handle.fetchHistory(),
  ]);
  const historyEvents = events ?? [];
  return {
    events: historyLength,
    actions: countActions(historyEvents),
    bytes: historySize ?? 0,
    historyEvents,
  };
}

/**
 * The start, each update or signal, timer, ordinary activity and attribute upsert count one, and so does each workflow
 * task that ran local activities, however many.
 */
function countActions(events: readonly HistoryEvent[]): number {
  let actions = 0;
  const tasksWithLocal = new Set<string>();
  for (const event of events) {
    if (
      event.workflowExecutionStartedEventAttributes ||
      event.workflowExecutionUpdateAcceptedEventAttributes ||
      event.workflowExecutionSignaledEventAttributes ||
      event.timerStartedEventAttributes ||
      event.activityTaskScheduledEventAttributes ||
      event.upsertWorkflowSearchAttributesEventAttributes
    ) {
      actions += 1;
    }
    const marker = event.markerRecordedEventAttributes;
    if (marker) tasksWithLocal.add(String(marker.workflowTaskCompletedEventId));
  }
  return actions + tasksWithLocal.size;
}

/**
 * The shape of a happy order's history, for the bare side to have as many of each: a step for each local activity,
 * with the mails (ordinary activities) it starts, whether it arms the timer, and the message it follows.
 */
export function stepsOf(events: readonly HistoryEvent[]): BareStep[] {
  const steps: BareStep[] = [];
  let message: unknown;
  for (const event of events) {
    const accepted = event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input;
    const [payload] = accepted?.args?.payloads ?? [];
    if (payload?.data) message = JSON.parse(Buffer.from(payload.data).toString('utf8'));
    const step = steps.at(-1);
    if (event.markerRecordedEventAttributes) {
      steps.push({ mails: 0, rearms: false, message });
    } else if (event.activityTaskScheduledEventAttributes && step) {
      step.mails += 1;
    } else if (event.timerStartedEventAttributes && step) {
      step.rearms = true;
    }
  }
  return steps;
}
