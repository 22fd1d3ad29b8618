import { describe, expect, it } from 'vitest';
import { incidentInputSchema } from '../../../domain/incident/shape.js';
import { defaultMonitors } from '../../../domain/monitors/defaults.js';
import { evaluateMonitor, untouchedMonitor } from '../../../domain/monitors/evaluate-monitor.js';
import { MONITOR_KINDS, monitorRuleSchema } from '../../../domain/monitors/shape.js';
import { usualTime } from '../../../domain/monitors/usual-time.js';
import { BUILT_IN_PLAYBOOKS } from '../../../domain/playbooks/index.js';
import { minute, rule } from './make-monitor.js';

describe('the monitors of a new company', () => {
  it('cover every kind, each under keys of its own', () => {
    expect(new Set(defaultMonitors.map(({ kind }) => kind))).toEqual(new Set(Object.keys(MONITOR_KINDS)));
    expect(new Set(defaultMonitors.map(({ key }) => key)).size).toBe(defaultMonitors.length);
    const subjects = defaultMonitors.map(({ dedupKey, kind }) => `${dedupKey} of ${kind}`);
    // Two rates share their words of a key: their subjects differ.
    expect(new Set(subjects).size).toBe(defaultMonitors.length - 1);
  });

  it('tell order manager and technical support at once (P12.1)', () => {
    for (const { key, tells } of defaultMonitors) {
      expect(tells, key).toEqual(expect.arrayContaining(['orderManager', 'technicalSupport']));
    }
  });

  it.each(defaultMonitors.map((monitor) => [monitor.key, monitor] as const))(
    '%s opens an incident that can be reported, of a type that has a playbook, and closes it',
    (_, monitor) => {
      expect(monitorRuleSchema.parse(monitor)).toEqual(monitor);
      expect(BUILT_IN_PLAYBOOKS.map(({ type }) => type)).toContain(monitor.opens);
      const { openAfter, closeAfter } = monitor.hysteresis;
      let state = untouchedMonitor;
      const lookAt = (value: number, looks: number, from: number) =>
        Array.from({ length: looks }, (_, index) => {
          // Each a day later than the one before, past every window.
          const at = minute((from + index) * 1440);
          const samples = [{ at, subject: 'SUBJECT-1', value, weight: monitor.reads === 'mean' ? 100 : 1 }];
          const look = evaluateMonitor(monitor, samples, state, at);
          state = look.state;
          return look;
        });
      const opens = lookAt(monitor.threshold.openAt, openAfter, 0).map((look) => look.opens);
      expect(opens.map((found) => found.length)).toEqual([...Array(openAfter - 1).fill(0), 1]);
      const opening = opens.at(-1)?.[0];
      const { type, summary, source, dedupKey, severity } = opening ?? expect.fail('nothing opened');
      for (const words of [summary.zh, summary.en]) {
        expect(words).not.toMatch(/[{}]/);
        const reported = { type, summary: words, source, dedupKey, severity };
        expect(incidentInputSchema.parse(reported)).toEqual(reported);
      }
      const closes = lookAt(monitor.threshold.closeBelow - 0.01, closeAfter, openAfter).map(
        (look) => look.closes,
      );
      expect(closes.map((found) => found.length)).toEqual([...Array(closeAfter - 1).fill(0), 1]);
    },
  );
});

describe('a rule is refused with its path', () => {
  it.each([
    [{ threshold: { openAt: 1, closeBelow: 2 } }, 'threshold.closeBelow'],
    [{ dedupKey: 'heat' }, 'dedupKey'],
    [{ dedupKey: 'heat/{subject}/{subject}' }, 'dedupKey'],
    [{ dedupKey: 'heat/{subject}/{other}' }, 'dedupKey'],
    [{ hysteresis: { openAfter: 0, closeAfter: 1 } }, 'hysteresis.openAfter'],
    [{ window: '10 minutes' }, 'window'],
    [{ tells: ['king'] }, 'tells.0'],
  ])('%j', (change, path) => {
    const issues = monitorRuleSchema.safeParse({ ...rule(), ...change }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

describe('the usual time of a class', () => {
  it('is the median and the ninetieth percentile of the last so many', () => {
    const tenToOne = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    expect(usualTime(tenToOne)).toEqual({ median: 5, p90: 9, limit: 9, count: 10 });
    expect(usualTime([500, 500, ...tenToOne], { last: 10 })).toEqual(usualTime(tenToOne));
    expect(tenToOne[0]).toBe(10);
  });

  it('is not known of a few', () => {
    expect(usualTime([1, 2, 3])).toBeNull();
    expect(usualTime([], { least: 0 })).toBeNull();
    expect(usualTime([4], { least: 1 })).toMatchObject({ median: 4, p90: 4 });
  });

  it('leaves half as much again where all took nearly the same', () => {
    expect(usualTime(Array(20).fill(8))?.limit).toBe(12);
  });
});
