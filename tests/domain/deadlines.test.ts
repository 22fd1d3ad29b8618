import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../domain/calendar/create-calendar.js';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import { DeadlineRefused } from '../../domain/deadlines/deadline-refused.js';
import { defaultDeadlinesPolicy } from '../../domain/deadlines/defaults.js';
import { type DeadlineRequest, planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { deadlinesPolicySchema } from '../../domain/deadlines/shape.js';
import { local, shanghai } from './calendar-support.js';

type Asked = Pick<DeadlineRequest, 'kind' | 'from'> & Partial<DeadlineRequest>;

const plan = (asked: Asked) =>
  planDeadline({ orderClass: 'urgent', policy: defaultDeadlinesPolicy, calendar: shanghai, ...asked });

/** When it is due, as a local time. */
const due = (asked: Asked) => plan(asked).dueAt;

function refusal(asked: Asked): string {
  try {
    plan(asked);
  } catch (error) {
    if (error instanceof DeadlineRefused) return error.code;
    throw error;
  }
  return 'planned';
}

describe('an urgent order is evaluated the same day and confirmed within two working days (P07.4, P07.6)', () => {
  it.each([
    ['2026-11-24 09:30', '2026-11-24 17:00', '2026-11-26 17:00'],
    ['2026-11-24 16:30', '2026-11-24 18:30', '2026-11-26 17:00'],
    ['2026-11-24 17:00', '2026-11-24 19:00', '2026-11-26 17:00'],
    ['2026-11-24 17:01', '2026-11-25 17:00', '2026-11-27 17:00'],
    ['2026-02-14 10:00', '2026-02-14 17:00', '2026-02-25 17:00'],
    ['2026-09-30 10:00', '2026-09-30 17:00', '2026-10-09 17:00'],
  ])('received %s: evaluation %s, confirmation %s', (received, evaluation, confirmation) => {
    const from = local(received);
    expect(plan({ kind: 'evaluation', from })).toMatchObject({
      dueAt: local(evaluation),
      provisional: false,
    });
    expect(plan({ kind: 'confirmation', from })).toMatchObject({
      dueAt: local(confirmation),
      provisional: false,
    });
  });

  it.each([
    ['2027-02-04 10:00', '2027-02-04 17:00', '2027-02-10 17:00'],
    ['2003-09-30 10:00', '2003-09-30 17:00', '2003-10-07 17:00'],
  ])('received %s, outside the published years: provisional', (received, evaluation, confirmation) => {
    const from = local(received);
    expect(plan({ kind: 'evaluation', from })).toMatchObject({ dueAt: local(evaluation), provisional: true });
    expect(plan({ kind: 'confirmation', from })).toMatchObject({
      dueAt: local(confirmation),
      provisional: true,
    });
  });

  it('and is provisional already when the sum reaches past the data', () => {
    const from = local('2026-12-30 10:00');
    expect(plan({ kind: 'evaluation', from }).provisional).toBe(false);
    expect(plan({ kind: 'confirmation', from })).toMatchObject({
      dueAt: local('2027-01-04 17:00'),
      provisional: true,
    });
  });
});

describe('a critical order counts hours day and night (P06.2)', () => {
  const from = local('2026-10-03 23:30');
  it.each([
    ['criticalConfirmation', '2026-10-04 01:30'],
    ['measure', '2026-10-04 01:30'],
    ['question', '2026-10-04 00:30'],
    ['evaluation', '2026-10-04 03:30'],
    ['progressReport', '2026-10-04 03:30'],
    ['confirmation', '2026-10-04 07:30'],
    ['departmentsTold', '2026-10-04 00:00'],
  ])('%s', (kind, dueAt) => {
    expect(plan({ kind, from, orderClass: 'critical' })).toMatchObject({
      dueAt: local(dueAt),
      provisional: false,
      basis: 'rule',
    });
  });

  it('and past the data nothing of it is provisional', () => {
    const asked = { kind: 'evaluation', from: local('2027-05-01 10:00'), orderClass: 'critical' } as const;
    expect(plan(asked).provisional).toBe(false);
  });

  it('a reply asked for sooner draws its evaluation and confirmation forward, a later one changes nothing', () => {
    const soon = { from, orderClass: 'critical', replyBy: local('2026-10-04 02:30') } as const;
    expect(due({ kind: 'confirmation', ...soon })).toBe(local('2026-10-04 02:30'));
    expect(due({ kind: 'evaluation', ...soon })).toBe(local('2026-10-04 01:00'));
    const late = { from, orderClass: 'critical', replyBy: local('2026-10-06 12:00') } as const;
    expect(due({ kind: 'confirmation', ...late })).toBe(local('2026-10-04 07:30'));
    expect(due({ kind: 'evaluation', ...late })).toBe(local('2026-10-04 03:30'));
  });
});

describe('the other deadlines of an urgent order', () => {
  it.each([
    ['departmentsTold', '2026-11-24 23:50', '2026-11-25 00:20'],
    ['measure', '2026-11-24 11:00', '2026-11-24 14:00'],
    ['measure', '2026-11-24 18:30', '2026-11-25 10:00'],
    ['alternatives', '2026-11-24 15:00', '2026-11-25 17:00'],
    ['question', '2026-11-27 16:30', '2026-11-30 08:30'],
    ['customerContact', '2026-11-27 19:10', '2026-12-01 17:00'],
    ['customerContact', '2026-11-28 10:00', '2026-12-01 17:00'],
    ['progressReport', '2026-11-24 16:00', '2026-11-25 17:00'],
  ])('%s from %s is due %s', (kind, from, dueAt) => {
    expect(due({ kind, from: local(from) })).toBe(local(dueAt));
  });

  it('the delivery is due at the closing of the promised day, a day off too', () => {
    const from = local('2026-11-24 09:00');
    expect(plan({ kind: 'delivery', from, promised: '2026-12-18' })).toMatchObject({
      dueAt: local('2026-12-18 17:00'),
      basis: 'promise',
      provisional: false,
    });
    expect(due({ kind: 'delivery', from, promised: '2026-12-19' })).toBe(local('2026-12-19 17:00'));
    expect(plan({ kind: 'delivery', from, promised: '2027-01-20' }).provisional).toBe(true);
    expect(refusal({ kind: 'delivery', from })).toBe('promiseMissing');
  });

  it('a kind that neither policy nor defaults know is refused', () => {
    expect(refusal({ kind: 'tea', from: local('2026-11-24 09:00') })).toBe('kindUnknown');
  });
});

describe('the reply time R that a customer asks for', () => {
  const from = local('2026-11-24 09:30');

  it.each([
    ['an instant is taken as it is', local('2026-11-24 20:15'), '2026-11-24 20:15'],
    ['a day means its closing', '2026-11-25', '2026-11-25 17:00'],
    ['today means today’s closing', '2026-11-24', '2026-11-24 17:00'],
    ['a day off means the working day before it', '2026-11-29', '2026-11-27 17:00'],
    ['a make-up Saturday is a working day', '2026-02-28', '2026-02-28 17:00'],
    ['later than two working days stands as well', '2026-12-03', '2026-12-03 17:00'],
  ])('confirmation: %s', (_, replyBy, dueAt) => {
    const asked = replyBy === '2026-02-28' ? local('2026-02-27 09:00') : from;
    expect(plan({ kind: 'confirmation', from: asked, replyBy })).toMatchObject({
      dueAt: local(dueAt),
      basis: 'replyBy',
    });
  });

  it.each([
    ['an instant of before', from, local('2026-11-24 09:29')],
    ['the instant of receipt itself', from, from],
    ['yesterday', from, '2026-11-23'],
    ['today after closing', local('2026-11-24 17:01'), '2026-11-24'],
    ['a Sunday, when Friday’s closing has passed', local('2026-11-28 10:00'), '2026-11-29'],
  ])('confirmation: %s is refused', (_, received, replyBy) => {
    expect(refusal({ kind: 'confirmation', from: received, replyBy })).toBe('replyByPassed');
  });

  it('an order entered late is measured by when it is entered', () => {
    const replyBy = local('2026-11-24 12:00');
    expect(due({ kind: 'confirmation', from, replyBy, now: local('2026-11-24 11:59') })).toBe(replyBy);
    expect(refusal({ kind: 'confirmation', from, replyBy, now: local('2026-11-24 12:00') })).toBe(
      'replyByPassed',
    );
  });

  it.each([
    ['R − 2 h where that is the later', local('2026-11-24 16:00'), '2026-11-24 14:00'],
    ['the midpoint where that is the later', local('2026-11-24 11:30'), '2026-11-24 10:30'],
    ['both alike at four hours', local('2026-11-24 13:30'), '2026-11-24 11:30'],
    ['nothing where R does not come sooner', local('2026-11-24 17:00'), '2026-11-24 17:00'],
    ['nothing for the closing of the same day', '2026-11-24', '2026-11-24 17:00'],
    ['nothing for a later day', '2026-11-26', '2026-11-24 17:00'],
    ['nothing for an R that has passed, in a second round', local('2026-11-24 09:00'), '2026-11-24 17:00'],
  ])('evaluation: drawn forward to %s', (_, replyBy, dueAt) => {
    expect(due({ kind: 'evaluation', from, replyBy })).toBe(local(dueAt));
  });

  it('evaluation: draws the late afternoon’s floor forward as well', () => {
    const received = local('2026-11-24 16:30');
    expect(due({ kind: 'evaluation', from: received, replyBy: local('2026-11-24 18:00') })).toBe(
      local('2026-11-24 17:15'),
    );
  });

  it('bears on no other deadline', () => {
    const replyBy = local('2026-11-24 10:00');
    expect(due({ kind: 'measure', from, replyBy })).toBe(local('2026-11-24 11:30'));
  });
});

describe('a delivery asked for before the confirmation is due', () => {
  const from = local('2026-11-24 09:30');
  it.each([
    ['2026-11-24', true],
    ['2026-11-25', true],
    ['2026-11-26', false],
    ['2026-12-20', false],
  ])('%s is said (%s) and draws nothing forward', (requestedDelivery, first) => {
    const planned = plan({ kind: 'confirmation', from, requestedDelivery });
    expect(planned.dueAt).toBe(local('2026-11-26 17:00'));
    expect(planned.deliveryBeforeConfirmation).toBe(first);
  });

  it('counts against the reply time where one is asked for', () => {
    const asked = { kind: 'confirmation', from, requestedDelivery: '2026-11-25' } as const;
    expect(plan({ ...asked, replyBy: '2026-11-24' }).deliveryBeforeConfirmation).toBe(false);
    expect(plan({ ...asked, replyBy: '2026-12-01' }).deliveryBeforeConfirmation).toBe(true);
  });

  it('concerns no other deadline', () => {
    const planned = plan({ kind: 'evaluation', from, requestedDelivery: '2026-11-24' });
    expect(planned).not.toHaveProperty('deliveryBeforeConfirmation');
  });
});

describe('the policy', () => {
  const from = local('2026-11-28 23:00');
  const inSeconds = deadlinesPolicySchema.parse({
    critical: {},
    urgent: {
      evaluation: { elapsed: 'PT20S' },
      confirmation: { elapsed: 'PT1M' },
      delivery: { elapsed: 'PT2M' },
    },
    normal: {},
  });

  it('replaces a whole rule by elapsed time alone, on a night of a day off too', () => {
    const asked = { from, policy: inSeconds, replyBy: '2026-12-24', promised: '2026-12-30' };
    expect(due({ kind: 'evaluation', ...asked })).toBe(local('2026-11-28 23:00:20'));
    expect(due({ kind: 'confirmation', ...asked })).toBe(local('2026-11-28 23:01'));
    expect(due({ kind: 'delivery', ...asked })).toBe(local('2026-11-28 23:02'));
  });

  it('leaves what it does not name at its default', () => {
    expect(due({ kind: 'question', from, policy: inSeconds })).toBe(local('2026-11-30 09:00'));
    expect(due({ kind: 'evaluation', from, policy: inSeconds, orderClass: 'critical' })).toBe(
      local('2026-11-29 03:00'),
    );
  });

  it('may put a floor under working hours', () => {
    const policy = deadlinesPolicySchema.parse({
      critical: {},
      urgent: { measure: { workingHours: 1, atLeast: 'PT3H' } },
      normal: {},
    });
    const asked = { kind: 'measure', policy };
    expect(plan({ ...asked, from: local('2026-11-24 09:00') })).toMatchObject({
      dueAt: local('2026-11-24 12:00'),
      basis: 'floor',
    });
    expect(plan({ ...asked, from: local('2026-11-24 20:00') })).toMatchObject({
      dueAt: local('2026-11-25 09:00'),
      basis: 'rule',
    });
  });
});

it('a plant shutdown moves the evaluation to the day the plant opens', () => {
  const calendar = createCalendar({
    workingTime: defaultWorkingTime,
    overrides: [{ date: '2026-11-24', working: false }],
  });
  const from = local('2026-11-24 09:30');
  expect(plan({ kind: 'evaluation', from, calendar }).dueAt).toBe(local('2026-11-25 17:00'));
  expect(plan({ kind: 'confirmation', from, calendar }).dueAt).toBe(local('2026-11-27 17:00'));
});
