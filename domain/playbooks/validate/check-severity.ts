import type { Playbook } from '../shape.js';
import { type PlaybookProblem, problemAt } from './problem.js';

type Rule = Playbook['severity']['rules'][number];

/** The rules of the level (P11.1) read from the highest down, and none says what another says already. */
export function checkSeverity({ severity: { rules } }: Playbook): PlaybookProblem[] {
  return rules.flatMap((rule, at) => {
    const path = ['severity', 'rules', at];
    const before = rules[at - 1];
    const problems = checkFacts(rule, path);
    if (before && rule.level > before.level) {
      problems.push(
        problemAt([...path, 'level'], {
          zh: `级别必须从高到低排列：${rule.level} 级应排在 ${before.level} 级之前`,
          en: `levels must go from the highest down: ${rule.level} stands before ${before.level}`,
        }),
      );
    }
    const same = rules.findIndex((other) => conditionsOf(other) === conditionsOf(rule));
    if (same < at) {
      problems.push(
        problemAt([...path, 'when'], {
          zh: `条件与 severity.rules.${same} 相同；请删除，或改为不同的条件`,
          en: `has the conditions of severity.rules.${same}; leave it out, or make them differ`,
        }),
      );
    }
    return problems;
  });
}

function checkFacts({ when }: Rule, path: (string | number)[]): PlaybookProblem[] {
  return when.flatMap(({ fact }, index) =>
    when.findIndex((other) => other.fact === fact) === index
      ? []
      : problemAt([...path, 'when', index, 'fact'], {
          zh: `同一规则中 ${fact} 只能出现一次；较大的数值已包含较小的`,
          en: `${fact} may stand once in a rule; the greater number includes the smaller`,
        }),
  );
}

const conditionsOf = ({ when }: Rule) =>
  when
    .map(({ fact, atLeast }) => `${fact} ${atLeast}`)
    .sort()
    .join();
