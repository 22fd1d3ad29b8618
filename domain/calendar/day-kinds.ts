import { weekdayOf } from '../time/local-date.js';
import type { LocalDate } from '../time/shape.js';
import { lawfulHolidays } from './lawful-holidays.js';
import { isPublishedYear, publishedKind } from './published-days.js';
import type { DayKind, DayOverride } from './shape.js';

/** What a day is. `provisional`: the year's holidays are not published, so the answer may change with the data. */
export interface Day {
  kind: DayKind;
  working: boolean;
  provisional: boolean;
}

/** What the law and its published notices make of a day, the company's own overrides left aside. */
function legalDay(date: LocalDate): Day {
  const year = Number(date.slice(0, 4));
  const provisional = !isPublishedYear(year);
  const special = provisional
    ? lawfulHolidays(year).has(date)
      ? 'holiday'
      : undefined
    : publishedKind(date);
  if (special) return { kind: special, working: special === 'makeUp', provisional };
  const weekend = weekdayOf(date) % 6 === 0;
  return { kind: weekend ? 'weekend' : 'workday', working: !weekend, provisional };
}

/**
 * Answers what each day is: the company's override first, then the published holidays and make-up workdays, then
 * the week. Outside the published years the holidays fixed by law stand in, and the day is provisional. Answers
 * are kept, for a sum over a year asks hundreds of times.
 */
export function createDayKinds(overrides: readonly DayOverride[]): (date: LocalDate) => Day {
  const days = new Map<LocalDate, Day>(
    overrides.map(({ date, working }) => [date, { kind: 'override', working, provisional: false }]),
  );
  return (date) => {
    let day = days.get(date);
    if (!day) {
      day = legalDay(date);
      days.set(date, day);
    }
    return day;
  };
}
