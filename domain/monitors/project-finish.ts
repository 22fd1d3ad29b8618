import { addDays } from '../time/local-date.js';
import type { LocalDate } from '../time/shape.js';
import { quantileOf } from './quantile-of.js';

const dayMs = 86_400_000;

/**
 * The day an open order is to be expected done, from the lead times of those that are done (P05.5): the median of those
 * that took at least as long as it has been open already. Its age is what tells of it: an order twice as old as most will
 * hardly be done by the median of all. Older than all of them, it is expected today; with fewer than `least` lead times
 * known nothing is expected: null.
 *
 * `leadDays`: calendar days from order to done, ascending, of orders of its like: its class, its kind of product.
 */
export function projectFinish({
  orderedOn,
  today,
  leadDays,
  least = 10,
}: {
  orderedOn: LocalDate;
  today: LocalDate;
  leadDays: readonly number[];
  least?: number;
}): LocalDate | null {
  if (leadDays.length < least) return null;
  const ageDays = (Date.parse(today) - Date.parse(orderedOn)) / dayMs;
  const asLong = leadDays.slice(firstAtLeast(leadDays, ageDays));
  return addDays(orderedOn, quantileOf(asLong, 0.5) ?? ageDays);
}

/** The place of the first value of an ascending list that is not below `least`. */
function firstAtLeast(ascending: readonly number[], least: number): number {
  const found = ascending.findIndex((value) => value >= least);
  return found === -1 ? ascending.length : found;
}
