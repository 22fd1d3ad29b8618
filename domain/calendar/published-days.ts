import data from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import type { LocalDate } from '../time/shape.js';

// The data alone, not the library's functions: these read a date in the machine's zone (a day early west of
// Greenwich) and answer "workday" for any year without data.
const holidays: Record<string, string> = data.holidays;
const makeUpDays: Record<string, string> = data.workdays;

// A year is published when its National Day is in the data: each year's notice of the State Council has one.
const publishedYears: ReadonlySet<number> = new Set(
  Object.keys(holidays)
    .filter((date) => date.endsWith('-10-01'))
    .map((date) => Number(date.slice(0, 4))),
);

/** The last year whose holidays and make-up workdays are in the data. */
export const lastPublishedYear = Math.max(...publishedYears);

/**
 * Whether the State Council's notice for a year is in the data. The notice of the year after may still move the
 * last days of December (as in 2018): such a change comes with the data of that year.
 */
export function isPublishedYear(year: number): boolean {
  return publishedYears.has(year);
}

/** What the notice says of a day of a published year: a holiday, a make-up workday (调休), or nothing of its own. */
export function publishedKind(date: LocalDate): 'holiday' | 'makeUp' | undefined {
  if (date in holidays) return 'holiday';
  return date in makeUpDays ? 'makeUp' : undefined;
}
