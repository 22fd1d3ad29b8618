import type { RecordProgress, TaskGist } from '../../contracts/messages.js';
import type { Milestone } from '../../domain/order/terms/shape.js';
import { finishTask, openDeadline, openTask, Refusal, settleKind } from '../draft.js';
import { type Draft, endOrder, enterPhase, tell } from './draft.js';
import { heldBack } from './holds.js';

type Gist<K extends TaskGist['kind']> = Extract<TaskGist, { kind: K }>;

/** What must be done before a milestone can be: no goods leave uninspected (P10.4), none arrive unshipped. */
const BEFORE: Partial<Record<Milestone, Milestone>> = { ship: 'inspect', signedFor: 'ship' };

/** Progress of execution; a projected finish past the promise warns early (P05.5). */
export function takeProgress(draft: Draft, progress: RecordProgress): Refusal | undefined {
  const { next, plan } = draft;
  const { milestone, done, projectedFinish } = progress;
  if (next.phase !== 'executing' && next.phase !== 'delivering') {
    return new Refusal(
      'wrong-phase',
      `order ${plan.number} is ${next.phase}; progress is recorded while it is carried out`,
    );
  }
  const before = BEFORE[milestone];
  if (done && before && !next.milestones.includes(before)) {
    return new Refusal('milestone-out-of-order', `${milestone} comes after ${before}, which is not done`);
  }
  const isNew = done && !next.milestones.includes(milestone);
  // What has left is told of as it comes; what has not may not leave.
  const held = isNew && milestone === 'ship' ? heldBack(draft) : undefined;
  if (held) return held;
  draft.changes.push({
    do: 'recordMilestone',
    milestone,
    done: done || next.milestones.includes(milestone),
    at: progress.doneAt ?? progress.at,
    projectedFinish,
  });
  if (isNew) next.milestones.push(milestone);
  if (projectedFinish) warnEarly(draft, projectedFinish);
  if (isNew && milestone === 'ship') ship(draft);
  if (isNew && milestone === 'signedFor') askCustomerForDelivery(draft);
  return undefined;
}

function warnEarly(draft: Draft, projectedFinish: string): void {
  const { next, plan } = draft;
  const promised = next.promised ?? plan.requestedDelivery;
  const isNews = next.projectedFinish !== projectedFinish;
  next.projectedFinish = projectedFinish;
  if (isNews && projectedFinish > promised) {
    tell(draft, 'earlyWarning', ['teamLead', 'orderManager', 'salesOwner'], { projectedFinish, promised });
  }
}

function ship(draft: Draft): void {
  enterPhase(draft, 'delivering');
  tell(draft, 'orderShipped', ['customer']);
}

/** A carrier's scan means signed for: now the customer is asked (P05.6). */
function askCustomerForDelivery(draft: Draft): void {
  settleKind(draft, 'delivery', 'met');
  const task = openTask(draft, {
    name: 'customerContact.sales',
    kind: 'customerContact',
    role: 'sales',
    department: 'sales',
    assign: 'salesOwner',
    deadline: openDeadline(draft, 'customerContact'),
  });
  tell(draft, 'deliveryQuestion', ['customer'], { task });
  tell(draft, 'taskOpened', [{ assigneesOf: [task] }]);
}

/** The customer's answer, or the last attempt to reach anybody, closes the order (P05.6). */
export function takeContact(draft: Draft, id: string, { reached, received }: Gist<'customerContact'>): void {
  const { next, plan } = draft;
  if (reached && !received) {
    // Not a closed order and not an attempt in vain: people see to it, and the customer is asked again.
    tell(draft, 'deliveryDisputed', ['salesOwner', 'logistics', 'orderManager'], { task: id });
    return;
  }
  next.attempts += 1;
  if (!reached && next.attempts < plan.contactAttempts) return;
  finishTask(draft, id);
  endOrder(draft, 'closed', reached ? 'confirmedByCustomer' : 'customerNotReached');
}
