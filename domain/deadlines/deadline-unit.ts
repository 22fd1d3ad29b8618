import type { DurationRule } from '../time/shape.js';
import type { DeadlineUnit } from './plan-warnings.js';
import type { DeadlineBasis, DeadlineKind } from './shape.js';

/**
 * The unit that a deadline on record is measured in, by what set its due instant; `rule` is the policy's of its kind and
 * class. As it was planned, but for a confirmation asked for at an hour: on record it is as one asked for by a day.
 */
export function deadlineUnit({
  kind,
  basis,
  rule,
}: {
  kind: DeadlineKind;
  basis: DeadlineBasis;
  rule: DurationRule | undefined;
}): DeadlineUnit {
  if (basis === 'floor' || basis === 'named') return 'elapsed';
  if (basis === 'promise') return 'workingTime';
  if (basis === 'replyBy' && kind === 'evaluation') return 'elapsed';
  return rule?.elapsed === undefined ? 'workingTime' : 'elapsed';
}
