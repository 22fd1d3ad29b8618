import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultDeadlinesPolicy } from '../../domain/deadlines/defaults.js';
import { type DeadlineRequest, planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { settleWarnings } from '../../domain/deadlines/settle-warnings.js';
import {
  plannedDeadlineSchema,
  type WarningPercent,
  warningOutcomeSchema,
} from '../../domain/deadlines/shape.js';
import { toInstant } from '../../domain/time/instant.js';
import { local, shanghai } from './calendar-support.js';

const plan = (asked: Pick<DeadlineRequest, 'kind' | 'from'> & Partial<DeadlineRequest>) =>
  planDeadline({ orderClass: 'urgent', policy: defaultDeadlinesPolicy, calendar: shanghai, ...asked });

describe('the warnings come at 50 % and 80 % of a deadline, in its own unit', () => {
  it.each<[string, Parameters<typeof plan>[0], string, string]>([
    [
      'of the working time up to closing',
      { kind: 'evaluation', from: local('2026-11-24 08:00') },
      '2026-11-24 12:00',
      '2026-11-24 15:24',
    ],
    [
      'of the working time from effective receipt, over nights',
      { kind: 'confirmation', from: local('2026-11-24 17:01') },
      '2026-11-26 12:00',
      '2026-11-27 11:12',
    ],
    [
      'over a holiday: none falls in it',
      { kind: 'confirmation', from: local('2026-09-30 16:00') },
      '2026-10-08 16:30',
      '2026-10-09 13:36',
    ],
    [
      'of working hours, over noon',
      { kind: 'measure', from: local('2026-11-24 11:00') },
      '2026-11-24 12:00',
      '2026-11-24 13:36',
    ],
    [
      'by the clock where the floor sets it',
      { kind: 'evaluation', from: local('2026-11-24 16:30') },
      '2026-11-24 17:30',
      '2026-11-24 18:06',
    ],
    [
      'by the clock for a critical order',
      { kind: 'confirmation', orderClass: 'critical', from: local('2026-11-28 22:00') },
      '2026-11-29 02:00',
      '2026-11-29 04:24',
    ],
    [
      'by the clock up to a reply instant',
      { kind: 'confirmation', from: local('2026-11-24 10:00'), replyBy: local('2026-11-24 20:00') },
      '2026-11-24 15:00',
      '2026-11-24 18:00',
    ],
    [
      'of the working time up to a reply day',
      { kind: 'confirmation', from: local('2026-11-24 08:00'), replyBy: '2026-11-25' },
      '2026-11-24 17:00',
      '2026-11-25 13:48',
    ],
    [
      'of the working time up to the promised day',
      { kind: 'delivery', from: local('2026-11-27 08:00'), promised: '2026-11-30' },
      '2026-11-27 17:00',
      '2026-11-30 13:48',
    ],
    [
      'by the clock where no working time is left',
      { kind: 'delivery', from: local('2026-11-28 07:00'), promised: '2026-11-28' },
      '2026-11-28 12:00',
      '2026-11-28 15:00',
    ],
    [
      'at once where the promise has passed',
      { kind: 'delivery', from: local('2026-11-28 07:00'), promised: '2026-11-20' },
      '2026-11-20 17:00',
      '2026-11-20 17:00',
    ],
  ])('%s', (_, asked, half, most) => {
    expect(plan(asked).warnings).toEqual([local(half), local(most)]);
  });

  it('in order, after receipt and not after due, whatever is asked', () => {
    const second = fc.integer({ min: Date.UTC(2026, 0, 1) / 1000, max: Date.UTC(2027, 1, 1) / 1000 });
    fc.assert(
      fc.property(
        second,
        fc.constantFrom('evaluation', 'confirmation', 'measure', 'question', 'customerContact'),
        fc.constantFrom('urgent' as const, 'critical' as const),
        fc.option(fc.integer({ min: 1, max: 200 * 3600 }), { nil: undefined }),
        (from, kind, orderClass, replyAfter) => {
          const planned = plan({
            kind,
            orderClass,
            from: toInstant(from * 1000),
            replyBy: replyAfter === undefined ? undefined : toInstant((from + replyAfter) * 1000),
          });
          expect(plannedDeadlineSchema.parse(planned)).toEqual(planned);
          const [half, most] = planned.warnings;
          const inOrder = [planned.from, half, most, planned.dueAt];
          expect([...inOrder].sort()).toEqual(inOrder);
          expect(planned.dueAt > planned.from).toBe(true);
        },
      ),
    );
  });
});

describe('an action item is reminded of two days before it is due as well', () => {
  const from = local('2026-11-24 08:00');
  const item = (dueAt?: string) =>
    plan({ kind: 'actionItem', orderClass: 'level1', from, dueAt: dueAt && local(dueAt) });

  it.each<[string, string | undefined, { percent: number; at: string } | undefined]>([
    ['by the policy, seven days', undefined, { percent: 71, at: '2026-11-29 08:00' }],
    ['an instant that was named', '2026-12-14 08:00', { percent: 90, at: '2026-12-12 08:00' }],
    ['not before it begins', '2026-11-25 08:00', undefined],
    ['not twice, where that is a warning already', '2026-11-28 08:00', undefined],
  ])('%s', (_, dueAt, reminder) => {
    const planned = item(dueAt);
    expect(planned.reminder).toEqual(reminder && { ...reminder, at: local(reminder.at) });
    expect(plannedDeadlineSchema.parse(planned)).toEqual(planned);
  });

  it('and nothing else is', () => {
    expect(plan({ kind: 'review', orderClass: 'level1', from }).reminder).toBeUndefined();
  });
});

describe('a warning is sent once, or not at all', () => {
  const { dueAt, warnings } = plan({ kind: 'evaluation', from: local('2026-11-24 08:00') });
  const deadline = {
    dueAt,
    warnings: [
      { percent: 50, at: warnings[0] },
      { percent: 80, at: warnings[1] },
    ],
  };
  const look = (at: string, ...settled: WarningPercent[]) =>
    settleWarnings({ deadline, settled: new Set(settled), now: local(at) }).map(
      ({ percent, result, why }) => `${percent} ${result} ${why.code}`,
    );

  it.each<[string, string, WarningPercent[], string[]]>([
    ['before the first, nothing', '2026-11-24 11:59:59', [], []],
    ['at its instant', '2026-11-24 12:00', [], ['50 sent reached']],
    ['not again', '2026-11-24 13:00', [50], []],
    ['the second after the first', '2026-11-24 15:24', [50], ['80 sent reached']],
    ['both past: the later alone', '2026-11-24 16:00', [], ['50 superseded overtaken', '80 sent reached']],
    ['an earlier one left behind', '2026-11-24 16:00', [80], ['50 superseded overtaken']],
    [
      'at due: the breach says it',
      '2026-11-24 17:00',
      [],
      ['50 superseded breached', '80 superseded breached'],
    ],
    ['at due, the second alone', '2026-11-25 09:00', [50], ['80 superseded breached']],
    ['all settled', '2026-11-25 09:00', [50, 80], []],
  ])('%s', (_, at, settled, outcomes) => {
    expect(look(at, ...settled)).toEqual(outcomes);
  });

  it('over any sequence of looks each is settled exactly once, and at most one is sent a look', () => {
    const minute = fc.integer({ min: 0, max: 600 });
    fc.assert(
      fc.property(fc.array(minute, { maxLength: 12 }), (minutes) => {
        const settled = new Map<WarningPercent, string>();
        for (const at of [...minutes].sort((a, b) => a - b).concat(600)) {
          const now = toInstant(Date.parse(local('2026-11-24 08:00')) + at * 60_000);
          const outcomes = settleWarnings({ deadline, settled: new Set(settled.keys()), now });
          expect(outcomes.filter(({ result }) => result === 'sent').length).toBeLessThanOrEqual(1);
          for (const outcome of outcomes) {
            expect(warningOutcomeSchema.parse(outcome)).toEqual(outcome);
            expect(settled.has(outcome.percent)).toBe(false);
            expect(outcome.result === 'superseded' || now < deadline.dueAt).toBe(true);
            settled.set(outcome.percent, outcome.result);
          }
        }
        expect([...settled.keys()].sort()).toEqual([50, 80]);
      }),
    );
  });
});
