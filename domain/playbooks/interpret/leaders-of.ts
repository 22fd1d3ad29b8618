import type { Playbook } from '../shape.js';
import type { StepRun } from './step-run.js';

/** Which decision leads to a step, by which of its options. */
export interface Leader {
  decision: string;
  options: ReadonlySet<string>;
}

/** For each step that only a decision can open: the decisions that lead to it. All other steps have no entry. */
export function leadersOf(playbook: Pick<Playbook, 'steps'>): Map<string, Leader[]> {
  const leaders = new Map<string, Leader[]>();
  for (const step of playbook.steps) {
    if (step.kind !== 'decision') continue;
    for (const key of new Set(step.options.flatMap(({ leadsTo }) => leadsTo))) {
      const options = new Set(
        step.options.filter((option) => option.leadsTo.includes(key)).map((o) => o.key),
      );
      leaders.set(key, [...(leaders.get(key) ?? []), { decision: step.key, options }]);
    }
  }
  return leaders;
}

/** Whether a decision of this run was made so that it leads there. */
export function hasLed({ options }: Leader, decision: StepRun | undefined): boolean {
  return decision?.state === 'done' && optionsOf(decision.outcome).some((option) => options.has(option));
}

/** The options of an outcome: one, or several where each customer chose for themselves. */
export function optionsOf(outcome: string | undefined): string[] {
  return outcome === undefined ? [] : outcome.split(',');
}

/** The outcome of several options, each once, in one order whatever order they came in. */
export function outcomeOf(options: readonly string[]): string {
  return [...new Set(options)].sort().join(',');
}
