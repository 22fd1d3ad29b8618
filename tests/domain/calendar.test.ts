import { describe, expect, it } from 'vitest';
import { calendarAdd } from '../../domain/calendar/calendar-add.js';
import { createCalendar } from '../../domain/calendar/create-calendar.js';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import { lastPublishedYear } from '../../domain/calendar/published-days.js';
import { addDays } from '../../domain/time/local-date.js';
import { local, shanghai } from './calendar-support.js';

describe('the published years', () => {
  // The notice of the State Council for 2026, day for day.
  const holidays2026 = [
    ['2026-01-01', 3],
    ['2026-02-15', 9],
    ['2026-04-04', 3],
    ['2026-05-01', 5],
    ['2026-06-19', 3],
    ['2026-09-25', 3],
    ['2026-10-01', 7],
  ] as const;
  const makeUp2026 = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'];

  it('give every holiday and make-up workday of 2026, and 248 working days', () => {
    const expected = holidays2026.flatMap(([first, length]) =>
      Array.from({ length }, (_, day) => addDays(first, day)),
    );
    const days = Array.from({ length: 365 }, (_, day) => addDays('2026-01-01', day));
    expect(days.filter((date) => shanghai.day(date).kind === 'holiday')).toEqual(expected);
    expect(days.filter((date) => shanghai.day(date).kind === 'makeUp')).toEqual(makeUp2026);
    expect(days.filter((date) => shanghai.isWorkingDay(date))).toHaveLength(248);
    expect(days.some((date) => shanghai.day(date).provisional)).toBe(false);
  });

  it('run from 2004 to the last one in the data, and a day beside them is provisional', () => {
    expect(shanghai.day('2004-01-01')).toEqual({ kind: 'holiday', working: false, provisional: false });
    expect(shanghai.day('2003-12-31').provisional).toBe(true);
    expect(shanghai.day(`${lastPublishedYear}-12-31`).provisional).toBe(false);
    expect(shanghai.day(`${lastPublishedYear + 1}-01-01`)).toEqual({
      kind: 'holiday',
      working: false,
      provisional: true,
    });
  });
});

describe('outside the published years', () => {
  it.each([
    // Weekdays that the data would silently call workdays.
    ['2027-01-01', 'holiday'],
    ['2027-02-05', 'holiday'],
    ['2027-02-08', 'holiday'],
    ['2027-02-09', 'workday'],
    ['2027-04-05', 'holiday'],
    ['2027-05-01', 'holiday'],
    ['2027-05-03', 'workday'],
    ['2027-06-09', 'holiday'],
    ['2027-09-15', 'holiday'],
    ['2027-10-01', 'holiday'],
    ['2027-10-04', 'workday'],
    ['2027-11-20', 'weekend'],
    ['2028-01-26', 'holiday'],
    ['2028-10-03', 'holiday'],
    // The law before 2008: three days in May, no festivals, no eve of the Spring Festival.
    ['2003-10-01', 'holiday'],
    ['2003-05-02', 'holiday'],
    ['2003-01-31', 'workday'],
    ['2003-02-03', 'holiday'],
    ['2003-06-04', 'workday'],
    ['1999-05-03', 'workday'],
    ['1949-10-03', 'workday'],
    ['2150-10-01', 'holiday'],
  ])('%s is a provisional %s', (date, kind) => {
    expect(shanghai.day(date)).toEqual({ kind, working: kind === 'workday', provisional: true });
  });

  it('a sum over the end of the data is provisional, one within it is not', () => {
    expect(calendarAdd(shanghai, local('2027-09-30 10:00'), { workingDays: 1 })).toMatchObject({
      due: local('2027-10-04 17:00'),
      provisional: true,
    });
    expect(calendarAdd(shanghai, local('2003-09-30 10:00'), { workingDays: 1 })).toMatchObject({
      due: local('2003-10-06 17:00'),
      provisional: true,
    });
    expect(calendarAdd(shanghai, local('2026-12-31 09:00'), { workingDays: 0 }).provisional).toBe(false);
    expect(calendarAdd(shanghai, local('2026-12-31 09:00'), { workingDays: 1 })).toMatchObject({
      due: local('2027-01-04 17:00'),
      provisional: true,
    });
  });
});

describe('effective receipt', () => {
  it.each([
    ['before opening', '2026-11-24 07:59:59', '2026-11-24 08:00'],
    ['at opening', '2026-11-24 08:00', '2026-11-24 08:00'],
    ['in the noon break', '2026-11-24 12:30', '2026-11-24 12:30'],
    ['a second before closing', '2026-11-24 16:59:59', '2026-11-24 16:59:59'],
    ['at closing', '2026-11-24 17:00:00', '2026-11-24 17:00:00'],
    ['a second after closing', '2026-11-24 17:00:01', '2026-11-25 08:00'],
    ['on a Sunday', '2026-11-22 10:00', '2026-11-23 08:00'],
    ['on a make-up Saturday', '2026-02-14 10:00', '2026-02-14 10:00'],
    ['after closing before the long holiday', '2026-09-30 17:01', '2026-10-08 08:00'],
    ['after closing of the year', '2025-12-31 18:00', '2026-01-04 08:00'],
  ])('%s', (_, at, effective) => {
    expect(shanghai.effectiveReceipt(local(at))).toBe(local(effective));
  });
});

describe('working hours', () => {
  it.each([
    ['within the morning', '2026-11-24 09:00', 2, '2026-11-24 11:00'],
    ['over the noon break', '2026-11-24 11:00', 2, '2026-11-24 14:00'],
    ['ending exactly where the break begins', '2026-11-24 11:00', 1, '2026-11-24 12:00'],
    ['from within the break', '2026-11-24 12:20', 1, '2026-11-24 14:00'],
    ['over night', '2026-11-24 16:30', 1, '2026-11-25 08:30'],
    ['ending exactly at closing', '2026-11-24 16:00', 1, '2026-11-24 17:00'],
    ['from closing', '2026-11-24 17:00', 1, '2026-11-25 09:00'],
    ['over the weekend', '2026-11-27 16:00', 3, '2026-11-30 10:00'],
    ['over the long holiday', '2026-09-30 16:00', 2, '2026-10-08 09:00'],
    ['a whole day', '2026-11-24 08:00', 8, '2026-11-24 17:00'],
    ['half an hour', '2026-11-24 11:45', 0.5, '2026-11-24 13:15'],
    ['none, at night', '2026-11-24 20:00', 0, '2026-11-25 08:00'],
  ])('%s', (_, from, hours, due) => {
    expect(shanghai.addWorkingHours(local(from), hours)).toBe(local(due));
  });

  it('between two instants leave out breaks, nights and days off', () => {
    const hours = (from: string, to: string) =>
      shanghai.workingTimeBetween(local(from), local(to)) / 3_600_000;
    expect(hours('2026-11-24 11:30', '2026-11-24 13:30')).toBe(1);
    expect(hours('2026-11-20 16:00', '2026-11-23 09:00')).toBe(2);
    expect(hours('2026-09-30 17:00', '2026-10-08 08:00')).toBe(0);
    expect(hours('2026-11-24 13:30', '2026-11-24 11:30')).toBe(0);
  });
});

describe('overrides', () => {
  it('close the plant on a workday and open it on a Saturday', () => {
    const calendar = createCalendar({
      workingTime: defaultWorkingTime,
      overrides: [
        { date: '2026-11-25', working: false, note: 'plant shutdown' },
        { date: '2026-11-28', working: true },
      ],
    });
    expect(calendar.addWorkingDays(local('2026-11-24 09:30'), 2)).toBe(local('2026-11-27 17:00'));
    expect(calendar.addWorkingDays(local('2026-11-24 09:30'), 3)).toBe(local('2026-11-28 17:00'));
    expect(calendar.day('2026-11-28')).toEqual({ kind: 'override', working: true, provisional: false });
  });

  it('stand above the published holidays, and make a day past the data certain', () => {
    const calendar = createCalendar({
      workingTime: defaultWorkingTime,
      overrides: [
        { date: '2026-10-01', working: true },
        { date: '2027-11-20', working: true },
      ],
    });
    expect(calendar.isWorkingDay('2026-10-01')).toBe(true);
    expect(calendar.day('2027-11-20').provisional).toBe(false);
    expect(calendar.isProvisional(local('2027-11-20 09:00'), local('2027-11-20 15:00'))).toBe(false);
  });

  it('that leave no working day are refused, not searched for ever', () => {
    const overrides = Array.from({ length: 4000 }, (_, day) => ({
      date: addDays('2026-01-01', day),
      working: false,
    }));
    const calendar = createCalendar({ workingTime: defaultWorkingTime, overrides });
    expect(() => calendar.addWorkingDays(local('2026-01-05 09:00'), 1)).toThrow(RangeError);
  });
});

describe('the reckoning of a sum', () => {
  it('names each day, why it works or not, and counts exactly the n', () => {
    expect(calendarAdd(shanghai, local('2026-02-13 17:30'), { workingDays: 2 })).toEqual({
      due: local('2026-02-25 17:00'),
      provisional: false,
      days: [
        { date: '2026-02-13', kind: 'workday', counted: false },
        { date: '2026-02-14', kind: 'makeUp', counted: false },
        ...Array.from({ length: 9 }, (_, day) => ({
          date: addDays('2026-02-15', day),
          kind: 'holiday',
          counted: false,
        })),
        { date: '2026-02-24', kind: 'workday', counted: true },
        { date: '2026-02-25', kind: 'workday', counted: true },
      ],
    });
  });

  it('counts for hours the days that gave working time', () => {
    const sum = calendarAdd(shanghai, local('2026-11-27 17:00'), { workingHours: 9 });
    expect(sum.due).toBe(local('2026-12-01 09:00'));
    expect(sum.days.filter(({ counted }) => counted).map(({ date }) => date)).toEqual([
      '2026-11-30',
      '2026-12-01',
    ]);
  });
});

it('a zone with summer time keeps its working hours over the change of clocks', () => {
  const berlin = createCalendar({
    workingTime: { zone: 'Europe/Berlin', shifts: [{ from: '00:00', to: '24:00' }] },
    overrides: [{ date: '2026-03-29', working: true }],
  });
  // 29 March 2026 has 23 hours there.
  expect(berlin.workingTimeBetween('2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z')).toBe(
    23 * 3_600_000,
  );
  expect(berlin.closing('2026-03-29')).toBe('2026-03-29T22:00:00.000Z');
});
