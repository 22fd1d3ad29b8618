import { checkAssessment } from '../assessment/check-assessment.js';
import { defaultDeadlinesPolicy } from '../deadlines/defaults.js';
import { defaultRungs } from '../ladder/defaults.js';
import type { Policy } from './shape.js';

/** One thing that is wrong with a policy as a whole, by its path within the policy. */
export interface PolicyFault {
  path: readonly (string | number)[];
  message: string;
}

// `delivery` has no default rule: it is due at the closing of the promised day unless the policy gives it one.
const deadlineKinds = new Set([...Object.values(defaultDeadlinesPolicy).flatMap(Object.keys), 'delivery']);

/**
 * What the shapes of the single fields cannot say: rules between them. A policy without faults can be put in force.
 */
export function checkPolicy(policy: Policy): PolicyFault[] {
  return [
    ...checkAssessment(policy.assessment).map(under('assessment')),
    ...checkDeadlines(policy.deadlines).map(under('deadlines')),
    ...checkLadder(policy.ladder).map(under('ladder')),
    ...checkMatrix(policy.matrix).map(under('matrix')),
    ...repeats(policy.signOff.roles, 'a role').map(under('signOff', 'roles')),
    ...Object.entries(policy.progressRoles).flatMap(([milestone, roles]) =>
      repeats(roles, 'a role').map(under('progressRoles', milestone)),
    ),
  ];
}

const under =
  (...path: string[]) =>
  (fault: PolicyFault): PolicyFault => ({ ...fault, path: [...path, ...fault.path] });

/** A misspelt kind would be kept and never asked for, and the default stay in force unseen. */
function checkDeadlines(deadlines: Policy['deadlines']): PolicyFault[] {
  return Object.entries(deadlines).flatMap(([orderClass, rules]) =>
    Object.keys(rules)
      .filter((kind) => !deadlineKinds.has(kind))
      .map((kind) => ({
        path: [orderClass, kind],
        message: `is no deadline; there are ${[...deadlineKinds].sort().join(', ')}`,
      })),
  );
}

/** The ladder climbs: each role once, from the bottom to the top. */
function checkLadder(ladder: Policy['ladder']): PolicyFault[] {
  return Object.entries(ladder).flatMap(([orderClass, { rungs }]) =>
    (rungs ?? []).flatMap((role, index) => {
      const before = rungs?.[index - 1];
      if (!before || defaultRungs.indexOf(role) > defaultRungs.indexOf(before)) return [];
      return [
        { path: [orderClass, 'rungs', index], message: `must stand above ${before}, not at or below it` },
      ];
    }),
  );
}

function checkMatrix(matrix: Policy['matrix']): PolicyFault[] {
  return Object.entries(matrix).flatMap(([point, departments]) =>
    repeats(departments, 'a department').map(under(point)),
  );
}

function repeats(values: readonly string[], what: string): PolicyFault[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [{ path: [index], message: `names ${what} twice` }] : [],
  );
}
