import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { readMachine } from '../../../app/config.js';
import { defaultMonitors } from '../../../domain/monitors/defaults.js';
import { evaluateMonitor, untouchedMonitor } from '../../../domain/monitors/evaluate-monitor.js';
import { type Breach, findBreaches } from '../../../domain/monitors/find-breaches.js';
import { findEarlyWarnings } from '../../../domain/monitors/find-early-warnings.js';
import { type BookOrder, knownAt } from '../../../domain/monitors/known-at.js';
import { pastPromiseDays } from '../../../domain/monitors/past-promise-days.js';
import { quantileOf } from '../../../domain/monitors/quantile-of.js';
import type { Sample } from '../../../domain/monitors/shape.js';
import { addDays } from '../../../domain/time/local-date.js';
import type { Instant } from '../../../domain/time/shape.js';
import { shanghai as calendar } from '../calendar-support.js';

const northwind =
  readMachine().env.NORTHWIND_DIR ??
  fileURLToPath(new URL('../../../../shared/data/northwind', import.meta.url));

const endsOn = '1998-05-06';
const dayMs = 86_400_000;

function readBook(): BookOrder[] {
  const rows: Record<string, string>[] = parse(readFileSync(join(northwind, 'orders.csv')), {
    columns: true,
  });
  return rows.map((row) => ({
    number: row.order_id ?? '',
    orderedOn: row.order_date ?? '',
    requiredOn: row.required_date ?? '',
    shippedOn: row.shipped_date || null,
  }));
}

describe.skipIf(!existsSync(northwind))(
  `Northwind, replayed by its dates (looked for in ${northwind}; NORTHWIND_DIR says where else it lies)`,
  () => {
    let book: BookOrder[];
    /** Each morning of the book, its last one included. */
    let mornings: Instant[];
    /** Orders that were shipped by the end, and late: by the book's own two dates. */
    let shippedLate: string[];

    beforeAll(() => {
      book = readBook();
      mornings = [];
      for (let date = book[0]?.orderedOn ?? endsOn; date <= endsOn; date = addDays(date, 1)) {
        mornings.push(calendar.opening(date));
      }
      shippedLate = book
        .filter(({ shippedOn, requiredOn }) => shippedOn !== null && shippedOn > requiredOn)
        .map(({ number }) => number);
    });

    it('finds exactly the 37 orders that were shipped late, and no other among the shipped', () => {
      expect(book).toHaveLength(830);
      expect(mornings.at(-1)).toBe('1998-05-06T00:00:00.000Z');
      expect(shippedLate).toHaveLength(37);
      const found = new Map<string, Breach>();
      for (const at of mornings) {
        const breaches = findBreaches(book, { at, calendar });
        // What was found once is never taken back.
        const numbers = new Set(breaches.map(({ number }) => number));
        expect([...found.keys()].filter((number) => !numbers.has(number))).toEqual([]);
        for (const breach of breaches) {
          // It is found on the first morning after it was due, while it is still open.
          if (!found.has(breach.number))
            expect(Date.parse(at) - Date.parse(breach.dueAt)).toBeLessThan(dayMs);
          found.set(breach.number, breach);
        }
      }
      const shipped = [...found.values()].filter(({ shippedOn }) => shippedOn !== null);
      expect(shipped.map(({ number }) => number).sort()).toEqual([...shippedLate].sort());
      // Those still open were due later than this morning.
      expect(found.size).toBe(37);
    });

    it('the monitor of promises opens an incident for each of them, once, and closes it when it is shipped', () => {
      const [monitor] = defaultMonitors.filter(({ kind }) => kind === 'pastPromise');
      if (!monitor) throw new Error('there is no monitor of promises');
      let state = untouchedMonitor;
      const opened: (string | null)[] = [];
      const closed: (string | null)[] = [];
      for (const at of mornings) {
        const samples = knownAt(book, { at, calendar }).flatMap(
          ({ number, requiredOn, shippedOn }): Sample[] =>
            shippedOn === null
              ? [{ at, subject: number, value: pastPromiseDays({ promisedOn: requiredOn, at, calendar }) }]
              : [],
        );
        const look = evaluateMonitor(monitor, samples, state, at);
        state = look.state;
        opened.push(...look.opens.map(({ subject }) => subject));
        closed.push(...look.closes.map(({ subject }) => subject));
      }
      expect([...opened].sort()).toEqual([...shippedLate].sort());
      expect([...closed].sort()).toEqual([...shippedLate].sort());
    });

    it('warns early by the general projection: its precision, recall and lead time are what they are', () => {
      const firstWarned = new Map<string, { at: Instant; dueAt: Instant }>();
      for (const at of mornings) {
        for (const { number, dueAt } of findEarlyWarnings(book, { at, calendar })) {
          if (!firstWarned.has(number)) firstWarned.set(number, { at, dueAt });
        }
      }
      const late = new Set(shippedLate);
      // What is open at the end has no outcome yet.
      const judged = new Set(
        knownAt(book, { at: mornings.at(-1) ?? '', calendar })
          .filter(({ shippedOn }) => shippedOn !== null)
          .map(({ number }) => number),
      );
      const warned = [...firstWarned].filter(([number]) => judged.has(number));
      const right = warned.filter(([number]) => late.has(number));
      const daysAhead = right
        .map(([, { at, dueAt }]) => (Date.parse(dueAt) - Date.parse(at)) / dayMs)
        .sort((a, b) => a - b);
      const share = (part: number, whole: number) =>
        `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
      console.log(
        [
          'early warning by the median of lead times, Northwind up to the opening of 1998-05-06:',
          `  precision ${share(right.length, warned.length)} of the orders warned of were late`,
          `  recall    ${share(right.length, late.size)} of the late orders were warned of before they were due`,
          `  lead time ${[0.1, 0.5, 0.9].map((q) => quantileOf(daysAhead, q)?.toFixed(1)).join(' / ')} days before due (10 % / median / 90 %)`,
        ].join('\n'),
      );
      // No figure is aimed at; but a warning comes before its deadline, or it is none.
      expect(right.length).toBeGreaterThan(0);
      expect(daysAhead[0]).toBeGreaterThan(0);
    });
  },
);
