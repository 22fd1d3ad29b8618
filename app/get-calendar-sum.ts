import type { Queryable } from '../db/connect.js';
import { calendarAdd, type WorkingAmount } from '../domain/calendar/calendar-add.js';
import type { CalendarSum } from '../domain/calendar/shape.js';
import type { Instant } from '../domain/time/shape.js';
import { loadRules } from './load-rules.js';

/** Adds working time to an instant by the company's calendar as it is now (design §6). */
export async function getCalendarSum(
  db: Queryable,
  from: Instant,
  amount: WorkingAmount,
): Promise<CalendarSum> {
  const { calendar } = await loadRules(db);
  return calendarAdd(calendar, from, amount);
}
