import type { TaskGist } from '../../contracts/messages.js';
import type { OpenTask } from '../../contracts/order-state.js';
import { type Evaluator, POINTS, type Point } from '../../domain/order/terms/shape.js';
import { finishTask, openDeadline, openTask, runningDeadline, settleKind } from '../draft.js';
import { askCustomer, askForEvaluations, askForMeasure, evaluateAgain, offerAlternative } from './asks.js';
import { type Draft, tell } from './draft.js';

type Gist<K extends TaskGist['kind']> = Extract<TaskGist, { kind: K }>;

/**
 * A department has evaluated. Its doubts go to the customer, by a phone task of the sales owner and a link beside it
 * (P07.5); the evaluation's deadline does not stop for that.
 */
export function takeEvaluation(draft: Draft, id: string, task: OpenTask, gist: Gist<'evaluate'>): void {
  const department = task.department as Evaluator;
  draft.next.evaluations[department] = gist.points;
  const doubts = POINTS.filter((point) => gist.points[point].asks);
  if (doubts.length > 0) askCustomer(draft, id, department, doubts);
  finishEvaluationTask(draft, id);
  whenEvaluated(draft);
}

/** The customer has answered: the department that asked looks again, which is its next round. */
export function takeAnswer(draft: Draft, id: string, department: Evaluator): void {
  finishTask(draft, id);
  // The old view is void: the point counts only once the department has confirmed it with the answer before it.
  delete draft.next.evaluations[department];
  const again = askForEvaluations(draft, [department], runningDeadline(draft, 'evaluation'));
  tell(draft, 'taskOpened', [{ assigneesOf: again }], { answered: id });
}

/** All evaluations in, and no doubt open: on to the measure, or to the order manager where there is a conflict. */
function whenEvaluated(draft: Draft): void {
  const { plan, next } = draft;
  const waiting = Object.values(next.tasks).some(({ kind }) => kind === 'evaluate' || kind === 'question');
  if (waiting || plan.departments.some((department) => next.evaluations[department] === undefined)) return;
  settleKind(draft, 'evaluation', 'met');
  const conflicts = conflictsOf(draft);
  if (conflicts.length === 0) {
    askForMeasure(draft);
    return;
  }
  const task = openTask(draft, {
    name: 'conflict.orderManager',
    kind: 'conflict',
    role: 'orderManager',
    department: 'management',
    assign: 'byLoad',
    deadline: openDeadline(draft, 'conflict'),
    facts: { conflicts },
  });
  tell(draft, 'taskOpened', [{ assigneesOf: [task] }]);
}

/** Points that a department which answers for them does not confirm. A mere objection 会签 does not hold the order. */
function conflictsOf({ plan, next }: Draft): { point: Point; department: Evaluator }[] {
  return POINTS.flatMap((point) =>
    plan.matrix[point]
      .filter((department) => next.evaluations[department]?.[point].ok === false)
      .map((department) => ({ point, department })),
  );
}

/** The order manager decides about a conflict. It never ends in silence: the customer gets a reply. */
export function takeConflictDecision(draft: Draft, id: string, gist: Gist<'conflict'>): 'reject' | 'goOn' {
  const departments = [...new Set(conflictsOf(draft).map(({ department }) => department))];
  finishTask(draft, id);
  if (gist.decision === 'reject') return 'reject';
  if (gist.decision === 'offer' && gist.offeredDelivery) {
    offerAlternative(draft, gist.offeredDelivery);
    return 'goOn';
  }
  const again = evaluateAgain(draft, departments);
  tell(draft, 'taskOpened', [{ assigneesOf: again }]);
  return 'goOn';
}

/** Finishing one evaluation does not meet the deadline: all four and every doubt hang on it. */
function finishEvaluationTask(draft: Draft, id: string): void {
  delete draft.next.tasks[id];
  draft.changes.push({ do: 'finishTask', id });
}
