import { describe, expect, it } from 'vitest';
import { evaluateMonitor, untouchedMonitor } from '../../../domain/monitors/evaluate-monitor.js';
import { monitorOpeningSchema, monitorStateSchema, type Sample } from '../../../domain/monitors/shape.js';
import { happened, minute, rule, watchOver, watchValues } from './make-monitor.js';

const at = minute(0);
const look = (monitor: ReturnType<typeof rule>, samples: Sample[], now = at) =>
  evaluateMonitor(monitor, samples, untouchedMonitor, now);
const once = { openAfter: 1, closeAfter: 1 };

describe('a monitor', () => {
  it('opens after so many bad readings in a row, and closes after so many good ones', () => {
    expect(happened(watchValues(rule(), [9, 10, 12, 30, 4, 4, 4, 10, 10]))).toEqual([
      '2 open heat/oven',
      '5 close heat/oven',
      '8 open heat/oven',
    ]);
  });

  it('takes a reading of the band for neither', () => {
    expect(happened(watchValues(rule(), [10, 7, 10, 7, 10, 9.99, 10, 10, 4, 5, 4, 9, 4]))).toEqual([
      '7 open heat/oven',
    ]);
  });

  it('reports what it found: key, type, words in both languages, who is told', () => {
    const [opening] = look(rule({ hysteresis: once, severity: 2, unit: 'minutes' }), [
      {
        at,
        subject: 'oven',
        value: 12.345,
        details: { orders: ['SO-20261124-0001'], facts: { endpoint: 'oven' } },
      },
    ]).opens;
    expect(opening).toEqual({
      rule: 'heat',
      dedupKey: 'heat/oven',
      type: 'server-failure',
      severity: 2,
      summary: {
        zh: 'oven 温度 12 分钟，上限 10 分钟',
        en: 'oven is at 12 minutes, the limit is 10 minutes',
      },
      source: 'monitor/heat',
      subject: 'oven',
      value: 12.345,
      at,
      facts: { endpoint: 'oven' },
      orders: ['SO-20261124-0001'],
      tells: ['orderManager', 'technicalSupport'],
    });
    expect(monitorOpeningSchema.parse(opening)).toEqual(opening);
  });

  it('takes the level of the sample before that of the rule', () => {
    const samples: Sample[] = [{ at, subject: 'oven', value: 10, details: { severity: 3 } }];
    expect(look(rule({ hysteresis: once, severity: 1 }), samples).opens[0]?.severity).toBe(3);
  });

  it('writes a subject into key and words as it is, whatever is in it', () => {
    const samples: Sample[] = [{ at, subject: '$&{value}', value: 10 }];
    const [opening] = look(rule({ hysteresis: once }), samples).opens;
    expect(opening?.dedupKey).toBe('heat/$&{value}');
    expect(opening?.summary.zh).toBe('$&{value} 温度 10 次，上限 10 次');
  });

  it('watches each subject by itself', () => {
    const monitor = rule({ hysteresis: once });
    const looks = watchOver(monitor, [
      {
        at,
        samples: [
          { at, subject: 'a', value: 10 },
          { at, subject: 'b', value: 1 },
        ],
      },
      {
        at: minute(1),
        samples: [
          { at: minute(1), subject: 'a', value: 1 },
          { at: minute(1), subject: 'b', value: 10 },
        ],
      },
    ]);
    expect(happened(looks)).toEqual(['0 open heat/a', '1 close heat/a', '1 open heat/b']);
  });

  it('takes a subject that is not measured any more for well', () => {
    expect(happened(watchValues(rule({ hysteresis: once }), [10, undefined]))).toEqual([
      '0 open heat/oven',
      '1 close heat/oven',
    ]);
  });

  it('counts a sample that comes again once', () => {
    const samples: Sample[] = [{ at, subject: 'oven', value: 10 }];
    const looks = watchOver(
      rule(),
      [0, 1, 2].map((count) => ({ at: minute(count), samples })),
    );
    expect(happened(looks)).toEqual([]);
  });

  it('reads nothing of before its window, nor of after the look', () => {
    const monitor = rule({ hysteresis: once, window: 'PT5M' });
    const samples: Sample[] = [-5, 1].map((count) => ({ at: minute(count), subject: 'oven', value: 10 }));
    expect(look(monitor, samples).opens).toEqual([]);
    expect(look(monitor, [{ at: minute(-4), subject: 'oven', value: 10 }]).opens).toHaveLength(1);
  });

  it('forgets what is well again, once it damps nothing any more', () => {
    const monitor = rule({ hysteresis: { openAfter: 1, closeAfter: 1, dampFor: 'PT10M' }, window: 'PT5M' });
    const looks = watchValues(monitor, [10, 1, ...Array(12).fill(1)]);
    expect(looks[5]?.state.subjects).toHaveProperty('oven');
    expect(looks.at(-1)?.state).toEqual(untouchedMonitor);
  });

  it('remembers in a form that can be stored', () => {
    for (const { state } of watchValues(rule(), [10, 10, null, 3])) {
      expect(monitorStateSchema.parse(JSON.parse(JSON.stringify(state)))).toEqual(state);
    }
  });
});

describe('a monitor of a rate', () => {
  const monitor = rule({
    reads: 'mean',
    leastWeight: 20,
    threshold: { openAt: 0.2, closeBelow: 0.05 },
    hysteresis: once,
  });
  const rates = (...shares: [share: number, weight: number][]): Sample[] =>
    shares.map(([value, weight], index) => ({ at: minute(-index), subject: 'api', value, weight }));

  it('weighs its samples', () => {
    expect(look(monitor, rates([1, 1], [0, 99])).opens).toEqual([]);
    expect(look(monitor, rates([0.25, 80], [0, 20])).opens[0]?.value).toBe(0.2);
  });

  it('says nothing of too few calls, and leaves what is open open', () => {
    expect(look(monitor, rates([1, 19])).opens).toEqual([]);
    const looks = watchOver(monitor, [
      { at, samples: rates([1, 40]) },
      { at: minute(90), samples: [{ at: minute(90), subject: 'api', value: 0, weight: 5 }] },
      { at: minute(180), samples: [{ at: minute(180), subject: 'api', value: 0, weight: 50 }] },
    ]);
    expect(happened(looks)).toEqual(['0 open heat/api', '2 close heat/api']);
  });

  it('adds up the same in any order, to the last bit', () => {
    // 0.1 + 0.2 + 0.3 and 0.3 + 0.2 + 0.1 differ in it.
    const exact = rule({
      reads: 'sum',
      threshold: { openAt: 0.1 + 0.2 + 0.3, closeBelow: 0 },
      hysteresis: once,
    });
    const values = [0.1, 0.2, 0.3].map(
      (value, index): Sample => ({ at: minute(-index), subject: 'api', value }),
    );
    expect(look(exact, values).opens).toHaveLength(1);
    expect(look(exact, values.reverse()).opens).toHaveLength(1);
  });

  it('names the orders of all that failed', () => {
    const sum = rule({ reads: 'sum', threshold: { openAt: 2, closeBelow: 1 }, hysteresis: once });
    const failed = (order: string, value: number, count: number): Sample => ({
      at: minute(-count),
      subject: 'alipay',
      value,
      details: { orders: [order] },
    });
    const [opening] = look(sum, [
      failed('B', 1, 3),
      failed('C', 0, 2),
      failed('A', 1, 1),
      failed('B', 1, 0),
    ]).opens;
    expect(opening).toMatchObject({ value: 3, orders: ['A', 'B'] });
  });
});

describe('a monitor that cannot measure', () => {
  const nothing = (count: number) => ({ at: minute(count), samples: [{ at: minute(count), value: null }] });
  const hot = (count: number, value = 10) => ({
    at: minute(count),
    samples: [{ at: minute(count), subject: 'oven', value }],
  });

  it('is itself an incident, under a key of its own, and is over when it measures again', () => {
    const looks = watchOver(rule({ severity: 3 }), [
      nothing(0),
      nothing(1),
      nothing(2),
      hot(3, 1),
      hot(4, 1),
    ]);
    expect(happened(looks)).toEqual(['1 open monitor-blind/heat', '4 close monitor-blind/heat']);
    const opening = looks[1]?.opens[0];
    expect(opening).toMatchObject({
      type: 'system-failure',
      subject: null,
      value: null,
      summary: {
        zh: '监控“温度”无法取得数据，目前不能发现异常',
        en: 'the monitor “heat” cannot measure: what goes wrong now is not seen',
      },
    });
    // How grave what it watches is says nothing of that.
    expect(opening).not.toHaveProperty('severity');
    expect(monitorOpeningSchema.parse(opening)).toEqual(opening);
  });

  it('closes nothing that it does not see, and counts no bad reading either', () => {
    const looks = watchOver(rule(), [
      hot(0),
      hot(1),
      nothing(2),
      nothing(3),
      nothing(4),
      hot(5, 1),
      hot(6, 1),
    ]);
    expect(happened(looks)).toEqual([
      '1 open heat/oven',
      '3 open monitor-blind/heat',
      '6 close heat/oven',
      '6 close monitor-blind/heat',
    ]);
  });

  it('names the subjects it cannot see, where it sees others', () => {
    const samples = ['a', 'b', 'c', 'd', 'e', 'f', 'oven'].map((subject) => ({
      at,
      subject,
      value: subject === 'oven' ? 10 : null,
    }));
    const { opens } = look(rule({ hysteresis: once }), samples);
    expect(opens.map(({ dedupKey }) => dedupKey)).toEqual(['heat/oven', 'monitor-blind/heat']);
    expect(opens[1]?.summary).toEqual({
      zh: '监控“温度”无法取得部分数据：a、b、c、d、e 等 6 项',
      en: 'the monitor “heat” cannot measure a, b, c, d, e and 1 more',
    });
  });

  it('has seen a subject whose measurement succeeded at the same instant', () => {
    const samples: Sample[] = [null, 3].map((value) => ({ at, subject: 'oven', value }));
    expect(look(rule({ hysteresis: once }), samples).opens).toEqual([]);
  });

  it('takes a value that is no number for none', () => {
    expect(happened(watchValues(rule({ hysteresis: once }), [Number.NaN]))).toEqual([
      '0 open monitor-blind/heat',
    ]);
  });
});

describe('what flaps', () => {
  it('stays one incident: each opening doubles the calm that the next closing needs', () => {
    const monitor = rule({ hysteresis: { openAfter: 1, closeAfter: 1, dampFor: 'P1D' } });
    const values = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 10 : 1));
    expect(happened(watchValues(monitor, values))).toEqual([
      '0 open heat/oven',
      '1 close heat/oven',
      '2 open heat/oven',
    ]);
  });

  it('closes once it is calm for long enough, and is as quick as ever after the damping time', () => {
    const monitor = rule({ hysteresis: { openAfter: 1, closeAfter: 1, dampFor: 'PT20M' } });
    const values = [10, 1, 10, 1, 1, ...Array(20).fill(1), 10, 1];
    expect(happened(watchValues(monitor, values))).toEqual([
      '0 open heat/oven',
      '1 close heat/oven',
      '2 open heat/oven',
      '4 close heat/oven',
      '25 open heat/oven',
      '26 close heat/oven',
    ]);
  });
});
