import type { Replan } from '../../contracts/messages.js';
import type { Instant } from '../../domain/time/shape.js';
import {
  finishTask,
  openDeadline,
  openTask,
  Refusal,
  runningDeadline,
  settleKind,
  withdrawTasks,
} from '../draft.js';
import { closeAll, type Draft, enterPhase, tell } from './draft.js';

/**
 * A critical order's ground is confirmed by a person; clocks and calls run meanwhile (P06.2). The time for it counts
 * from receipt, or from the decision that made the order critical.
 */
export function askForGround(draft: Draft, from: Instant): string {
  return openTask(draft, {
    name: 'ground.orderManager',
    kind: 'ground',
    role: 'orderManager',
    department: 'management',
    assign: 'byLoad',
    deadline: openDeadline(draft, 'criticalConfirmation', { from }),
  });
}

/** The ground holds, or the order is an urgent one like others, with the deadlines of those. */
export function takeGround(draft: Draft, id: string, confirmed: boolean): void {
  finishTask(draft, id);
  draft.changes.push({ do: 'confirmGround', confirmed });
  if (confirmed) return;
  // The ground alone made it red: without it, it keeps its bars, and one at least.
  const grade = draft.next.grade === 0 ? 1 : draft.next.grade;
  reclassify(draft, { class: 'urgent', grade, keyOrder: draft.plan.keyOrder });
  tell(draft, 'orderReclassified', ['team', 'salesOwner']);
}

/** A manager overrules the assessment, until the first evaluation is in (P01.2). */
export function takeReplan(draft: Draft, command: Replan): Refusal | undefined {
  const { next, plan } = draft;
  if (
    next.phase !== 'evaluating' ||
    Object.keys(next.evaluations).length > 0 ||
    (next.rounds.question ?? 0) > 0
  ) {
    return new Refusal('evaluation-begun', `the evaluation of order ${plan.number} has begun`);
  }
  if (command.class === 'normal') {
    closeAll(draft, 'withdrawn');
    enterPhase(draft, 'executing', 'reclassifiedNormal');
    reclassify(draft, { class: 'normal', grade: 0, keyOrder: command.keyOrder }, false);
    tell(draft, 'orderReclassified', ['team', 'salesOwner']);
    return undefined;
  }
  // An order that is critical already has its ground asked for, or confirmed.
  const becomesCritical = command.class === 'critical' && next.class !== 'critical';
  reclassify(draft, command);
  if (becomesCritical) askForGround(draft, draft.at);
  if (command.class !== 'critical') {
    // No ground is needed any more, and nobody is chased for it.
    withdrawTasks(draft, (task) => task.kind === 'ground');
    settleKind(draft, 'criticalConfirmation', 'withdrawn');
  }
  tell(draft, 'orderReclassified', ['team', 'salesOwner']);
  return undefined;
}

function reclassify(
  draft: Draft,
  to: Pick<Replan, 'class' | 'grade' | 'keyOrder'>,
  opensDeadlines = true,
): void {
  const classChanges = to.class !== draft.next.class;
  draft.next.class = to.class;
  draft.next.grade = to.grade;
  draft.changes.push({ do: 'reclassify', class: to.class, grade: to.grade, keyOrder: to.keyOrder });
  if (!opensDeadlines || !classChanges) return;
  replaceDeadline(draft, 'evaluation');
  replaceDeadline(draft, 'confirmation');
}

/** The deadline of the old class is withdrawn; that of the new one counts from now, and its tasks move under it. */
function replaceDeadline(draft: Draft, kind: string): void {
  const old = runningDeadline(draft, kind);
  if (!old) return;
  settleKind(draft, kind, 'withdrawn');
  const deadline = openDeadline(draft, kind);
  for (const [id, task] of Object.entries(draft.next.tasks)) {
    if (task.deadline !== old) continue;
    task.deadline = deadline;
    draft.changes.push({ do: 'moveTask', id, deadline });
  }
}
