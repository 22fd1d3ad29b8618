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

/** The time from `from` to `to` in its two largest units, `1 天 3 小时`; `0` or less reads as under a minute. */
export function spanWords(from: Instant, to: Instant, locale: Locale): string {
  const t = chooseFor(locale);
  const minutes = Math.floor((toEpochMs(to) - toEpochMs(from)) / 60_000);
  if (minutes < 1) return t('不到 1 分钟', 'less than a minute');
  const parts = [
    { count: Math.floor(minutes / 1440), zh: '天', en: 'day' },
    { count: Math.floor(minutes / 60) % 24, zh: '小时', en: 'hour' },
    { count: minutes % 60, zh: '分钟', en: 'minute' },
  ].filter(({ count }) => count > 0);
  return parts
    .slice(0, 2)
    .map(({ count, zh, en }) => t(`${count} ${zh}`, `${count} ${en}${count === 1 ? '' : 's'}`))
    .join(' ');
}
