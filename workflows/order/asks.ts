import type { Evaluator, Measure, Point } from '../../domain/order/terms/shape.js';
import { openDeadline, openTask, runningDeadline } from '../draft.js';
import { type Draft, enterPhase, tell } from './draft.js';

/** Four tasks, each asks all six points (P07.4). */
export function askForEvaluations(
  draft: Draft,
  departments: readonly Evaluator[],
  deadline?: string,
): string[] {
  return departments.map((department) =>
    openTask(draft, {
      name: `evaluate.${department}`,
      kind: 'evaluate',
      role: department,
      department,
      assign: department === 'sales' ? 'salesOwner' : 'byLoad',
      deadline,
    }),
  );
}

/** A doubt goes to the customer: a phone task of the sales owner, and a link beside it (P07.5). */
export function askCustomer(draft: Draft, evaluation: string, department: Evaluator, points: Point[]): void {
  draft.changes.push({ do: 'askCustomer', task: evaluation, department, points });
  const question = openTask(draft, {
    name: `question.${department}`,
    kind: 'question',
    role: 'sales',
    department: 'sales',
    assign: 'salesOwner',
    deadline: openDeadline(draft, 'question'),
    facts: { department, evaluation, points },
  });
  tell(draft, 'customerQuestion', ['customer'], { task: question });
  tell(draft, 'taskOpened', [{ assigneesOf: [question] }]);
}

/** A further round for the departments named, with a deadline of its own. */
export function evaluateAgain(draft: Draft, departments: readonly Evaluator[]): string[] {
  for (const department of departments) delete draft.next.evaluations[department];
  if (draft.next.phase !== 'evaluating') enterPhase(draft, 'evaluating');
  const tasks = askForEvaluations(draft, departments, openDeadline(draft, 'evaluation'));
  return tasks;
}

/** Evaluated: manufacturing picks the measure (P07.7). */
export function askForMeasure(draft: Draft): void {
  enterPhase(draft, 'proposing');
  const task = openTask(draft, {
    name: 'measure.manufacturing',
    kind: 'measure',
    role: 'manufacturing',
    department: 'manufacturing',
    assign: 'byLoad',
    deadline: openDeadline(draft, 'measure'),
  });
  tell(draft, 'taskOpened', [{ assigneesOf: [task] }]);
}

/** Another day is offered to the customer, by link and by the sales owner's call (P10.1). */
export function offerAlternative(draft: Draft, offeredDelivery: string): void {
  draft.next.offered = offeredDelivery;
  if (draft.next.phase !== 'proposing') enterPhase(draft, 'proposing');
  const task = openTask(draft, {
    name: 'alternative.customer',
    kind: 'alternative',
    role: 'sales',
    department: 'sales',
    assign: 'salesOwner',
    deadline: openDeadline(draft, 'alternatives'),
    facts: { offeredDelivery },
  });
  tell(draft, 'alternativeOffered', ['customer'], { task, offeredDelivery });
  tell(draft, 'taskOpened', [{ assigneesOf: [task] }]);
}

/** One immutable proposal is put before the vice president (P07.6). Without the signature nothing is confirmed. */
export function propose(draft: Draft, measure: Measure, promised: string): void {
  const round = (draft.next.rounds.proposal ?? 0) + 1;
  draft.next.rounds.proposal = round;
  const id = `${draft.plan.number}.proposal${round === 1 ? '' : `.${round}`}`;
  draft.next.proposal = id;
  draft.changes.push({ do: 'propose', id, round, measure, promised });
  enterPhase(draft, 'signing');
  const task = openTask(draft, {
    name: `signOff.${draft.plan.signerRole}`,
    kind: 'signOff',
    role: draft.plan.signerRole,
    department: 'management',
    assign: 'byLoad',
    deadline: runningDeadline(draft, 'confirmation'),
    facts: { proposal: id },
  });
  tell(draft, 'taskOpened', [{ assigneesOf: [task] }]);
}
