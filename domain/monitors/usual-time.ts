import { quantileOf } from './quantile-of.js';

/** How long something usually takes, in the unit of what it was made from. */
export interface UsualTime {
  median: number;
  /** Nine in ten took no longer. */
  p90: number;
  /** From here on one takes unusually long. */
  limit: number;
  /** How many it was made from. */
  count: number;
}

// Where all took nearly the same, the ninetieth is hardly above the median, and every tenth order would be an alarm.
const leastOverMedian = 1.5;

/**
 * The usual time of a class from its closed orders, the newest last: of the last `last`, median and ninetieth percentile
 * (P12.1). Null with fewer than `least`: what is usual is not known then, and nothing is unusual by it.
 */
export function usualTime(
  durations: readonly number[],
  { last = 50, least = 10 }: { last?: number; least?: number } = {},
): UsualTime | null {
  const sorted = durations.slice(-last).sort((a, b) => a - b);
  const [median, p90] = [quantileOf(sorted, 0.5), quantileOf(sorted, 0.9)];
  if (median === undefined || p90 === undefined || sorted.length < least) return null;
  return { median, p90, limit: Math.max(p90, leastOverMedian * median), count: sorted.length };
}
