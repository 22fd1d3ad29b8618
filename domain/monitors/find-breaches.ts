import type { Calendar } from '../calendar/create-calendar.js';
import type { Instant, LocalDate } from '../time/shape.js';
import { type BookOrder, knownAt } from './known-at.js';
import { pastPromiseDays } from './past-promise-days.js';

/** An order that was not shipped when it was due. */
export interface Breach {
  number: string;
  dueAt: Instant;
  /** The day it left after all; null while it is open. */
  shippedOn: LocalDate | null;
  /** Days past due, begun ones counted; of an open order so far. */
  daysLate: number;
}

/**
 * Which orders of a book have breached their date by `at`, by what is known then (P05.5): due at the closing of the
 * required day, a day off too, and not shipped by then. One shipped on that day is in time.
 */
export function findBreaches(
  orders: readonly BookOrder[],
  { at, calendar }: { at: Instant; calendar: Calendar },
): Breach[] {
  return knownAt(orders, { at, calendar }).flatMap(({ number, requiredOn, shippedOn, dueAt }) => {
    const until = shippedOn === null ? at : calendar.closing(shippedOn);
    if (dueAt > at || (shippedOn !== null && until <= dueAt)) return [];
    const daysLate = pastPromiseDays({ promisedOn: requiredOn, at: until, calendar });
    return [{ number, dueAt, shippedOn, daysLate }];
  });
}
