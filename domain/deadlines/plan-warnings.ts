import type { Calendar } from '../calendar/create-calendar.js';
import { toEpochMs, toInstant } from '../time/instant.js';
import type { Instant } from '../time/shape.js';

/** A deadline's own unit: hours of the clock, or working time. */
export type DeadlineUnit = 'elapsed' | 'workingTime';

/** How far into a deadline its warnings come, in percent. */
export const warningPercents = [50, 80] as const;

/**
 * The instants of the two warnings of a deadline, in its own unit: half of the working time of a working-time
 * deadline, counted from its effective receipt. One without any working time in it (due on a day off) is measured
 * by the clock; one that is due before it begins warns when due.
 */
export function planWarnings({
  from,
  dueAt,
  unit,
  calendar,
}: {
  from: Instant;
  dueAt: Instant;
  unit: DeadlineUnit;
  calendar: Calendar;
}): [Instant, Instant] {
  const start = toEpochMs(from);
  const elapsed = Math.max(0, toEpochMs(dueAt) - start);
  const working = unit === 'workingTime' ? calendar.workingTimeBetween(from, dueAt) : 0;
  const at = (percent: number) => {
    if (elapsed === 0) return dueAt;
    if (working > 0) return calendar.addWorkingTime(from, (working * percent) / 100);
    return toInstant(start + (elapsed * percent) / 100);
  };
  return [at(warningPercents[0]), at(warningPercents[1])];
}
