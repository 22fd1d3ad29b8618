import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { climb } from '../../domain/ladder/climb.js';
import { defaultRungs } from '../../domain/ladder/defaults.js';
import { planRungs } from '../../domain/ladder/plan-rungs.js';
import {
  type Ladder,
  type RungOutcome,
  type RungRole,
  rungOutcomeSchema,
} from '../../domain/ladder/shape.js';
import { toEpochMs, toInstant } from '../../domain/time/instant.js';
import { local, shanghai } from './calendar-support.js';

const due = local('2026-11-24 17:00');
const end = local('2027-03-01 17:00');

const ladders: fc.Arbitrary<Ladder> = fc.record({
  step: fc.constantFrom<Ladder['step']>({ workingHours: 2 }, { elapsed: 'PT15M' }, { workingDays: 1 }),
  repeat: fc.integer({ min: 0, max: 6 }),
  rungs: fc.option(fc.subarray([...defaultRungs], { minLength: 1 }), { nil: undefined }),
});
/** Roles that nobody holds; the whole life of a ladder long. */
const absences = fc.subarray([...defaultRungs]);
/** How far along the ladder each look comes, in thousandths of its length; a gap is an outage. */
const looksAt = fc.array(fc.integer({ min: -50, max: 1100 }), { maxLength: 20 });

/** Looks at a ladder at each of `thousandths`, then once after its end; gives the outcomes look by look. */
function climbThrough(ladder: Ladder, away: readonly RungRole[], thousandths: readonly number[]) {
  const rungs = planRungs({ due, ladder, calendar: shanghai });
  const start = toEpochMs(due);
  const length = toEpochMs(rungs.at(-1)?.at ?? due) - start;
  const looks = [...thousandths].sort((a, b) => a - b).map((at) => toInstant(start + (length * at) / 1000));
  const settled = new Set<number>();
  const outcomes = [...looks, end].map((now) => {
    // Each look begins from the record alone, as one after a restart does.
    const settledNow = climb({
      rungs,
      settled: new Set(settled),
      now,
      holderOf: (role) => (away.includes(role) ? undefined : `holder of ${role}`),
    });
    for (const { index } of settledNow) settled.add(index);
    return settledNow;
  });
  return { rungs, outcomes };
}

/** Every rung's instant, exactly: the looks of a worker that is never away. */
const onTime = (ladder: Ladder, away: readonly RungRole[]) => {
  const rungs = planRungs({ due, ladder, calendar: shanghai });
  const settled = new Map<number, RungOutcome>();
  for (const { at } of rungs) {
    const found = climb({
      rungs,
      settled: new Set(settled.keys()),
      now: at,
      holderOf: (role) => (away.includes(role) ? undefined : `holder of ${role}`),
    });
    for (const outcome of found) settled.set(outcome.index, outcome);
  }
  return settled;
};

describe('over any sequence of looks, with any restarts and outages between them', () => {
  it('each rung is settled exactly once: fired, superseded or skipped', () => {
    fc.assert(
      fc.property(ladders, absences, looksAt, (ladder, away, looks) => {
        const { rungs, outcomes } = climbThrough(ladder, away, looks);
        const settled = outcomes.flat().map(({ index }) => index);
        expect([...settled].sort((a, b) => a - b)).toEqual(rungs.map(({ index }) => index));
      }),
    );
  });

  it('a look tells one person at most, and a person told holds the role', () => {
    fc.assert(
      fc.property(ladders, absences, looksAt, (ladder, away, looks) => {
        for (const look of climbThrough(ladder, away, looks).outcomes) {
          expect(look.filter(({ result }) => result === 'fired').length).toBeLessThanOrEqual(1);
          for (const outcome of look) {
            expect(rungOutcomeSchema.parse(outcome)).toEqual(outcome);
            const told = outcome.result === 'fired' ? `holder of ${outcome.role}` : undefined;
            expect(outcome.person).toBe(told);
            expect(outcome.result === 'skipped').toBe(outcome.why.code === 'nobodyReachable');
            expect(outcome.result === 'superseded').toBe(outcome.why.code === 'overtaken');
          }
        }
      }),
    );
  });

  it('the ladder only climbs, and no rung fires before its instant but in another’s place', () => {
    fc.assert(
      fc.property(ladders, absences, looksAt, (ladder, away, looks) => {
        let highest = 0;
        for (const outcome of climbThrough(ladder, away, looks).outcomes.flat()) {
          if (outcome.result === 'fired') {
            expect(outcome.index).toBeGreaterThan(highest);
            highest = outcome.index;
            expect(outcome.why.code === 'tookPlace' || outcome.settledAt >= outcome.at).toBe(true);
          }
          if (outcome.result === 'superseded') expect(outcome.settledAt >= outcome.at).toBe(true);
        }
      }),
    );
  });

  it('looking more often between the rungs changes nothing of what a worker never away has done', () => {
    fc.assert(
      fc.property(ladders, absences, looksAt, (ladder, away, looks) => {
        const expected = onTime(ladder, away);
        const rungs = planRungs({ due, ladder, calendar: shanghai });
        const start = toEpochMs(due);
        const length = toEpochMs(rungs.at(-1)?.at ?? due) - start;
        const extra = looks.map((at) => toInstant(start + (length * at) / 1000));
        const settled = new Map<number, RungOutcome>();
        for (const now of [...rungs.map(({ at }) => at), ...extra].sort()) {
          const found = climb({
            rungs,
            settled: new Set(settled.keys()),
            now,
            holderOf: (role) => (away.includes(role) ? undefined : `holder of ${role}`),
          });
          for (const outcome of found) settled.set(outcome.index, outcome);
        }
        expect([...settled.values()]).toEqual([...expected.values()]);
      }),
    );
  });
});
