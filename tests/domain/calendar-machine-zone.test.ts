import { afterAll, expect, it, vi } from 'vitest';

const machineZone = process.env.TZ;
afterAll(() => {
  if (machineZone === undefined) delete process.env.TZ;
  else process.env.TZ = machineZone;
});

/** Two years of days, one in the data and one past it, and a deadline, as a process in this zone answers them. */
async function answersIn(zone: string, offsetMinutes: number) {
  process.env.TZ = zone;
  expect(new Date(2026, 0, 1).getTimezoneOffset(), 'the zone has taken effect').toBe(offsetMinutes);
  // Modules of its own: what another zone's process has kept in memory must not answer here.
  vi.resetModules();
  const { createCalendar } = await import('../../domain/calendar/create-calendar.js');
  const { defaultWorkingTime } = await import('../../domain/calendar/defaults.js');
  const { planDeadline } = await import('../../domain/deadlines/plan-deadline.js');
  const { defaultDeadlinesPolicy } = await import('../../domain/deadlines/defaults.js');
  const { addDays } = await import('../../domain/time/local-date.js');
  const calendar = createCalendar({ workingTime: defaultWorkingTime });
  const days = Array.from({ length: 730 }, (_, day) => addDays('2026-01-01', day));
  return {
    holidays: days.filter((date) => calendar.day(date).kind === 'holiday'),
    working: days.filter((date) => calendar.isWorkingDay(date)),
    confirmation: planDeadline({
      kind: 'confirmation',
      orderClass: 'urgent',
      from: '2026-02-14T02:00:00.000Z',
      policy: defaultDeadlinesPolicy,
      calendar,
    }),
  };
}

it.each([
  ['America/New_York', 300],
  ['Pacific/Kiritimati', -840],
  ['Asia/Shanghai', -480],
])('a machine in %s gives the answers of one in UTC', async (zone, offsetMinutes) => {
  const inUtc = await answersIn('UTC', 0);
  expect(inUtc.holidays).toContain('2027-02-06');
  expect(inUtc.confirmation.dueAt).toBe('2026-02-25T09:00:00.000Z');
  expect(await answersIn(zone, offsetMinutes)).toEqual(inUtc);
});
