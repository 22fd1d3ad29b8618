import { checkAssessment } from '../assessment/check-assessment.js';
import { defaultDeadlinesPolicy } from '../deadlines/defaults.js';
import { LEVEL_CLASSES } from '../deadlines/shape.js';
import { rungRoleSchema } from '../ladder/shape.js';
import type { Policy } from './shape.js';

/** One thing that is wrong with a policy as a whole, by its path within the policy. */
export interface PolicyFault {
  path: readonly (string | number)[];
  message: string;
}

const isLevel = (of: string) => LEVEL_CLASSES.some((level) => level === of);
const kindsOf = (wanted: (of: string) => boolean) =>
  Object.entries(defaultDeadlinesPolicy).flatMap(([of, rules]) => (wanted(of) ? Object.keys(rules) : []));

// `delivery` has no default rule: it is due at the closing of the promised day unless the policy gives it one.
const orderKinds = new Set([...kindsOf((of) => !isLevel(of)), 'delivery']);
const incidentKinds = new Set(kindsOf(isLevel));

/**
 * What the shapes of the single fields cannot say: rules between them. A policy without faults can be put in force.
 */
export function checkPolicy(policy: Policy): PolicyFault[] {
  return [
    ...checkAssessment(policy.assessment).map(under('assessment')),
    ...checkDeadlines(policy.deadlines).map(under('deadlines')),
    ...checkLadder(policy.ladder).map(under('ladder')),
    ...checkHolds(policy.holds).map(under('holds')),
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
  return Object.entries(deadlines).flatMap(([deadlineClass, rules]) => {
    const kinds = isLevel(deadlineClass) ? incidentKinds : orderKinds;
    return Object.keys(rules)
      .filter((kind) => !kinds.has(kind))
      .map((kind) => ({
        path: [deadlineClass, kind],
        message: `is no deadline; there are ${[...kinds].sort().join(', ')}`,
      }));
  });
}

/** A hold stops deadlines of an order; that of the hold itself runs. */
function checkHolds(holds: Policy['holds']): PolicyFault[] {
  return Object.entries(holds).flatMap(([reason, { stops }]) =>
    stops.flatMap((kind, index) =>
      orderKinds.has(kind)
        ? []
        : [
            {
              path: [reason, 'stops', index],
              message: `is no deadline; there are ${[...orderKinds].sort().join(', ')}`,
            },
          ],
    ),
  );
}

const bottomToTop: readonly string[] = rungRoleSchema.options;

/** The ladder climbs: each role once, from the bottom to the top. */
function checkLadder(ladder: Policy['ladder']): PolicyFault[] {
  return Object.entries(ladder).flatMap(([deadlineClass, { rungs }]) =>
    (rungs ?? []).flatMap((role, index) => {
      const before = rungs?.[index - 1];
      if (!before || bottomToTop.indexOf(role) > bottomToTop.indexOf(before)) return [];
      return [
        { path: [deadlineClass, 'rungs', index], message: `must stand above ${before}, not at or below it` },
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
