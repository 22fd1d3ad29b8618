import { compareFractions, type Fraction } from '../money/fraction.js';
import type { Grade } from '../order/shape.js';
import type { LocalDate } from '../time/shape.js';
import { type NormalLeadTime, normalLeadTime, type TimedLine } from './normal-lead-time.js';
import type { AssessmentPolicy } from './shape.js';

const dayMs = 86_400_000;

export interface LeadTimeFinding {
  /** Calendar days from the day of effective receipt to the delivery asked for. */
  requestedDays: number;
  /** The hardest line's normal lead time. */
  normal: NormalLeadTime;
  /** Strictly below normal: as long as normal is not short. */
  short: boolean;
  /** 1–3 where short, else 0. */
  grade: Grade;
  /** A line's quantity is past the last factor. */
  toBeStated: boolean;
}

/**
 * Requested against normal lead time (P09.1, P20.1). The delivery is one day for all lines, so the hardest line is the
 * one with the longest normal lead time. Compared as exact fractions: a third is a third, whatever the factor.
 */
export function assessLeadTime(
  lines: readonly TimedLine[],
  receivedOn: LocalDate,
  requestedDelivery: LocalDate,
  policy: AssessmentPolicy['leadTime'],
): LeadTimeFinding {
  // Received after Friday's closing and wanted on Saturday: effective on Monday, which leaves no day, not a negative one.
  const requestedDays = Math.max(0, (Date.parse(requestedDelivery) - Date.parse(receivedOn)) / dayMs);
  const [first, ...others] = lines.map((line) => normalLeadTime(line, policy));
  if (!first) throw new RangeError('an order has at least one line');
  const normal = others.reduce((a, b) => (isHarder(b, a) ? b : a), first);
  const short = compareFractions({ numerator: BigInt(requestedDays), denominator: 1n }, normal.days) < 0;
  const toBeStated = [first, ...others].some((line) => line.toBeStated);
  const grade = short ? gradeOf(requestedDays, normal.days, policy.grades) : 0;
  return { requestedDays, normal, short, grade, toBeStated };
}

// Of two equal ones the one still to be stated: its time can only be longer. So the lines' order does not matter.
function isHarder(a: NormalLeadTime, b: NormalLeadTime): boolean {
  const order = compareFractions(a.days, b.days);
  return order > 0 || (order === 0 && a.toBeStated && !b.toBeStated);
}

/** The first grade from the top whose ratio holds, its limit included; 1 where none does. */
function gradeOf(
  requestedDays: number,
  normal: Fraction,
  grades: AssessmentPolicy['leadTime']['grades'],
): Grade {
  const found = grades.find(({ ratioAtMost }) => {
    if (!ratioAtMost) return true;
    const [numerator, denominator] = ratioAtMost;
    // requested ÷ normal ≤ n/d, without a division: normal may be 0 days.
    return (
      BigInt(requestedDays) * normal.denominator * BigInt(denominator) <= BigInt(numerator) * normal.numerator
    );
  });
  return found?.grade ?? 1;
}
