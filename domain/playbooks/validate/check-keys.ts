import type { Playbook } from '../shape.js';
import { linksOf } from './links-of.js';
import { listed, type PlaybookProblem, problemAt } from './problem.js';

/** Names: each key once in its list, and what is named is there. */
export function checkKeys(playbook: Playbook): PlaybookProblem[] {
  return [...checkRepeats(playbook), ...checkNames(playbook)];
}

function checkRepeats({ team, steps, causes }: Playbook): PlaybookProblem[] {
  return [
    ...repeats(['team'], team),
    ...repeats(['steps'], steps),
    ...steps.flatMap((step, at) => {
      if (step.kind === 'decision') return repeats(['steps', at, 'options'], step.options);
      if (step.kind !== 'task' || !step.form) return [];
      return [
        ...repeats(['steps', at, 'form'], step.form),
        ...step.form.flatMap(({ options = [] }, field) =>
          repeats(['steps', at, 'form', field, 'options'], options),
        ),
      ];
    }),
    ...repeats(['causes'], causes),
  ];
}

function repeats(path: (string | number)[], entries: readonly { key: string }[]): PlaybookProblem[] {
  return entries.flatMap(({ key }, index) => {
    const first = entries.findIndex((entry) => entry.key === key);
    if (first === index) return [];
    const other = [...path, first].join('.');
    return problemAt([...path, index, 'key'], {
      zh: `${key} 与 ${other} 重复，每项的 key 必须各不相同`,
      en: `${key} is the key of ${other} already; each must have its own`,
    });
  });
}

function checkNames(playbook: Playbook): PlaybookProblem[] {
  const known = new Set(playbook.steps.map(({ key }) => key));
  const steps = listed(known);
  const unknown = linksOf(playbook).filter(({ to }) => !known.has(to));
  return [
    ...unknown.map(({ path, to }) =>
      problemAt(path, {
        zh: `预案中没有步骤 ${to}，必须是以下步骤之一：${steps.zh}`,
        en: `there is no step ${to}; it must be one of ${steps.en}`,
      }),
    ),
    ...playbook.steps.flatMap((step, at) => {
      if (step.kind !== 'decision' || step.otherwise === undefined) return [];
      if (step.options.some(({ key }) => key === step.otherwise)) return [];
      const options = listed(step.options.map(({ key }) => key));
      return problemAt(['steps', at, 'otherwise'], {
        zh: `${step.otherwise} 不是此决定的选项，必须是以下之一：${options.zh}`,
        en: `${step.otherwise} is no option of this decision; it must be one of ${options.en}`,
      });
    }),
  ];
}
