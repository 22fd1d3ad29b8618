import type { ChaseTaskDone } from '../../contracts/chase-messages.js';
import type { ChasePlan, ChaseState } from '../../contracts/chase-state.js';
import { beginDraft, finishTask, openReach, Refusal, settleKind, withdrawTasks } from '../draft.js';
import type { Undelivered } from '../process-spec.js';
import { type Draft, tell } from './draft.js';

/** What a chase can be told. */
export type ChaseCommand = ({ name: 'completeTask' } & ChaseTaskDone) | Undelivered;

/**
 * What a command does to a chase: the step to put on the record, or a refusal by its own state. Whether the person may
 * do it is the record transaction's to say. Pure: the same command and state give the same step.
 */
export function takeCommand(plan: ChasePlan, state: ChaseState, command: ChaseCommand): Draft | Refusal {
  const draft: Draft = beginDraft(plan, state, command.at);
  if (command.name === 'completeTask') return takeTask(draft, command) ?? draft;
  // The policy of an order or a level may have no time for it: half an hour, as everywhere (P07.1).
  const task = openReach(draft, command.since, { elapsed: 'PT30M' });
  if (task) tell(draft, 'noticeUndelivered', [{ assigneesOf: [task] }]);
  return draft;
}

function takeTask(draft: Draft, { task: id, gist }: ChaseTaskDone): Refusal | undefined {
  const { plan, next } = draft;
  const task = next.tasks[id];
  const isGivenUp = gist.kind === 'giveUp' && task?.kind === plan.kind;
  if (!task || (task.kind !== gist.kind && !isGivenUp)) {
    return new Refusal('task-not-open', `task ${id} is not open`);
  }
  if (gist.kind === 'reach') {
    finishTask(draft, id);
    return undefined;
  }
  if (gist.kind === 'giveUp') {
    withdrawTasks(draft, (_, one) => one === id);
    settleKind(draft, plan.kind, 'withdrawn');
    next.phase = 'givenUp';
    draft.changes.push({ do: 'endChase', phase: 'givenUp' });
    tell(draft, 'chaseGivenUp', plan.tellDone);
    return undefined;
  }
  finishTask(draft, id);
  next.phase = 'done';
  const effective = gist.kind === 'effectCheck' ? gist.effective : undefined;
  draft.changes.push({ do: 'endChase', phase: 'done', effective });
  tell(draft, 'chaseDone', plan.tellDone);
  return undefined;
}
