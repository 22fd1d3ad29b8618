import type { OrderPlan, OrderState } from '../../contracts/order-state.js';
import type { Evaluator } from '../../domain/order/terms/shape.js';
import { beginDraft, finishTask, openReach, Refusal } from '../draft.js';
import { takeGround, takeReplan } from './classification.js';
import { type Draft, endOrder, tell } from './draft.js';
import { takeAnswer, takeConflictDecision, takeEvaluation } from './evaluation.js';
import { takeContact, takeProgress } from './execution.js';
import { stopWhatIsHeld, takeHold, takeIncident, takeRelease, takeReleaseTask } from './holds.js';
import type { OrderCommand } from './order-command.js';
import { takeAlternativeAnswer, takeMeasure, takeSignature } from './proposal.js';

type TaskCommand = Extract<OrderCommand, { name: 'completeTask' }>;

/**
 * What a command does to an order: the step to put on the record, or a refusal by the order's own state. Whether the
 * person may do it is the record transaction's to say. Pure: the same command and state give the same step.
 */
export function takeCommand(plan: OrderPlan, state: OrderState, command: OrderCommand): Draft | Refusal {
  const draft: Draft = beginDraft(plan, state, command.at);
  const refusal = take(draft, command);
  if (refusal instanceof Refusal) return refusal;
  stopWhatIsHeld(draft);
  return draft;
}

function take(draft: Draft, command: OrderCommand): Refusal | undefined {
  switch (command.name) {
    case 'completeTask':
      return takeTask(draft, command);
    case 'signOff':
      return takeSignature(draft, command);
    case 'recordProgress':
      return takeProgress(draft, command);
    case 'replan':
      return takeReplan(draft, command);
    case 'hold':
      return takeHold(draft, command);
    case 'release':
      return takeRelease(draft, command);
    case 'linkIncident':
      return takeIncident(draft, command);
    case 'undelivered':
      return takeUndelivered(draft, command.since);
  }
}

function takeTask(draft: Draft, { task: id, gist }: TaskCommand): Refusal | undefined {
  const task = draft.next.tasks[id];
  if (!task || task.kind !== gist.kind) return new Refusal('task-not-open', `task ${id} is not open`);
  switch (gist.kind) {
    case 'evaluate':
      takeEvaluation(draft, id, task, gist);
      return undefined;
    case 'question':
      takeAnswer(draft, id, id.split('.')[2] as Evaluator);
      return undefined;
    case 'measure':
      takeMeasure(draft, id, gist);
      return undefined;
    case 'alternative':
      takeAlternativeAnswer(draft, id, gist.accept);
      return undefined;
    case 'conflict':
      if (takeConflictDecision(draft, id, gist) === 'reject') {
        endOrder(draft, 'rejected', 'conflictRejected');
        tell(draft, 'orderRejected', ['customer', 'salesOwner', 'team']);
      }
      return undefined;
    case 'ground':
      takeGround(draft, id, gist.confirmed);
      return undefined;
    case 'customerContact':
      takeContact(draft, id, gist);
      return undefined;
    case 'reach':
      finishTask(draft, id);
      return undefined;
    case 'releaseHold':
      return takeReleaseTask(draft, id);
  }
}

/**
 * A notice that no channel takes is somebody's task. Where the channels were tried that long, its deadline has passed and
 * the ladder goes on at once.
 */
function takeUndelivered(draft: Draft, since: string): undefined {
  const task = openReach(draft, since);
  if (task) tell(draft, 'noticeUndelivered', [{ assigneesOf: [task] }]);
}
