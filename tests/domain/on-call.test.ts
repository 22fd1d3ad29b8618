import { describe, expect, it } from 'vitest';
import { findRotaOverlap } from '../../domain/on-call/find-rota-overlap.js';
import {
  type Delegation,
  delegationInputSchema,
  type Override,
  overrideInputSchema,
  type RoleShift,
  rotaShiftSchema,
} from '../../domain/on-call/shape.js';
import { whoIsOnCall } from '../../domain/on-call/who-is-on-call.js';
import { local } from './calendar-support.js';

const role = 'orderManager';
const shift = (weekday: number, from: string, to: string, person: string): RoleShift => ({
  role,
  weekday,
  from,
  to,
  person,
});
const override = (change: Partial<Override>): Override => ({
  id: 'o1',
  role,
  person: 'extra',
  reason: '换班',
  from: local('2026-11-24 00:00'),
  to: local('2026-11-25 00:00'),
  madeAt: local('2026-11-01 09:00'),
  ...change,
});
const away = (person: string, standIn: string, change: Partial<Delegation> = {}): Delegation => ({
  id: `${person}-${standIn}`,
  person,
  standIn,
  from: local('2026-11-23 00:00'),
  to: local('2026-11-28 00:00'),
  madeAt: local('2026-11-01 09:00'),
  ...change,
});
/** Tuesday 2026-11-24 in Shanghai, unless another day is given. */
const ask = (at: string, change: Partial<Parameters<typeof whoIsOnCall>[0]> = {}) =>
  whoIsOnCall({
    rota: [],
    overrides: [],
    delegations: [],
    role,
    at: local(at.length === 5 ? `2026-11-24 ${at}` : at),
    zone: 'Asia/Shanghai',
    ...change,
  });

describe('the weekly rota (P01.3)', () => {
  const rota = [
    shift(1, '18:00', '08:00', 'monday-night'),
    shift(2, '18:00', '00:00', 'tuesday-evening'),
    shift(6, '08:00', '08:00', 'saturday'),
    shift(7, '20:00', '06:00', 'sunday-night'),
  ];
  it.each([
    ['2026-11-23 17:59', undefined],
    ['2026-11-23 18:00', 'monday-night'],
    ['2026-11-23 23:59', 'monday-night'],
    ['2026-11-24 00:00', 'monday-night'],
    ['2026-11-24 07:59', 'monday-night'],
    ['2026-11-24 08:00', undefined],
    ['2026-11-24 23:59', 'tuesday-evening'],
    ['2026-11-25 00:00', undefined],
    ['2026-11-28 07:59', undefined],
    ['2026-11-28 08:00', 'saturday'],
    ['2026-11-29 07:59', 'saturday'],
    ['2026-11-29 08:00', undefined],
    ['2026-11-30 05:59', 'sunday-night'],
    ['2026-11-30 06:00', undefined],
  ])('at %s has %s on call', (at, person) => {
    expect(ask(at, { rota })?.person).toBe(person);
  });

  it('tells by what somebody is on call and from when until when, a night over both its days', () => {
    expect(ask('2026-11-24 03:00', { rota })).toEqual({
      person: 'monday-night',
      by: 'rota',
      from: local('2026-11-23 18:00'),
      to: local('2026-11-24 08:00'),
    });
  });

  it('is of its own role alone, and of local time', () => {
    expect(ask('03:00', { rota, role: 'vp' })).toBeUndefined();
    // 03:00 in Shanghai is the evening before in Berlin, at 20:00.
    expect(ask('03:00', { rota, zone: 'Europe/Berlin' })?.from).toBe('2026-11-23T17:00:00.000Z');
  });

  it('loses and gains the hour of summer time as the wall clock does', () => {
    const nights = [shift(6, '22:00', '06:00', 'night')];
    const turn = (at: string) => ask('12:00', { rota: nights, zone: 'Europe/Berlin', at });
    const hours = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / 3.6e6;
    expect(hours(turn('2026-03-29T01:00:00.000Z') ?? { from: '', to: '' })).toBe(7);
    expect(hours(turn('2026-10-25T01:00:00.000Z') ?? { from: '', to: '' })).toBe(9);
  });
});

describe('an override', () => {
  const rota = [shift(2, '00:00', '00:00', 'regular')];
  it('comes before the rota while it lasts: its first instant is in it, its last is not', () => {
    const overrides = [override({ from: local('2026-11-24 10:00'), to: local('2026-11-24 11:00') })];
    const persons = ['09:59', '10:00', '10:59', '11:00'].map((at) => ask(at, { rota, overrides })?.person);
    expect(persons).toEqual(['regular', 'extra', 'extra', 'regular']);
    expect(ask('10:00', { rota, overrides })).toMatchObject({ by: 'override', override: 'o1' });
  });

  it('made later counts before one made earlier, in whatever order they stand', () => {
    const first = override({ id: 'a', person: 'first' });
    const second = override({ id: 'b', person: 'second', madeAt: local('2026-11-02 09:00') });
    for (const overrides of [
      [first, second],
      [second, first],
    ]) {
      expect(ask('10:00', { rota, overrides })?.person).toBe('second');
    }
  });
});

describe('a delegation', () => {
  const rota = [shift(2, '00:00', '00:00', 'regular')];
  it('puts the stand-in in the place of the one who is away, and says for whom', () => {
    const delegations = [away('regular', 'second')];
    expect(ask('10:00', { rota, delegations })).toMatchObject({ person: 'second', onBehalfOf: 'regular' });
    expect(ask('2026-12-01 10:00', { rota, delegations })).toMatchObject({ person: 'regular' });
  });

  it('holds for an override as well', () => {
    const delegations = [away('extra', 'second')];
    expect(ask('10:00', { rota, overrides: [override({})], delegations })).toMatchObject({
      person: 'second',
      onBehalfOf: 'extra',
      by: 'override',
    });
  });

  it('leads on where the stand-in is away too, still on behalf of the first', () => {
    const delegations = [away('regular', 'second'), away('second', 'third')];
    expect(ask('10:00', { rota, delegations })).toMatchObject({ person: 'third', onBehalfOf: 'regular' });
  });

  it('made later counts before one made earlier', () => {
    const later = away('regular', 'later', { madeAt: local('2026-11-02 09:00') });
    expect(ask('10:00', { rota, delegations: [later, away('regular', 'earlier')] })?.person).toBe('later');
  });

  it('of two who stand in for each other reaches nobody: the override falls to the rota, the rota to nobody', () => {
    const delegations = [away('extra', 'friend'), away('friend', 'extra')];
    expect(ask('10:00', { rota, overrides: [override({})], delegations })?.person).toBe('regular');
    expect(ask('10:00', { overrides: [override({})], delegations })).toBeUndefined();
  });
});

describe('people as they are now', () => {
  const rota = [shift(2, '00:00', '00:00', 'regular')];
  const staff = [
    { id: 'regular', roles: [role] },
    { id: 'second', roles: [] },
  ];
  it('count: who has left, or holds the role no more, is not on call', () => {
    expect(ask('10:00', { rota, staff })?.person).toBe('regular');
    expect(ask('10:00', { rota, staff: [] })).toBeUndefined();
    expect(ask('10:00', { rota, staff: [{ id: 'regular', roles: ['vp'] }] })).toBeUndefined();
    expect(ask('10:00', { rota, overrides: [override({})], staff })?.person).toBe('regular');
  });

  it('are stood in for by anybody who is with the company, role or not', () => {
    expect(ask('10:00', { rota, delegations: [away('regular', 'second')], staff })?.person).toBe('second');
    expect(ask('10:00', { rota, delegations: [away('regular', 'gone')], staff })).toBeUndefined();
  });
});

describe('what is refused', () => {
  it.each([
    [{ weekday: 0, from: '18:00', to: '08:00', person: 'x' }, 'weekday'],
    [{ weekday: 8, from: '18:00', to: '08:00', person: 'x' }, 'weekday'],
    [{ weekday: 1.5, from: '18:00', to: '08:00', person: 'x' }, 'weekday'],
    [{ weekday: 1, from: '24:00', to: '08:00', person: 'x' }, 'from'],
    [{ weekday: 1, from: '18:00', to: '8:00', person: 'x' }, 'to'],
    [{ weekday: 1, from: '18:00', to: '08:00', person: '' }, 'person'],
  ])('a turn %j, for its %s', (input, field) => {
    expect(rotaShiftSchema.safeParse(input).error?.issues[0]?.path).toEqual([field]);
  });

  it('an override and a delegation that end before they begin, and standing in for oneself', () => {
    const span = { from: '2026-11-24T10:00:00+08:00', to: '2026-11-24T10:00:00+08:00' };
    const wrong = overrideInputSchema.safeParse({ ...span, role, person: 'x', reason: '换班' });
    expect(wrong.error?.issues.map(({ path }) => path)).toEqual([['to']]);
    const self = delegationInputSchema.safeParse({
      ...span,
      to: '2026-11-25T10:00:00+08:00',
      person: 'x',
      standIn: 'x',
    });
    expect(self.error?.issues.map(({ path }) => path)).toEqual([['standIn']]);
  });

  it.each([
    [
      [shift(1, '08:00', '12:00', 'a'), shift(1, '11:59', '13:00', 'b')],
      [0, 1],
    ],
    [[shift(1, '08:00', '12:00', 'a'), shift(1, '12:00', '13:00', 'b')], undefined],
    [
      [shift(1, '18:00', '08:00', 'a'), shift(2, '07:00', '09:00', 'b')],
      [0, 1],
    ],
    [
      [shift(1, '06:00', '07:00', 'a'), shift(3, '06:00', '07:00', 'b'), shift(7, '20:00', '06:30', 'c')],
      [0, 2],
    ],
    [[shift(1, '08:00', '08:00', 'a'), shift(2, '08:00', '08:00', 'b')], undefined],
    [
      [shift(1, '08:00', '08:00', 'a'), shift(1, '08:00', '08:00', 'b')],
      [0, 1],
    ],
  ])('two turns of one role at the same time: %j → %j', (shifts, places) => {
    expect(findRotaOverlap(shifts as RoleShift[])).toEqual(places);
  });
});
