import type { TaskChange } from '../../contracts/process.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { replyByAhead } from '../../domain/deadlines/resolve-reply-by.js';
import type { DeadlineClass } from '../../domain/deadlines/shape.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import { addDeadline } from './plan-rows.js';
import type { ProcessContext } from './step-context.js';

/**
 * Opens a deadline by the policy's time of its class, or the one that the change itself names; its instants go back with
 * the record's answer. `replyBy`: when the customer of an order asked to be answered by.
 */
export async function openDeadline(
  context: ProcessContext,
  change: Extract<TaskChange, { do: 'openDeadline' }>,
  of: { class: DeadlineClass; replyBy?: Instant | LocalDate | null },
): Promise<void> {
  const { batch, opened, step, subject } = context;
  const { id, kind, round, from, promised, rule, dueAt } = change;
  const { policy, calendar, revision } = await context.rules();
  const planned = planDeadline({
    kind,
    orderClass: of.class,
    from,
    policy: policy.deadlines,
    rule,
    calendar,
    replyBy: replyByAhead({ replyBy: of.replyBy ?? null, now: step.at, calendar }),
    promised,
    dueAt,
    now: step.at,
  });
  const row = { id, subject, round, class: of.class, policyRevision: revision, planned };
  opened.push(addDeadline(batch, row));
}
