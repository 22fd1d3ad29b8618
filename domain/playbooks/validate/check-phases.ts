import { firstStageConfirmed, stageOf } from '../interpret/stage-of.js';
import type { Playbook, Step } from '../shape.js';
import { linksOf } from './links-of.js';
import { type PlaybookProblem, problemAt } from './problem.js';

/** What runs while nobody has confirmed yet. */
const runsBeforeConfirmation = ({ beforeConfirmation, phase }: Step) =>
  beforeConfirmation || stageOf(phase) < firstStageConfirmed;

/** Phases go one way, contain and notify together; and every playbook leads back to normal (P13.3). */
export function checkPhases(playbook: Playbook): PlaybookProblem[] {
  const stepOf = new Map(playbook.steps.map((step) => [step.key, step]));
  const problems: PlaybookProblem[] = [];
  for (const { path, from, to, kind } of linksOf(playbook)) {
    const [one, other] = [stepOf.get(from), stepOf.get(to)];
    if (!one || !other) continue;
    const isNeeds = kind === 'needs';
    if (isNeeds && stageOf(other.phase) > stageOf(one.phase)) {
      problems.push(
        problemAt(path, {
          zh: `${to} 属于更晚的阶段 ${other.phase}，只能等待本阶段（${one.phase}）或之前阶段的步骤`,
          en: `${to} is of the later phase ${other.phase}; a step may wait for steps of its own phase (${one.phase}) or an earlier one`,
        }),
      );
    }
    if (!isNeeds && stageOf(other.phase) < stageOf(one.phase)) {
      problems.push(
        problemAt(path, {
          zh: `${to} 属于更早的阶段 ${other.phase}，选项只能引出本阶段（${one.phase}）或之后阶段的步骤`,
          en: `${to} is of the earlier phase ${other.phase}; an option may lead to steps of its own phase (${one.phase}) or a later one`,
        }),
      );
    }
    const [waiting, first] = isNeeds ? [one, other] : [other, one];
    if (waiting.beforeConfirmation && !runsBeforeConfirmation(first)) {
      problems.push(
        problemAt(path, {
          zh: `${waiting.key} 在确认之前执行，而 ${first.key} 要到确认之后；请将 ${first.key} 也设为 beforeConfirmation，或取消 ${waiting.key} 的`,
          en: `${waiting.key} runs before confirmation, ${first.key} only after it; mark ${first.key} beforeConfirmation too, or ${waiting.key} not`,
        }),
      );
    }
  }
  if (!playbook.steps.some(({ phase }) => phase === 'normal')) {
    problems.push(
      problemAt(['steps'], {
        zh: '至少要有一个 normal 阶段的步骤，说明如何恢复正常秩序',
        en: 'at least one step must be of the phase normal: how things return to normal',
      }),
    );
  }
  return problems;
}
