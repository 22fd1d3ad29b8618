import { describe, expect, it } from 'vitest';
import { amountWords } from '../../domain/wording/amounts.js';
import { momentWords, spanWords } from '../../domain/wording/moments.js';

describe('an instant', () => {
  it.each([
    ['2026-11-24T09:00:00.000Z', 'Asia/Shanghai', 'zh-CN', '2026-11-24 17:00（北京时间）'],
    ['2026-11-24T16:30:00.000Z', 'Asia/Shanghai', 'en', '2026-11-25 00:30 (Beijing time)'],
    ['2026-07-01T10:00:00.000Z', 'Europe/Berlin', 'en', '2026-07-01 12:00 (Europe/Berlin)'],
  ] as const)('%s in %s reads in %s as %s', (at, zone, locale, words) => {
    expect(momentWords(at, zone, locale)).toBe(words);
  });
});

describe('a span', () => {
  it.each([
    ['2026-11-24T09:00:30.000Z', '30 秒', '30 seconds'],
    ['2026-11-24T09:01:00.000Z', '1 分钟', '1 minute'],
    ['2026-11-24T10:00:00.000Z', '1 小时', '1 hour'],
    ['2026-11-26T12:45:00.000Z', '2 天 3 小时', '2 days 3 hours'],
    ['2026-11-24T08:00:00.000Z', '0 秒', '0 seconds'],
  ])('up to %s reads as %s, %s', (to, zh, en) => {
    expect(spanWords('2026-11-24T09:00:00.000Z', to, 'zh-CN')).toBe(zh);
    expect(spanWords('2026-11-24T09:00:00.000Z', to, 'en')).toBe(en);
  });
});

describe('an amount', () => {
  it.each([
    [128_000, 'CNY', 'CNY 1,280.00'],
    [1280, 'JPY', 'JPY 1,280'],
    [1_280_000, 'KWD', 'KWD 1,280.000'],
    [1_000_000_000_000_000, 'CNY', 'CNY 10,000,000,000,000.00'],
    [5, 'CNY', 'CNY 0.05'],
  ])('%i minor units of %s read as %s', (amount, currency, words) => {
    expect(amountWords(amount, currency, 'zh-CN')).toBe(words);
  });
});
