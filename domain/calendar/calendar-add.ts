import { toEpochMs, toInstant } from '../time/instant.js';
import { addDays } from '../time/local-date.js';
import type { Instant } from '../time/shape.js';
import type { Calendar } from './create-calendar.js';
import type { CalendarSum, CountedDay } from './shape.js';

/** So many working days, or so many hours of working time. */
export type WorkingAmount = { workingDays: number } | { workingHours: number };

/**
 * Adds working time to an instant and shows the reckoning, day by day from that of `from` to that of the due
 * instant: for `GET /v1/calendar/add`. Of n working days exactly n are counted, the day of effective receipt not
 * among them; of hours, each day that gave working time.
 */
export function calendarAdd(calendar: Calendar, from: Instant, amount: WorkingAmount): CalendarSum {
  const due =
    'workingDays' in amount
      ? calendar.addWorkingDays(from, amount.workingDays)
      : calendar.addWorkingHours(from, amount.workingHours);
  const received = calendar.localDate(calendar.effectiveReceipt(from));
  const gaveTime = (date: string) => {
    const start = Math.max(toEpochMs(calendar.opening(date)), toEpochMs(from));
    const end = Math.min(toEpochMs(calendar.closing(date)), toEpochMs(due));
    return start < end && calendar.workingTimeBetween(toInstant(start), toInstant(end)) > 0;
  };

  const days: CountedDay[] = [];
  const last = calendar.localDate(due);
  for (let date = calendar.localDate(from); date <= last; date = addDays(date, 1)) {
    const { kind, working } = calendar.day(date);
    const counted = working && ('workingDays' in amount ? date > received : gaveTime(date));
    days.push({ date, kind, counted });
  }
  return { due, provisional: calendar.isProvisional(from, due), days };
}
