import { describe, expect, it } from 'vitest';
import { DeadlineRefused } from '../../domain/deadlines/deadline-refused.js';
import { defaultDeadlinesPolicy } from '../../domain/deadlines/defaults.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { deadlinesPolicySchema, levelClass } from '../../domain/deadlines/shape.js';
import { defaultLadderPolicy } from '../../domain/ladder/defaults.js';
import { planRungs } from '../../domain/ladder/plan-rungs.js';
import type { Severity } from '../../domain/playbooks/shape.js';
import type { DurationRule } from '../../domain/time/shape.js';
import { local, shanghai } from './calendar-support.js';

const common = { policy: defaultDeadlinesPolicy, calendar: shanghai };
const due = (kind: string, severity: Severity, from: string, rule?: DurationRule) =>
  planDeadline({ ...common, kind, orderClass: levelClass(severity), from: local(from), rule }).dueAt;

describe('the deadlines of an incident by its level', () => {
  // A Friday evening: elapsed time runs on, working days wait for Monday.
  const friday = '2026-11-27 18:30';

  it.each<[kind: string, Severity, string]>([
    ['acknowledge', 3, '2026-11-27 18:45'],
    ['acknowledge', 2, '2026-11-27 19:30'],
    ['acknowledge', 1, '2026-11-27 22:30'],
    ['confirm', 3, '2026-11-27 18:45'],
    ['confirm', 2, '2026-11-27 19:00'],
    ['confirm', 1, '2026-11-27 20:30'],
    ['firstNotice', 3, '2026-11-27 19:30'],
    ['firstNotice', 2, '2026-11-27 22:30'],
    ['firstNotice', 1, '2026-12-01 17:00'],
    ['update', 3, '2026-11-27 19:30'],
    ['update', 2, '2026-11-27 22:30'],
    ['update', 1, '2026-12-01 17:00'],
    ['mitigate', 3, '2026-11-27 22:30'],
    ['mitigate', 2, '2026-12-01 17:00'],
    ['mitigate', 1, '2026-12-03 17:00'],
    ['meeting', 3, '2026-11-27 19:00'],
    ['meeting', 2, '2026-11-27 19:00'],
  ])('%s at level %i is due %s', (kind, severity, dueAt) => {
    expect(due(kind, severity, friday)).toBe(local(dueAt));
  });

  it.each<Severity>([1, 2, 3])('report, review and measures are alike at level %i', (severity) => {
    expect(due('report', severity, '2026-11-24 10:00')).toBe(local('2026-11-25 17:00'));
    expect(due('review', severity, '2026-11-24 10:00')).toBe(local('2026-12-01 17:00'));
    expect(due('actionItem', severity, '2026-11-24 10:00')).toBe(local('2026-12-01 10:00'));
  });

  it('no meeting has to be held at level 1 (P11.2)', () => {
    expect(() => due('meeting', 1, friday)).toThrow(DeadlineRefused);
  });

  it('a time of the playbook’s own comes before that of its level, with its warnings in its own unit', () => {
    expect(due('acknowledge', 1, friday, { elapsed: 'PT5M' })).toBe(local('2026-11-27 18:35'));
    const planned = planDeadline({
      ...common,
      kind: 'mitigate',
      orderClass: 'level3',
      from: local('2026-11-24 09:00'),
      rule: { workingHours: 6 },
    });
    expect(planned).toMatchObject({
      dueAt: local('2026-11-24 16:00'),
      warnings: [local('2026-11-24 12:00'), local('2026-11-24 14:48')],
      basis: 'rule',
    });
  });

  it('a step of a playbook is due by its own rule, though no policy knows its name', () => {
    expect(due('callSupplier', 2, '2026-11-24 09:00', { elapsed: 'PT2H' })).toBe(local('2026-11-24 11:00'));
  });

  it('the policy may change one of them', () => {
    const policy = deadlinesPolicySchema.parse({
      ...defaultDeadlinesPolicy,
      level2: { confirm: { elapsed: 'PT10S' } },
    });
    const plan = (kind: string) =>
      planDeadline({ kind, orderClass: 'level2', policy, calendar: shanghai, from: local(friday) }).dueAt;
    expect(plan('confirm')).toBe(local('2026-11-27 18:30:10'));
    expect(plan('acknowledge')).toBe(local('2026-11-27 19:30'));
  });
});

describe('the ladder of an incident', () => {
  const climb = (severity: Severity, dueAt: string) =>
    planRungs({ due: local(dueAt), ladder: defaultLadderPolicy[levelClass(severity)], calendar: shanghai });

  it('climbs from the department head over the emergency manager to the general manager, who is told five times more', () => {
    const rungs = climb(2, '2026-11-24 10:00');
    expect(rungs.map(({ role, at }) => [role, at]).slice(0, 5)).toEqual([
      ['departmentHead', local('2026-11-24 10:00')],
      ['emergencyManager', local('2026-11-24 12:00')],
      ['vp', local('2026-11-24 15:00')],
      ['generalManager', local('2026-11-24 17:00')],
      ['generalManager', local('2026-11-25 10:00')],
    ]);
    expect(rungs.filter(({ repeatOf }) => repeatOf === 4)).toHaveLength(5);
    expect(climb(1, '2026-11-24 10:00')).toEqual(rungs);
  });

  it('at level 3 climbs a rung every fifteen minutes, day and night', () => {
    expect(climb(3, '2026-11-28 23:30').map(({ at }) => at)).toEqual(
      [
        '2026-11-28 23:30',
        '2026-11-28 23:45',
        '2026-11-29 00:00',
        '2026-11-29 00:15',
        '2026-11-29 00:30',
        '2026-11-29 00:45',
        '2026-11-29 01:00',
        '2026-11-29 01:15',
        '2026-11-29 01:30',
      ].map(local),
    );
  });
});
