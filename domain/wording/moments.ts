import { toEpochMs } from '../time/instant.js';
import type { Instant } from '../time/shape.js';
import { chooseFor, type Locale } from './locale.js';

/** A zone in words, so that a reader in another one is not misled; unknown ones by their IANA name. */
export function zoneWords(zone: string, locale: Locale): string {
  if (zone === 'Asia/Shanghai') return locale === 'en' ? 'Beijing time' : '北京时间';
  return zone;
}

// Making a formatter costs more than a hundred uses of one, and a letter needs several.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    // Sweden writes `2026-11-24 17:00`.
    formatter = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** An instant as people of the company read it: `2026-11-24 17:00（北京时间）`. */
export function momentWords(at: Instant, zone: string, locale: Locale): string {
  const local = formatterFor(zone).format(new Date(at));
  return locale === 'en' ? `${local} (${zoneWords(zone, locale)})` : `${local}（${zoneWords(zone, locale)}）`;
}

/** The time from `from` to `to` in its two largest units, `1 天 3 小时`; under a minute in seconds. */
export function spanWords(from: Instant, to: Instant, locale: Locale): string {
  const t = chooseFor(locale);
  const seconds = Math.max(0, Math.floor((toEpochMs(to) - toEpochMs(from)) / 1000));
  const minutes = Math.floor(seconds / 60);
  const parts = [
    { count: Math.floor(minutes / 1440), zh: '天', en: 'day' },
    { count: Math.floor(minutes / 60) % 24, zh: '小时', en: 'hour' },
    { count: minutes % 60, zh: '分钟', en: 'minute' },
    // A demonstration in seconds is watched; past a minute nobody counts them.
    { count: minutes === 0 ? seconds : 0, zh: '秒', en: 'second' },
  ].filter(({ count }) => count > 0);
  if (parts.length === 0) return t('0 秒', '0 seconds');
  return parts
    .slice(0, 2)
    .map(({ count, zh, en }) => t(`${count} ${zh}`, `${count} ${en}${count === 1 ? '' : 's'}`))
    .join(' ');
}
