import { describe, expect, it } from 'vitest';
import { lawfulHolidays } from '../../domain/calendar/lawful-holidays.js';
import { lastPublishedYear, publishedKind } from '../../domain/calendar/published-days.js';
import { weekdayOf } from '../../domain/time/local-date.js';

describe('the holidays fixed by law', () => {
  it('are days off in every published year: the notices only add to them', () => {
    const missing: string[] = [];
    for (let year = 2004; year <= lastPublishedYear; year++) {
      for (const date of lawfulHolidays(year)) {
        const weekend = weekdayOf(date) % 6 === 0 && publishedKind(date) !== 'makeUp';
        if (publishedKind(date) !== 'holiday' && !weekend) missing.push(date);
      }
    }
    expect(missing).toEqual([]);
  });

  it.each([
    // First day of the lunar year, 清明, 端午, 中秋, as the Purple Mountain Observatory's calendar has them.
    [2027, '02-06', '04-05', '06-09', '09-15'],
    [2028, '01-26', '04-04', '05-28', '10-03'],
    [2029, '02-13', '04-04', '06-16', '09-22'],
    [2030, '02-03', '04-05', '06-05', '09-12'],
  ])('of %i fall on the days of the lunar year', (year, newYear, tombSweeping, dragonBoat, midAutumn) => {
    const days = lawfulHolidays(year);
    for (const day of [newYear, tombSweeping, dragonBoat, midAutumn]) {
      expect(days.has(`${year}-${day}`)).toBe(true);
    }
    expect(days.size).toBeGreaterThanOrEqual(12);
  });

  it('are the fixed days alone after the lunar table ends, and none before the law', () => {
    expect([...lawfulHolidays(2100)].sort()).toEqual([
      '2100-01-01',
      '2100-05-01',
      '2100-05-02',
      '2100-10-01',
      '2100-10-02',
      '2100-10-03',
    ]);
    expect(lawfulHolidays(1949).size).toBe(0);
  });
});
