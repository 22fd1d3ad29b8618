import type { DurationRule } from '../time/shape.js';
import { defaultDeadlinesPolicy } from './defaults.js';
import type { DeadlineClass, DeadlineKind, DeadlinesPolicy } from './shape.js';

/** The policy's rule for a deadline, else the default's; undefined when neither has one for this class. */
export function ruleFor(
  policy: DeadlinesPolicy,
  orderClass: DeadlineClass,
  kind: DeadlineKind,
): DurationRule | undefined {
  return policy[orderClass][kind] ?? defaultDeadlinesPolicy[orderClass][kind];
}
