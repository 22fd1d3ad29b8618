import type { OpenDeadline } from '../../contracts/order-state.js';
import type { DeadlineClass, PlannedDeadline } from '../../domain/deadlines/shape.js';
import type { RecordBatch } from './record-batch.js';
import type { Subject } from './subject.js';

export interface DeadlineToWrite {
  id: string;
  subject: Subject;
  round: number;
  class: DeadlineClass;
  policyRevision: number;
  planned: PlannedDeadline;
}

/**
 * Adds a planned deadline to a batch, with its warnings and its breach as rows of their own, so that the watchman can
 * check them; answers the deadline as the workflow holds it.
 */
export function addDeadline(batch: RecordBatch, deadline: DeadlineToWrite): OpenDeadline {
  const { id, subject, round, policyRevision, planned } = deadline;
  batch.deadlines.push({
    id,
    ...subject,
    kind: planned.kind,
    round,
    class: deadline.class,
    policyRevision,
    from: planned.from,
    dueAt: planned.dueAt,
    provisional: planned.provisional,
    basis: planned.basis,
    state: 'open',
  });
  const { reminder } = planned;
  const instants: OpenDeadline['instants'] = [
    { kind: 'warning', index: 50, at: planned.warnings[0] },
    { kind: 'warning', index: 80, at: planned.warnings[1] },
    ...(reminder ? [{ kind: 'warning' as const, index: reminder.percent, at: reminder.at }] : []),
    { kind: 'breach', index: 0, at: planned.dueAt },
  ];
  for (const instant of instants) batch.instants.push({ deadlineId: id, state: 'planned', ...instant });
  return { id, kind: planned.kind, dueAt: planned.dueAt, provisional: planned.provisional, instants };
}
