import type { Words } from '../playbooks/shape.js';
import type { MonitorRule } from './shape.js';

const mostNamed = 5;

/** At most two decimals: nobody acts on a third. */
const short = (value: number) => String(Math.round(value * 100) / 100);
/** Nobody is late by hundredths of an hour. */
const tenths = (value: number) => Math.round(value * 10) / 10;
const many = (value: number, one: string) => `${short(value)} ${short(value) === '1' ? one : `${one}s`}`;

const UNITS: Record<MonitorRule['unit'], (value: number) => Words> = {
  times: (value) => ({ zh: `${short(value)} 倍`, en: many(value, 'time') }),
  share: (value) => ({ zh: `${short(value * 100)}%`, en: `${short(value * 100)} %` }),
  days: (value) => ({ zh: `${short(value)} 天`, en: many(value, 'day') }),
  hours: (value) => ({ zh: `${short(tenths(value))} 小时`, en: many(tenths(value), 'hour') }),
  minutes: (value) => ({ zh: `${Math.round(value)} 分钟`, en: many(Math.round(value), 'minute') }),
  pieces: (value) => ({ zh: `${short(value)} 件`, en: many(value, 'piece') }),
  count: (value) => ({ zh: `${short(value)} 次`, en: many(value, 'time') }),
};

/** The words of an incident that a monitor opens: what it found, by how much, against which limit. */
export function summaryWords(rule: MonitorRule, subject: string, value: number): Words {
  const [found, limit] = [UNITS[rule.unit](value), UNITS[rule.unit](rule.threshold.openAt)];
  const fill = (text: string, locale: keyof Words) =>
    text.replace(
      /\{(subject|value|limit)\}/g,
      (_, name) => ({ subject, value: found[locale], limit: limit[locale] })[name as 'value'],
    );
  return { zh: fill(rule.summary.zh, 'zh'), en: fill(rule.summary.en, 'en') };
}

/** The words of a monitor that cannot measure; `unseen` names what, where it is not everything. */
export function blindWords({ name }: MonitorRule, unseen: readonly string[]): Words {
  const named = unseen.slice(0, mostNamed);
  const more = unseen.length - named.length;
  return unseen.length === 0
    ? {
        zh: `监控“${name.zh}”无法取得数据，目前不能发现异常`,
        en: `the monitor “${name.en}” cannot measure: what goes wrong now is not seen`,
      }
    : {
        zh: `监控“${name.zh}”无法取得部分数据：${named.join('、')}${more > 0 ? ` 等 ${unseen.length} 项` : ''}`,
        en: `the monitor “${name.en}” cannot measure ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      };
}
