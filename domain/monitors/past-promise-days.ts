import type { Calendar } from '../calendar/create-calendar.js';
import { toEpochMs } from '../time/instant.js';
import type { Instant, LocalDate } from '../time/shape.js';

const dayMs = 86_400_000;

/**
 * Days by which an open order is past its promise at `at`, begun ones counted, or by which its projected finish passes
 * it, whichever is more; 0 where neither is so. The sample of the monitor of promises (P05.5, P18.6).
 */
export function pastPromiseDays({
  promisedOn,
  projectedOn = null,
  at,
  calendar,
}: {
  promisedOn: LocalDate;
  projectedOn?: LocalDate | null;
  at: Instant;
  calendar: Calendar;
}): number {
  const since = toEpochMs(at) - toEpochMs(calendar.closing(promisedOn));
  const projected = projectedOn === null ? 0 : (Date.parse(projectedOn) - Date.parse(promisedOn)) / dayMs;
  return Math.max(0, Math.ceil(since / dayMs), projected);
}
