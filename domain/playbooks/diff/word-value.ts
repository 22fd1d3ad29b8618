import { ROLE_WORDS, type Role } from '../../roles/shape.js';
import { type DurationRule, durationMs } from '../../time/shape.js';
import type { Words } from '../shape.js';
import { isDuration } from './compare-values.js';
import { identify } from './identify.js';

// A line is for reading; what changed stands in the data whole.
const longestText = 120;

/** A value of a playbook’s field in words, within a sentence; Chinese quotes every value, English texts alone. */
export function wordValue(value: unknown, field: string | undefined): Words {
  const { zh, en } = wordPlain(value, field);
  return { zh: `“${zh}”`, en };
}

function wordPlain(value: unknown, field: string | undefined): Words {
  if (isDuration(value)) return wordDuration(value as DurationRule);
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  if (typeof value === 'string') {
    const isRole = field !== undefined && ['role', 'by', 'ownerRole'].includes(field) && value in ROLE_WORDS;
    return isRole ? ROLE_WORDS[value as Role] : { zh: cut(value), en: quoted(value) };
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return { zh: '无', en: 'none' };
    const names = [...(identify(value)?.keys() ?? value)].map(String);
    return { zh: cut(names.join('、')), en: cut(names.join(', ')) };
  }
  const words = wordsIn(value);
  return words ? { zh: cut(words.zh), en: quoted(words.en) } : { zh: String(value), en: String(value) };
}

/** What an object says to people: itself, where it is words; else its name or its reason. */
function wordsIn(value: unknown): Words | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('zh' in value && 'en' in value) return value as Words;
  const { label, name, title, because } = value as Record<string, unknown>;
  return wordsIn(label ?? name ?? title ?? because);
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > longestText ? `${letters.slice(0, longestText).join('')}…` : text;
}

const quoted = (text: string) => `“${cut(text)}”`;

/** A duration in words: `4 个工作小时`, `15 分钟`, with its floor. */
export function wordDuration({ elapsed, workingHours, workingDays, atLeast }: DurationRule): Words {
  if (elapsed !== undefined) return wordElapsed(elapsed);
  const rule =
    workingHours !== undefined
      ? { zh: `${workingHours} 个工作小时`, en: counted(workingHours, 'working hour') }
      : { zh: `${workingDays} 个工作日`, en: counted(workingDays ?? 0, 'working day') };
  if (atLeast === undefined) return rule;
  const floor = wordElapsed(atLeast);
  return { zh: `${rule.zh}，至少 ${floor.zh}`, en: `${rule.en}, at least ${floor.en}` };
}

function wordElapsed(duration: string): Words {
  const seconds = durationMs(duration) / 1000;
  const parts = [
    { count: Math.floor(seconds / 86_400), zh: '天', en: 'day' },
    { count: Math.floor(seconds / 3600) % 24, zh: '小时', en: 'hour' },
    { count: Math.floor(seconds / 60) % 60, zh: '分钟', en: 'minute' },
    { count: seconds % 60, zh: '秒', en: 'second' },
  ].filter(({ count }) => count > 0);
  return {
    zh: parts.map(({ count, zh }) => `${count} ${zh}`).join(' '),
    en: parts.map(({ count, en }) => counted(count, en)).join(' '),
  };
}

const counted = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
