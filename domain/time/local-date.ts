import { DateTime } from 'luxon';
import type { Instant, LocalDate } from './shape.js';

const dayMs = 86_400_000;

/** The day `count` days later (earlier when negative). Counted in UTC, where each day has 24 hours. */
export function addDays(date: LocalDate, count: number): LocalDate {
  return new Date(Date.parse(date) + count * dayMs).toISOString().slice(0, 10);
}

/** The day of the week, 0 Sunday to 6 Saturday; of no zone, for a date is the same day everywhere. */
export function weekdayOf(date: LocalDate): number {
  return new Date(date).getUTCDay();
}

/** The day that an instant falls on in `zone` (IANA name). */
export function localDateOf(at: Instant, zone: string): LocalDate {
  const day = DateTime.fromMillis(Date.parse(at), { zone }).toISODate();
  if (day === null) throw new RangeError(`not an instant in a known zone: ${at}, ${zone}`);
  return day;
}

/**
 * Milliseconds since 1970 of a local time (`HH:mm`, `24:00` included) on a day in `zone`. A time that summer time
 * leaves out is an hour later.
 */
export function epochMsAt(date: LocalDate, time: string, zone: string): number {
  const key = `${date}T${time} ${zone}`;
  const epochMs = known.get(key) ?? findEpochMs(date, time, zone);
  if (known.size >= mostKnown) known.clear();
  known.set(key, epochMs);
  return epochMs;
}

// A plan asks for the openings and closings of the same few days again and again.
const known = new Map<string, number>();
const mostKnown = 2_000;

function findEpochMs(date: LocalDate, time: string, zone: string): number {
  if (time === '24:00') return epochMsAt(addDays(date, 1), '00:00', zone);
  const local = DateTime.fromISO(`${date}T${time}`, { zone });
  if (!local.isValid) throw new RangeError(`not a local time in a known zone: ${date}, ${time}, ${zone}`);
  return local.toMillis();
}
