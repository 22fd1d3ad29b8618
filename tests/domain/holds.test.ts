import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../domain/calendar/create-calendar.js';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import { resumeInstant } from '../../domain/deadlines/resume-deadline.js';
import { defaultHoldsPolicy } from '../../domain/holds/shape.js';
import { checkPolicy } from '../../domain/policy/check-policy.js';
import { completePolicy } from '../../domain/policy/complete-policy.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import { policySchema } from '../../domain/policy/shape.js';

const calendar = createCalendar({ workingTime: defaultWorkingTime });
const start = Date.parse('2026-11-23T00:00:00.000Z');
const minute = 60_000;
/** Any minute of three weeks, nights and days off among them. */
const minutes = fc.integer({ min: 0, max: 21 * 24 * 60 });
const instant = (at: number) => new Date(start + at * minute).toISOString();
/** Stopped, due after it, released after it. */
const stops = fc
  .tuple(minutes, minutes, minutes)
  .map(([stop, left, held]) => ({ stop, due: stop + left, release: stop + held }));
const unit = fc.constantFrom('elapsed' as const, 'workingTime' as const);

describe('a deadline that was stopped', () => {
  it('has the working time before it that it had, to the millisecond, unless that would draw it forward', () => {
    fc.assert(
      fc.property(stops, ({ stop, due, release }) => {
        const [stoppedAt, at, resumedAt] = [instant(stop), instant(due), instant(release)];
        const left = calendar.workingTimeBetween(stoppedAt, at);
        fc.pre(left > 0);
        const moved = resumeInstant(at, { stoppedAt, resumedAt, unit: 'workingTime', calendar });
        expect(moved >= at).toBe(true);
        const has = calendar.workingTimeBetween(resumedAt, moved);
        if (moved > at) expect(has).toBe(left);
        else expect(has).toBeGreaterThanOrEqual(Math.min(left, calendar.workingTimeBetween(resumedAt, at)));
      }),
    );
  });

  it('that counts hours of the clock comes later by exactly as long as it was stopped', () => {
    fc.assert(
      fc.property(stops, ({ stop, due, release }) => {
        fc.pre(due > stop);
        const moved = resumeInstant(instant(due), {
          stoppedAt: instant(stop),
          resumedAt: instant(release),
          unit: 'elapsed',
          calendar,
        });
        expect(Date.parse(moved)).toBe(start + (due + release - stop) * minute);
      }),
    );
  });

  it('keeps its warnings in their order, and before it', () => {
    fc.assert(
      fc.property(stops, minutes, unit, ({ stop, due, release }, sooner, of) => {
        const stop_ = { stoppedAt: instant(stop), resumedAt: instant(release), unit: of, calendar };
        const warning = instant(Math.max(0, due - sooner));
        fc.pre(calendar.workingTimeBetween(stop_.stoppedAt, warning) > 0);
        expect(resumeInstant(warning, stop_) <= resumeInstant(instant(due), stop_)).toBe(true);
      }),
    );
  });

  it('that is stopped twice, one after the other, loses and gains nothing in between', () => {
    fc.assert(
      fc.property(stops, minutes, minutes, ({ stop, due, release }, gap, held) => {
        fc.pre(due > stop);
        const first = resumeInstant(instant(due), {
          stoppedAt: instant(stop),
          resumedAt: instant(release),
          unit: 'elapsed',
          calendar,
        });
        const again = release + gap;
        fc.pre(instant(again) < first);
        const second = resumeInstant(first, {
          stoppedAt: instant(again),
          resumedAt: instant(again + held),
          unit: 'elapsed',
          calendar,
        });
        expect(Date.parse(second)).toBe(start + (due + (release - stop) + held) * minute);
      }),
    );
  });

  it('in figures: two working hours left on Friday afternoon are two on Monday', () => {
    const moved = resumeInstant('2026-11-27T09:00:00.000Z', {
      stoppedAt: '2026-11-27T07:00:00.000Z',
      resumedAt: '2026-11-30T00:30:00.000Z',
      unit: 'workingTime',
      calendar,
    });
    expect(moved).toBe('2026-11-30T02:30:00.000Z');
  });
});

describe('what the policy says of holds', () => {
  it('is filled in where a policy was published before there were holds', () => {
    const { holds: _, ...older } = defaultPolicy;
    expect(completePolicy(older).holds).toEqual(defaultHoldsPolicy);
    expect(policySchema.parse(older).holds).toEqual(defaultHoldsPolicy);
  });

  it('keeps the reasons of the defaults beside those of the company', () => {
    const holds = { customs: { stops: ['delivery'], shipping: true } };
    expect(Object.keys(completePolicy({ ...defaultPolicy, holds }).holds).sort()).toEqual(
      ['customs', ...Object.keys(defaultHoldsPolicy)].sort(),
    );
  });

  it('names only deadlines of an order, by the path of the wrong one', () => {
    const holds = { ...defaultHoldsPolicy, customs: { stops: ['delivery', 'mitigate'], shipping: true } };
    expect(checkPolicy({ ...defaultPolicy, holds }).map(({ path }) => path.join('.'))).toEqual([
      'holds.customs.stops.1',
    ]);
  });
});
