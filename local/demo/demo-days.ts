import { toInstant } from '../../domain/time/instant.js';
import { addDays, epochMsAt, localDateOf } from '../../domain/time/local-date.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';

/** Days and hours around the one on which the demonstration is loaded, in the company's zone. */
export interface DemoDays {
  /** So many days from today; before it when negative. */
  day(offset: number): LocalDate;
  /** A local time of such a day. */
  moment(offset: number, time: string): Instant;
}

export function demoDays(at: Instant, zone: string): DemoDays {
  const today = localDateOf(at, zone);
  const day = (offset: number) => addDays(today, offset);
  return { day, moment: (offset, time) => toInstant(epochMsAt(day(offset), time, zone)) };
}
