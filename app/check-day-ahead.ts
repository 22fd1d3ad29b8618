import { addDays } from '../domain/time/local-date.js';
import type { LocalDate } from '../domain/time/shape.js';
import { refuseField } from './errors.js';

/** Nobody promises a delivery further ahead; each day up to it is looked up in the calendar. */
const FURTHEST_DAYS = 5 * 366;

/** A day of delivery lies from today to five years ahead, in the company's zone. Throws `invalid-input` with the field. */
export function checkDayAhead(field: string, day: LocalDate, today: LocalDate): void {
  if (day < today) throw refuseField(field, `must not lie in the past; today is ${today}`);
  const furthest = addDays(today, FURTHEST_DAYS);
  if (day > furthest) throw refuseField(field, `must lie within five years, by ${furthest}`);
}
