import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarAdd } from '../../domain/calendar/calendar-add.js';
import { createCalendar } from '../../domain/calendar/create-calendar.js';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import { toEpochMs, toInstant } from '../../domain/time/instant.js';
import { addDays } from '../../domain/time/local-date.js';
import { shanghai } from './calendar-support.js';

// A company with days of its own, in a zone with summer time, and the plain default.
const berlin = createCalendar({
  workingTime: {
    zone: 'Europe/Berlin',
    shifts: [
      { from: '06:00', to: '09:15' },
      { from: '09:15', to: '14:00' },
      { from: '22:00', to: '24:00' },
    ],
  },
  overrides: [
    { date: '2026-03-29', working: true },
    { date: '2026-10-25', working: true },
    { date: '2026-10-26', working: false },
  ],
});
const shutDown = createCalendar({
  workingTime: defaultWorkingTime,
  overrides: Array.from({ length: 20 }, (_, day) => ({ date: addDays('2026-07-20', day), working: false })),
});

const calendars = fc.constantFrom(shanghai, berlin, shutDown);
const minuteMs = 60_000;
/** Instants to the second, from before the data begins to after it ends. */
const instants = fc
  .integer({ min: Date.UTC(2003, 10, 1) / 1000, max: Date.UTC(2027, 11, 31) / 1000 })
  .map((seconds) => toInstant(seconds * 1000));
const days = fc.integer({ min: 0, max: 40 });
const minutes = fc.integer({ min: 1, max: 100 * 60 });

describe('a sum in working time', () => {
  it('is never due on a day off or outside working time', () => {
    fc.assert(
      fc.property(calendars, instants, days, minutes, (calendar, from, n, length) => {
        for (const due of [
          calendar.addWorkingDays(from, n),
          calendar.addWorkingTime(from, length * minuteMs),
        ]) {
          // The instant before it is working time, for a shift that ends at midnight is due on the next day's date.
          const justBefore = toInstant(toEpochMs(due) - 1);
          expect(calendar.isWorkingDay(calendar.localDate(justBefore))).toBe(true);
          expect(calendar.workingTimeBetween(justBefore, due)).toBe(1);
        }
      }),
    );
  });

  it('is monotone in its start and in its length', () => {
    fc.assert(
      fc.property(calendars, instants, instants, days, minutes, (calendar, one, other, n, length) => {
        const [early, late] = one < other ? [one, other] : [other, one];
        const ms = length * minuteMs;
        expect(calendar.addWorkingDays(early, n) <= calendar.addWorkingDays(late, n)).toBe(true);
        expect(calendar.addWorkingDays(early, n) < calendar.addWorkingDays(early, n + 1)).toBe(true);
        expect(calendar.addWorkingTime(early, ms) <= calendar.addWorkingTime(late, ms)).toBe(true);
        expect(calendar.addWorkingTime(early, ms) < calendar.addWorkingTime(early, ms + 1)).toBe(true);
        expect(calendar.effectiveReceipt(early) <= calendar.effectiveReceipt(late)).toBe(true);
      }),
    );
  });

  it('is the same day by day as all at once', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(shanghai, shutDown),
        instants,
        fc.integer({ min: 1, max: 40 }),
        (calendar, from, n) => {
          let due = calendar.addWorkingDays(from, 0);
          for (let day = 0; day < n; day++) due = calendar.addWorkingDays(due, 1);
          expect(due).toBe(calendar.addWorkingDays(from, n));
        },
      ),
    );
  });

  it('is the same in parts as all at once, in hours', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, minutes, (calendar, from, first, second) => {
        const inParts = calendar.addWorkingTime(
          calendar.addWorkingTime(from, first * minuteMs),
          second * minuteMs,
        );
        expect(inParts).toBe(calendar.addWorkingTime(from, (first + second) * minuteMs));
      }),
    );
  });

  it('holds exactly as much working time as was added', () => {
    fc.assert(
      fc.property(calendars, instants, minutes, (calendar, from, length) => {
        const due = calendar.addWorkingTime(from, length * minuteMs);
        expect(calendar.workingTimeBetween(from, due)).toBe(length * minuteMs);
      }),
    );
  });

  it('is due after its start, and its reckoning ends on its due day with exactly n days counted', () => {
    fc.assert(
      fc.property(fc.constantFrom(shanghai, shutDown), instants, days, (calendar, from, n) => {
        const sum = calendarAdd(calendar, from, { workingDays: n });
        expect(sum.due >= from).toBe(true);
        expect(sum.days[0]?.date).toBe(calendar.localDate(from));
        expect(sum.days.at(-1)?.date).toBe(calendar.localDate(sum.due));
        expect(sum.days.filter(({ counted }) => counted)).toHaveLength(n);
        expect(sum.days.every(({ date, counted }) => !counted || calendar.isWorkingDay(date))).toBe(true);
      }),
    );
  });
});

it('a year of working days on a fresh calendar takes a few milliseconds', () => {
  shanghai.addWorkingDays('2026-11-24T01:30:00.000Z', 250);
  const durations = Array.from({ length: 5 }, () => {
    const calendar = createCalendar({ workingTime: defaultWorkingTime });
    const startedMs = performance.now();
    calendar.addWorkingDays('2026-11-24T01:30:00.000Z', 250);
    return performance.now() - startedMs;
  });
  // The best of five: the machine may be busy, the code may not be slow.
  expect(Math.min(...durations)).toBeLessThan(5);
});
