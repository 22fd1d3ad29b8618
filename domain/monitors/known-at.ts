import type { Calendar } from '../calendar/create-calendar.js';
import type { Instant, LocalDate } from '../time/shape.js';

/** An order as its dates tell it; days of the company's zone. */
export interface BookOrder {
  number: string;
  orderedOn: LocalDate;
  /** The promised day, or the one asked for: it is due at that day's closing. */
  requiredOn: LocalDate;
  /** The day it left, or was done; null while it is open. */
  shippedOn: LocalDate | null;
}

/** What is known of an order at an instant, and no more: a book of the past is replayed by it. */
export interface KnownOrder extends BookOrder {
  dueAt: Instant;
}

/**
 * The orders that are known at `at`, as they are known then: those placed by that day's opening, with the day they left
 * once that day has closed. What happened later is not there, however well the book knows it.
 */
export function knownAt(
  orders: readonly BookOrder[],
  { at, calendar }: { at: Instant; calendar: Calendar },
): KnownOrder[] {
  const today = calendar.localDate(at);
  return orders.flatMap((order) => {
    const { orderedOn, requiredOn, shippedOn } = order;
    if (orderedOn > today || calendar.opening(orderedOn) > at) return [];
    const left = shippedOn !== null && shippedOn <= today && calendar.closing(shippedOn) <= at;
    return [{ ...order, shippedOn: left ? shippedOn : null, dueAt: calendar.closing(requiredOn) }];
  });
}
