import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRotaOverlap } from '../../domain/on-call/find-rota-overlap.js';
import type { Delegation, Override, RoleShift } from '../../domain/on-call/shape.js';
import { whoIsOnCall } from '../../domain/on-call/who-is-on-call.js';
import { toEpochMs, toInstant } from '../../domain/time/instant.js';

const weekStart = toEpochMs('2026-11-22T16:00:00.000Z');
const minuteMs = 60_000;
const minuteOfWeek = fc.integer({ min: 0, max: 7 * 1440 - 1 });
const clock = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`);
const roles = ['vp', 'ops'] as const;
const people = ['a', 'b', 'c', 'd'];
const person = fc.constantFrom(...people);
const shifts: fc.Arbitrary<RoleShift[]> = fc.array(
  fc.record({
    role: fc.constantFrom<string>(...roles),
    weekday: fc.integer({ min: 1, max: 7 }),
    from: clock,
    to: clock,
    person,
  }),
  { maxLength: 8 },
);
const span = fc.tuple(minuteOfWeek, fc.integer({ min: 1, max: 3000 })).map(([start, length]) => ({
  from: toInstant(weekStart + start * minuteMs),
  to: toInstant(weekStart + (start + length) * minuteMs),
}));
const stamp = fc.integer({ min: 0, max: 5 }).map((n) => toInstant(weekStart - n * minuteMs));
const overrides: fc.Arbitrary<Override[]> = fc
  .array(fc.tuple(span, fc.constantFrom<string>(...roles), person, stamp), { maxLength: 4 })
  .map((all) =>
    all.map(([time, role, who, madeAt], n) => ({
      ...time,
      id: `o${n}`,
      role,
      person: who,
      madeAt,
      reason: 'x',
    })),
  );
const delegations: fc.Arbitrary<Delegation[]> = fc
  .array(fc.tuple(span, person, person, stamp), { maxLength: 5 })
  .map((all) =>
    all.flatMap(([time, who, standIn, madeAt], n) =>
      who === standIn ? [] : [{ ...time, id: `d${n}`, person: who, standIn, madeAt }],
    ),
  );
const at = minuteOfWeek.map((minute) => toInstant(weekStart + minute * minuteMs));
const tables = fc.record({ rota: shifts, overrides, delegations, at, role: fc.constantFrom(...roles) });
const zone = 'Asia/Shanghai';

describe('whoever is on call, whatever the tables say', () => {
  it('has a turn that holds the instant, and nobody present is passed over for a stand-in', () => {
    fc.assert(
      fc.property(tables, (asked) => {
        const found = whoIsOnCall({ ...asked, zone });
        if (!found) return;
        expect(found.from <= asked.at && asked.at < found.to).toBe(true);
        const own = found.onBehalfOf ?? found.person;
        const isAway = asked.delegations.some(
          (one) => one.person === own && one.from <= asked.at && asked.at < one.to,
        );
        expect(isAway).toBe(found.onBehalfOf !== undefined);
        const sources = found.by === 'rota' ? asked.rota : asked.overrides;
        expect(sources.some((one) => one.role === asked.role && one.person === own)).toBe(true);
        // Who is reached is not away themselves.
        expect(
          asked.delegations.some(
            (one) => one.person === found.person && one.from <= asked.at && asked.at < one.to,
          ),
        ).toBe(false);
      }),
    );
  });

  it('does not depend on the order of overrides and delegations', () => {
    fc.assert(
      fc.property(tables, (asked) => {
        const turned = {
          ...asked,
          overrides: [...asked.overrides].reverse(),
          delegations: [...asked.delegations].reverse(),
        };
        expect(whoIsOnCall({ ...turned, zone })).toEqual(whoIsOnCall({ ...asked, zone }));
      }),
    );
  });

  it('stays the same for the whole turn where only the rota speaks', () => {
    fc.assert(
      fc.property(
        shifts.filter((rota) => roles.every((role) => !overlap(rota, role))),
        at,
        fc.constantFrom(...roles),
        (rota, moment, role) => {
          const quiet = { rota, overrides: [], delegations: [], role, zone };
          const found = whoIsOnCall({ ...quiet, at: moment });
          if (!found) return;
          const lastMs = toEpochMs(found.to) - 1;
          for (const other of [found.from, toInstant(lastMs)]) {
            expect(whoIsOnCall({ ...quiet, at: other })).toEqual(found);
          }
        },
      ),
    );
  });

  it('is found by the rota exactly where a minute of the week has a turn, and two turns never meet unseen', () => {
    fc.assert(
      fc.property(shifts, at, (rota, moment) => {
        const role = 'vp';
        const own = rota.filter((one) => one.role === role);
        const minute = (toEpochMs(moment) - weekStart) / minuteMs;
        const holding = own.filter((one) => minutesOf(one).has(minute));
        const found = whoIsOnCall({ rota, overrides: [], delegations: [], role, zone, at: moment });
        expect(found === undefined).toBe(holding.length === 0);
        if (holding.length > 1) expect(findRotaOverlap(own)).toBeDefined();
      }),
      { numRuns: 60 },
    );
  });
});

const overlap = (rota: RoleShift[], role: string) =>
  findRotaOverlap(rota.filter((one) => one.role === role)) !== undefined;

/** The minutes of the week of a turn, counted one by one: Shanghai has no summer time. */
function minutesOf({ weekday, from, to }: RoleShift): Set<number> {
  const minutes = new Set<number>();
  const [first, last] = [from, to].map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)));
  const start = (weekday - 1) * 1440 + (first ?? 0);
  const length = ((last ?? 0) - (first ?? 0) + 1440) % 1440 || 1440;
  for (let n = 0; n < length; n += 1) minutes.add((start + n) % 10_080);
  return minutes;
}
