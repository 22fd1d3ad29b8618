import type { Calendar } from '../calendar/create-calendar.js';
import { toEpochMs, toInstant } from '../time/instant.js';
import type { Instant } from '../time/shape.js';
import type { DeadlineUnit } from './plan-warnings.js';

/** A deadline that stood still from one instant to another. */
export interface Stop {
  stoppedAt: Instant;
  resumedAt: Instant;
  unit: DeadlineUnit;
  calendar: Calendar;
}

/**
 * When an instant of a deadline comes after a stop: it has the time before it that it had when the deadline was stopped,
 * in the deadline's own unit. It never comes sooner than it would have without the stop. One that lay outside working
 * time with no working time before it is measured by the clock, as warnings are.
 */
export function resumeInstant(at: Instant, { stoppedAt, resumedAt, unit, calendar }: Stop): Instant {
  const leftMs = toEpochMs(at) - toEpochMs(stoppedAt);
  if (leftMs <= 0 || resumedAt <= stoppedAt) return at;
  const workingMs = unit === 'workingTime' ? calendar.workingTimeBetween(stoppedAt, at) : 0;
  const moved =
    workingMs > 0 ? calendar.addWorkingTime(resumedAt, workingMs) : toInstant(toEpochMs(resumedAt) + leftMs);
  return moved > at ? moved : at;
}
