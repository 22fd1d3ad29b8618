import { describe, expect, it } from 'vitest';
import { climb } from '../../domain/ladder/climb.js';
import { defaultLadderPolicy } from '../../domain/ladder/defaults.js';
import { planRungs } from '../../domain/ladder/plan-rungs.js';
import { ladderPolicySchema, ladderSchema, type RungRole } from '../../domain/ladder/shape.js';
import { local, shanghai } from './calendar-support.js';

const { urgent, critical } = defaultLadderPolicy;

describe('the rungs of a breached deadline', () => {
  it('of an urgent order: two working hours apart, the last five times more', () => {
    const rungs = planRungs({ due: local('2026-11-24 17:00'), ladder: urgent, calendar: shanghai });
    expect(rungs).toEqual([
      { index: 1, role: 'departmentHead', at: local('2026-11-24 17:00') },
      { index: 2, role: 'teamLead', at: local('2026-11-25 10:00') },
      { index: 3, role: 'orderManager', at: local('2026-11-25 12:00') },
      { index: 4, role: 'vp', at: local('2026-11-25 15:00') },
      { index: 5, role: 'generalManager', at: local('2026-11-25 17:00') },
      { index: 6, role: 'generalManager', at: local('2026-11-26 10:00'), repeatOf: 5 },
      { index: 7, role: 'generalManager', at: local('2026-11-26 12:00'), repeatOf: 5 },
      { index: 8, role: 'generalManager', at: local('2026-11-26 15:00'), repeatOf: 5 },
      { index: 9, role: 'generalManager', at: local('2026-11-26 17:00'), repeatOf: 5 },
      { index: 10, role: 'generalManager', at: local('2026-11-27 10:00'), repeatOf: 5 },
    ]);
  });

  it('of a critical order: fifteen minutes apart, day and night', () => {
    const rungs = planRungs({ due: local('2026-10-03 23:30'), ladder: critical, calendar: shanghai });
    expect(rungs.map(({ at }) => at)).toEqual(
      [
        '2026-10-03 23:30',
        '2026-10-03 23:45',
        '2026-10-04 00:00',
        '2026-10-04 00:15',
        '2026-10-04 00:30',
        '2026-10-04 00:45',
        '2026-10-04 01:00',
        '2026-10-04 01:15',
        '2026-10-04 01:30',
        '2026-10-04 01:45',
      ].map(local),
    );
  });

  it('the first fires at due, an evening or a day off too; the next in working time', () => {
    const evening = planRungs({ due: local('2026-11-24 18:30'), ladder: urgent, calendar: shanghai });
    expect(evening[0]?.at).toBe(local('2026-11-24 18:30'));
    expect(evening[1]?.at).toBe(local('2026-11-25 10:00'));
    const saturday = planRungs({ due: local('2026-12-19 17:00'), ladder: urgent, calendar: shanghai });
    expect(saturday[0]?.at).toBe(local('2026-12-19 17:00'));
    expect(saturday[1]?.at).toBe(local('2026-12-21 10:00'));
  });

  it('follow the policy: other roles, whole days, no repeats', () => {
    const ladder = ladderSchema.parse({ step: { workingDays: 1 }, repeat: 0, rungs: ['orderManager', 'vp'] });
    expect(planRungs({ due: local('2026-11-27 17:00'), ladder, calendar: shanghai })).toEqual([
      { index: 1, role: 'orderManager', at: local('2026-11-27 17:00') },
      { index: 2, role: 'vp', at: local('2026-11-30 17:00') },
    ]);
  });
});

describe('a ladder in the policy', () => {
  const ladder = (change: object) => ({ ...defaultLadderPolicy, urgent: { ...urgent, ...change } });
  it('has a default that its own check passes', () => {
    expect(ladderPolicySchema.parse(defaultLadderPolicy)).toEqual(defaultLadderPolicy);
  });

  it.each([
    ['a step of nothing', { step: { workingDays: 0 } }, 'urgent.step.workingDays'],
    ['a step with a floor', { step: { workingHours: 2, atLeast: 'PT1H' } }, 'urgent.step.atLeast'],
    ['a step in no unit', { step: {} }, 'urgent.step'],
    ['too many repeats', { repeat: 21 }, 'urgent.repeat'],
    ['no rung', { rungs: [] }, 'urgent.rungs'],
    ['a role that is none', { rungs: ['vp', 'king'] }, 'urgent.rungs.1'],
  ])('is refused with its path: %s', (_, change, path) => {
    const paths = ladderPolicySchema
      .safeParse(ladder(change))
      .error?.issues.map((issue) => issue.path.join('.'));
    expect(paths).toContain(path);
  });
});

describe('a look at the ladder', () => {
  const rungs = planRungs({ due: local('2026-11-24 17:00'), ladder: urgent, calendar: shanghai });
  const everybody: Record<RungRole, string | undefined> = {
    departmentHead: 'head',
    teamLead: 'lead',
    orderManager: 'manager',
    emergencyManager: 'emergency',
    vp: 'vp',
    generalManager: 'gm',
  };
  const look = (at: string, { settled = [] as number[], away = [] as RungRole[] } = {}) =>
    climb({
      rungs,
      settled: new Set(settled),
      now: local(at),
      holderOf: (role) => (away.includes(role) ? undefined : everybody[role]),
    });
  const short = (outcomes: ReturnType<typeof look>) =>
    outcomes.map(({ index, result, person }) => `${index} ${result}${person ? ` ${person}` : ''}`);

  it('before due settles nothing', () => {
    expect(look('2026-11-24 16:59:59')).toEqual([]);
  });

  it('at a rung’s instant tells who holds its role, and says why', () => {
    expect(look('2026-11-24 17:00')).toEqual([
      {
        index: 1,
        role: 'departmentHead',
        at: local('2026-11-24 17:00'),
        settledAt: local('2026-11-24 17:00'),
        result: 'fired',
        person: 'head',
        why: { code: 'holdsRole' },
      },
    ]);
  });

  it('settles no rung twice', () => {
    expect(look('2026-11-25 09:59', { settled: [1] })).toEqual([]);
    expect(short(look('2026-11-25 10:00', { settled: [1] }))).toEqual(['2 fired lead']);
  });

  it('after an outage sends the highest rung past and supersedes the lower ones', () => {
    const outcomes = look('2026-11-25 15:30', { settled: [1] });
    expect(short(outcomes)).toEqual(['2 superseded', '3 superseded', '4 fired vp']);
    expect(outcomes[0]).toMatchObject({ why: { code: 'overtaken', by: 4 }, role: 'teamLead' });
    expect(outcomes[2]).toMatchObject({
      at: local('2026-11-25 15:00'),
      settledAt: local('2026-11-25 15:30'),
    });
  });

  it('after a long outage the last repeat past stands for all', () => {
    expect(short(look('2026-11-26 13:00'))).toEqual([
      '1 superseded',
      '2 superseded',
      '3 superseded',
      '4 superseded',
      '5 superseded',
      '6 superseded',
      '7 fired gm',
    ]);
  });

  it('where nobody is reachable the next higher rung takes the place at once', () => {
    const outcomes = look('2026-11-24 17:00', { away: ['departmentHead', 'teamLead'] });
    expect(short(outcomes)).toEqual(['1 skipped', '2 skipped', '3 fired manager']);
    expect(outcomes.map(({ why }) => why)).toEqual([
      { code: 'nobodyReachable', next: 2 },
      { code: 'nobodyReachable', next: 3 },
      { code: 'tookPlace', of: 1 },
    ]);
    // What took a place early does not fire again at its own instant.
    expect(look('2026-11-25 12:00', { settled: [1, 2, 3] })).toEqual([]);
    expect(short(look('2026-11-25 15:00', { settled: [1, 2, 3] }))).toEqual(['4 fired vp']);
  });

  it('where the last has nobody, that is recorded and its repeats still come', () => {
    const away: RungRole[] = ['vp', 'generalManager'];
    const outcomes = look('2026-11-25 15:00', { settled: [1, 2, 3], away });
    expect(short(outcomes)).toEqual(['4 skipped', '5 skipped']);
    expect(outcomes[1]?.why).toEqual({ code: 'nobodyReachable', next: undefined });
    expect(look('2026-11-25 17:00', { settled: [1, 2, 3, 4, 5], away })).toEqual([]);
    expect(short(look('2026-11-26 10:00', { settled: [1, 2, 3, 4, 5], away }))).toEqual(['6 skipped']);
    expect(short(look('2026-11-26 12:00', { settled: [1, 2, 3, 4, 5, 6] }))).toEqual(['7 fired gm']);
  });

  it('late and without the highest: the lower ones stay superseded, the next higher takes the place', () => {
    expect(short(look('2026-11-25 12:00', { settled: [1], away: ['orderManager'] }))).toEqual([
      '2 superseded',
      '3 skipped',
      '4 fired vp',
    ]);
  });

  it('a rung below one already told is superseded', () => {
    expect(short(look('2026-11-25 10:00', { settled: [1, 3] }))).toEqual(['2 superseded']);
  });

  it('asks for the holder at the moment of the look, and of no role it does not need', () => {
    const asked: RungRole[] = [];
    climb({
      rungs,
      settled: new Set([1]),
      now: local('2026-11-25 12:00'),
      holderOf: (role) => {
        asked.push(role);
        return 'someone';
      },
    });
    expect(asked).toEqual(['orderManager']);
  });
});
