import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findBreaches } from '../../../domain/monitors/find-breaches.js';
import { findEarlyWarnings } from '../../../domain/monitors/find-early-warnings.js';
import { type BookOrder, knownAt } from '../../../domain/monitors/known-at.js';
import { pastPromiseDays } from '../../../domain/monitors/past-promise-days.js';
import { projectFinish } from '../../../domain/monitors/project-finish.js';
import { addDays } from '../../../domain/time/local-date.js';
import { shanghai as calendar, local } from '../calendar-support.js';

const order = (shippedOn: string | null, requiredOn = '2026-11-24'): BookOrder => ({
  number: 'A',
  orderedOn: '2026-11-02',
  requiredOn,
  shippedOn,
});

describe('a breach', () => {
  it.each([
    ['open, a second before closing', null, '2026-11-24 16:59:59', undefined],
    ['open at closing', null, '2026-11-24 17:00', 0],
    ['open the next morning: the first day begun', null, '2026-11-25 08:00', 1],
    ['shipped on the day itself', '2026-11-24', '2026-11-25 08:00', undefined],
    ['shipped before', '2026-11-20', '2026-11-25 08:00', undefined],
    ['shipped the next day, not known yet', '2026-11-25', '2026-11-25 16:59', 1],
    ['shipped the next day', '2026-11-25', '2026-12-24 08:00', 1],
    ['shipped three days later', '2026-11-27', '2026-12-24 08:00', 3],
  ])('%s', (_, shippedOn, at, daysLate) => {
    const found = findBreaches([order(shippedOn)], { at: local(at), calendar });
    expect(found.map((breach) => breach.daysLate)).toEqual(daysLate === undefined ? [] : [daysLate]);
  });

  it('of an order due on a Sunday comes at that day’s closing', () => {
    const sunday = order(null, '2026-11-29');
    expect(findBreaches([sunday], { at: local('2026-11-29 16:59'), calendar })).toEqual([]);
    expect(findBreaches([sunday], { at: local('2026-11-29 17:00'), calendar })).toEqual([
      { number: 'A', dueAt: local('2026-11-29 17:00'), shippedOn: null, daysLate: 0 },
    ]);
  });

  it('of an order that is not placed yet is none, though it be due', () => {
    const placed = { ...order(null, '2026-11-24'), orderedOn: '2026-11-25' };
    expect(findBreaches([placed], { at: local('2026-11-25 07:59'), calendar })).toEqual([]);
    expect(findBreaches([placed], { at: local('2026-11-25 08:00'), calendar })).toHaveLength(1);
  });
});

describe('days past a promise', () => {
  const past = (at: string, projectedOn?: string) =>
    pastPromiseDays({ promisedOn: '2026-11-24', projectedOn, at: local(at), calendar });

  it.each([
    ['2026-11-24 17:00', undefined, 0],
    ['2026-11-24 17:01', undefined, 1],
    ['2026-11-25 17:01', undefined, 2],
    ['2026-11-20 09:00', '2026-11-24', 0],
    ['2026-11-20 09:00', '2026-11-27', 3],
    ['2026-11-26 09:00', '2026-11-25', 2],
  ])('at %s, projected %s: %i', (at, projectedOn, days) => {
    expect(past(at, projectedOn)).toBe(days);
  });
});

describe('a projected finish', () => {
  const leadDays = [1, 2, 3, 4, 5, 6, 7, 20, 30, 40];
  const project = (today: string, given: Partial<Parameters<typeof projectFinish>[0]> = {}) =>
    projectFinish({ orderedOn: '2026-11-01', today, leadDays, ...given });

  it.each([
    ['a new order: the median of all', '2026-11-01', '2026-11-06'],
    ['one of a week: the median of those that took as long', '2026-11-08', '2026-11-21'],
    ['one of eight days', '2026-11-09', '2026-12-01'],
    ['one as old as the oldest', '2026-12-11', '2026-12-11'],
    ['one older than all: today', '2026-12-24', '2026-12-24'],
  ])('%s', (_, today, projected) => {
    expect(project(today)).toBe(projected);
  });

  it('is none while too few are known', () => {
    expect(project('2026-11-01', { leadDays: leadDays.slice(1) })).toBeNull();
    expect(project('2026-11-01', { leadDays: [9], least: 1 })).toBe('2026-11-10');
    expect(project('2026-11-03', { leadDays: [], least: 0 })).toBe('2026-11-03');
  });
});

const day = (count: number) => addDays('2026-01-05', count);
const books = fc
  .array(
    fc.record({
      ordered: fc.integer({ min: 0, max: 60 }),
      allowed: fc.integer({ min: 0, max: 20 }),
      took: fc.option(fc.integer({ min: 0, max: 40 })),
    }),
    { maxLength: 40 },
  )
  .map((rows) =>
    rows.map(
      ({ ordered, allowed, took }, index): BookOrder => ({
        number: `O${index}`,
        orderedOn: day(ordered),
        requiredOn: day(ordered + allowed),
        shippedOn: took === null ? null : day(ordered + took),
      }),
    ),
  );
const moments = fc
  .tuple(fc.integer({ min: 0, max: 110 }), fc.constantFrom('08:00', '12:00', '17:00', '23:00'))
  .map(([count, time]) => local(`${day(count)} ${time}`));

describe('whatever the book', () => {
  it('an order that has shipped is a breach exactly where it shipped after the day required', () => {
    fc.assert(
      fc.property(books, moments, (book, at) => {
        const breached = new Set(findBreaches(book, { at, calendar }).map(({ number }) => number));
        for (const { number, shippedOn, requiredOn } of knownAt(book, { at, calendar })) {
          if (shippedOn !== null) expect(breached.has(number), number).toBe(shippedOn > requiredOn);
        }
      }),
    );
  });

  it('a breach is never taken back', () => {
    fc.assert(
      fc.property(books, moments, moments, (book, one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one];
        const after = new Set(findBreaches(book, { at: later, calendar }).map(({ number }) => number));
        for (const { number } of findBreaches(book, { at: earlier, calendar })) {
          expect(after.has(number), number).toBe(true);
        }
      }),
    );
  });

  it('nothing goes by what happens later', () => {
    fc.assert(
      fc.property(books, moments, (book, at) => {
        const blind = book
          .filter(({ orderedOn }) => calendar.opening(orderedOn) <= at)
          .map((one) => {
            const left = one.shippedOn !== null && calendar.closing(one.shippedOn) <= at;
            return { ...one, shippedOn: left ? one.shippedOn : null };
          });
        expect(findBreaches(book, { at, calendar })).toEqual(findBreaches(blind, { at, calendar }));
        expect(findEarlyWarnings(book, { at, calendar, least: 3 })).toEqual(
          findEarlyWarnings(blind, { at, calendar, least: 3 }),
        );
      }),
    );
  });

  it('no order is both breached and warned of, and a warning names a day after the one required', () => {
    fc.assert(
      fc.property(books, moments, (book, at) => {
        const breached = new Set(findBreaches(book, { at, calendar }).map(({ number }) => number));
        for (const warning of findEarlyWarnings(book, { at, calendar, least: 1 })) {
          expect(breached.has(warning.number)).toBe(false);
          expect(warning.daysLate).toBeGreaterThan(0);
          expect(warning.dueAt > at).toBe(true);
        }
      }),
    );
  });
});
