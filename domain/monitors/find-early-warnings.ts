import type { Calendar } from '../calendar/create-calendar.js';
import type { Instant, LocalDate } from '../time/shape.js';
import { type BookOrder, knownAt } from './known-at.js';
import { pastPromiseDays } from './past-promise-days.js';
import { projectFinish } from './project-finish.js';

const dayMs = 86_400_000;

/** An open order that is not due yet and is expected late. */
export interface EarlyWarning {
  number: string;
  dueAt: Instant;
  projectedOn: LocalDate;
  /** Days by which the projection passes the required day. */
  daysLate: number;
}

/**
 * Which open orders of a book are expected to be late, at `at` and by what is known then: the projection of each goes by
 * the lead times of those shipped before (P05.5, P18.6). The book is of one like: one class, one kind of product.
 */
export function findEarlyWarnings(
  orders: readonly BookOrder[],
  { at, calendar, least }: { at: Instant; calendar: Calendar; least?: number },
): EarlyWarning[] {
  const known = knownAt(orders, { at, calendar });
  const today = calendar.localDate(at);
  const leadDays = known
    .flatMap(({ orderedOn, shippedOn }) =>
      shippedOn === null ? [] : [(Date.parse(shippedOn) - Date.parse(orderedOn)) / dayMs],
    )
    .sort((a, b) => a - b);
  return known.flatMap(({ number, orderedOn, requiredOn, shippedOn, dueAt }) => {
    if (shippedOn !== null || dueAt <= at) return [];
    const projectedOn = projectFinish({ orderedOn, today, leadDays, ...(least !== undefined && { least }) });
    if (projectedOn === null || projectedOn <= requiredOn) return [];
    const daysLate = pastPromiseDays({ promisedOn: requiredOn, projectedOn, at, calendar });
    return [{ number, dueAt, projectedOn, daysLate }];
  });
}
