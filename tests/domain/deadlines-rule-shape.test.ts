import { describe, expect, it } from 'vitest';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import { dayOverrideSchema, workingTimeSchema } from '../../domain/calendar/shape.js';
import { defaultDeadlinesPolicy } from '../../domain/deadlines/defaults.js';
import { deadlinesPolicySchema } from '../../domain/deadlines/shape.js';
import {
  durationMs,
  durationRuleSchema,
  instantInputSchema,
  instantSchema,
  localDateSchema,
} from '../../domain/time/shape.js';

interface Parsed {
  error?: { issues: { path: PropertyKey[]; message: string }[] } | undefined;
}
const messages = ({ error }: Parsed) =>
  (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a duration in the policy', () => {
  it.each([
    [{ elapsed: 'PT15M' }],
    [{ elapsed: 'P1DT12H30M5S' }],
    [{ workingHours: 0.5 }],
    [{ workingDays: 0 }],
    [{ workingDays: 0, atLeast: 'PT2H' }],
    [{ workingHours: 4, atLeast: 'P1D' }],
  ])('%j is one', (rule) => {
    expect(durationRuleSchema.parse(rule)).toEqual(rule);
  });

  const exactlyOne = ': must have exactly one of elapsed, workingHours, workingDays';
  const unreadable = 'must be a duration of days, hours, minutes and seconds, like PT15M or P1DT12H';
  it.each([
    [{}, exactlyOne],
    [{ atLeast: 'PT2H' }, exactlyOne],
    [{ elapsed: 'PT15M', workingDays: 1 }, exactlyOne],
    [{ workingHours: 1, workingDays: 1 }, exactlyOne],
    [{ elapsed: 'PT15M', atLeast: 'PT2H' }, 'atLeast: stands only with workingHours or workingDays'],
    [{ elapsed: 'PT0S' }, 'elapsed: must be longer than nothing and at most 366 days'],
    [{ elapsed: 'P367D' }, 'elapsed: must be longer than nothing and at most 366 days'],
    [{ elapsed: 'P1M' }, `elapsed: ${unreadable}`],
    [{ elapsed: 'PT' }, `elapsed: ${unreadable}`],
    [{ elapsed: 'P1DT' }, `elapsed: ${unreadable}`],
    [{ elapsed: '-PT1H' }, `elapsed: ${unreadable}`],
    [{ elapsed: '15 minutes' }, `elapsed: ${unreadable}`],
    [{ workingHours: 0 }, 'workingHours: must be above 0'],
    [{ workingDays: 1.5 }, 'workingDays: must be a whole number of days'],
    [{ workingDays: -1 }, 'workingDays: must be at least 0'],
    [{ workingDays: 251 }, 'workingDays: must be at most 250'],
    [{ workinghours: 2, elapsed: 'PT1S' }, ': Unrecognized key: "workinghours"'],
  ])('%j is refused: %s', (rule, message) => {
    expect(messages(durationRuleSchema.safeParse(rule))).toEqual([message]);
  });

  it('has its length in milliseconds, a day of 24 hours', () => {
    expect(durationMs('PT15M')).toBe(900_000);
    expect(durationMs('P1DT2H3M4S')).toBe(93_784_000);
    expect(() => durationMs('P1M')).toThrow(RangeError);
  });

  it('is refused in a policy with its place', () => {
    const policy = { ...defaultDeadlinesPolicy, urgent: { measure: { workingHours: '2' } } };
    expect(messages(deadlinesPolicySchema.safeParse(policy))[0]).toMatch(/^urgent\.measure\.workingHours: /);
    const misspelt = { ...defaultDeadlinesPolicy, Urgent: {} };
    expect(messages(deadlinesPolicySchema.safeParse(misspelt))).toEqual([': Unrecognized key: "Urgent"']);
    expect(deadlinesPolicySchema.parse(defaultDeadlinesPolicy)).toEqual(defaultDeadlinesPolicy);
  });
});

describe('dates and instants', () => {
  it.each(['2026-11-24', '2024-02-29'])('%s is a day', (date) => {
    expect(localDateSchema.parse(date)).toBe(date);
  });
  it.each([
    '2026-02-31',
    '2026-02-29',
    '2026-13-01',
    '2026-1-1',
    '24.11.2026',
    '0000-01-01',
    '9999-12-31',
    '',
  ])('%j is no day', (date) => {
    expect(localDateSchema.safeParse(date).success).toBe(false);
  });

  it.each([
    ['2026-11-24T09:30:00+08:00', '2026-11-24T01:30:00.000Z'],
    ['2026-11-24T01:30:00Z', '2026-11-24T01:30:00.000Z'],
    ['2026-11-24T01:30:00.5Z', '2026-11-24T01:30:00.500Z'],
    ['2026-11-23T20:30:00.123456789-05:00', '2026-11-24T01:30:00.123Z'],
  ])('a client may write %s', (text, instant) => {
    expect(instantInputSchema.parse(text)).toBe(instant);
    expect(instantSchema.parse(instant)).toBe(instant);
  });

  it.each([
    '2026-11-24T09:30:00',
    '2026-11-24 09:30:00Z',
    '2026-02-30T09:30:00Z',
    '2026-11-24T25:00:00Z',
    '0000-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    'tomorrow',
    '',
  ])('%j is no instant', (text) => {
    expect(instantInputSchema.safeParse(text).success).toBe(false);
  });

  it('within the system there is one spelling of an instant', () => {
    expect(instantSchema.safeParse('2026-11-24T01:30:00Z').success).toBe(false);
    expect(instantSchema.safeParse('2026-11-24T09:30:00.000+08:00').success).toBe(false);
  });
});

describe('the working time', () => {
  const shifts = (...pairs: [string, string][]) => ({
    zone: 'Asia/Shanghai',
    shifts: pairs.map(([from, to]) => ({ from, to })),
  });

  it.each([[defaultWorkingTime], [shifts(['00:00', '08:00'], ['08:00', '16:00'], ['16:00', '24:00'])]])(
    '%j is one',
    (workingTime) => {
      expect(workingTimeSchema.parse(workingTime)).toEqual(workingTime);
    },
  );

  it.each([
    [shifts(), 'shifts'],
    [shifts(['08:00', '08:00']), 'shifts.0.to'],
    [shifts(['22:00', '06:00']), 'shifts.0.to'],
    [shifts(['08:00', '12:00'], ['11:59', '17:00']), 'shifts.1.from'],
    [shifts(['13:00', '17:00'], ['08:00', '12:00']), 'shifts.1.from'],
    [shifts(['8:00', '12:00']), 'shifts.0.from'],
    [shifts(['08:00', '24:30']), 'shifts.0.to'],
    [{ ...defaultWorkingTime, zone: 'Asia/Peking' }, 'zone'],
  ])('%j is refused at %s', (workingTime, path) => {
    expect(messages(workingTimeSchema.safeParse(workingTime))[0]).toMatch(new RegExp(`^${path}: `));
  });

  it('an override names a real day', () => {
    expect(dayOverrideSchema.safeParse({ date: '2026-02-31', working: true }).success).toBe(false);
    expect(dayOverrideSchema.safeParse({ date: '2026-02-28', working: true }).success).toBe(true);
  });
});
