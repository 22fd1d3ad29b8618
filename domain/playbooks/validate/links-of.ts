import type { Playbook, Step } from '../shape.js';

/** Where a step names another one. */
export interface Link {
  path: (string | number)[];
  /** The step that names, and the one named, by key. */
  from: string;
  to: string;
  /** `needs`: `from` waits for `to`. `leadsTo`: `to` waits for the decision `from`, and for its option. */
  kind: 'needs' | 'leadsTo';
}

/** Every `needs` and `leadsTo` of a playbook with its path, in the order in which they stand. */
export function linksOf({ steps }: Pick<Playbook, 'steps'>): Link[] {
  return steps.flatMap((step, at) => [
    ...step.needs.map(
      (to, index): Link => ({ path: ['steps', at, 'needs', index], from: step.key, to, kind: 'needs' }),
    ),
    ...(step.kind === 'decision' ? leadsOf(step, at) : []),
  ]);
}

function leadsOf({ key, options }: Extract<Step, { kind: 'decision' }>, at: number): Link[] {
  return options.flatMap(({ leadsTo }, option) =>
    leadsTo.map((to, index) => ({
      path: ['steps', at, 'options', option, 'leadsTo', index],
      from: key,
      to,
      kind: 'leadsTo' as const,
    })),
  );
}
