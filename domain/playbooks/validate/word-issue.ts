import type { z } from 'zod';
import type { Words } from '../shape.js';
import { listed, type PlaybookProblem, problemAt } from './problem.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What the shape’s own messages say, in Chinese. A test holds that none is missing. */
const chinese: Record<string, string> = {
  'must be words in lower case joined by hyphens, like call-supplier':
    '必须是以连字符连接的小写英文单词，例如 call-supplier',
  'must be an id like P18.1': '必须是条款编号，例如 P18.1',
  'must be a key like caseNumber': '必须是字段名，例如 caseNumber',
  'must stand with the kind "choice", and only with it': '字段类型为 choice 时必须填写，其他类型不得填写',
  'nature and measures must stand with a notice, and only with it':
    '通知类动作必须填写 nature（性质）和 measures（措施），其他动作不得填写',
  'must have exactly one of elapsed, workingHours, workingDays':
    '必须在 elapsed、workingHours、workingDays 中填写且只填写一项',
  'stands only with workingHours or workingDays': '只能与 workingHours 或 workingDays 同时填写',
  'must be a duration of days, hours, minutes and seconds, like PT15M or P1DT12H':
    '必须是由天、时、分、秒组成的时长，例如 PT15M 或 P1DT12H',
  'must be longer than nothing and at most 366 days': '必须大于零，且不超过 366 天',
  'must be above 0': '必须大于 0',
  'must be at least 0': '必须不小于 0',
  'must be at most 2000': '必须不大于 2000',
  'must be at most 250': '必须不大于 250',
  'must be a whole number of days': '必须是整数天数',
};

const kinds: Record<string, Words> = {
  string: { zh: '文本', en: 'a text' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: 'true 或 false', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
};

/** The problems that an issue of the schema stands for, with what would be right. */
export function wordIssue(issue: Issue, source: unknown): PlaybookProblem[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) =>
        problemAt([...path, key], {
          zh: '此处没有这个字段，请删除',
          en: 'is not a field here; leave it out',
        }),
      );
    case 'invalid_union': {
      const values =
        'options' in issue && Array.isArray(issue.options) ? issue.options : valuesOf(issue.errors);
      return [problemAt(path, oneOf(values))];
    }
    case 'invalid_value':
      return [problemAt(path, oneOf(issue.values))];
    case 'invalid_type':
      return [problemAt(path, ofType(issue.expected, path, source))];
    case 'too_small':
    case 'too_big':
      return [problemAt(path, ofSize(issue))];
    default:
      return [problemAt(path, { zh: chinese[issue.message] ?? issue.message, en: issue.message })];
  }
}

const valuesOf = (branches: readonly (readonly Issue[])[]) =>
  branches.flat().flatMap((issue) => (issue.code === 'invalid_value' ? issue.values : []));

function oneOf(values: readonly unknown[]): Words {
  const { zh, en } = listed(values.map(String));
  return { zh: `必须是以下之一：${zh}`, en: `must be one of ${en}` };
}

function ofType(expected: string, path: Path, source: unknown): Words {
  if (path.at(-1) === 'atMost' && valueAt(source, path) === undefined) {
    return {
      zh: '等待必须有期限：请填写 atMost，例如 {"workingDays": 3}',
      en: 'a wait has an end: give atMost, like {"workingDays": 3}',
    };
  }
  const { zh, en } = kinds[expected] ?? { zh: expected, en: expected };
  return valueAt(source, path) === undefined
    ? { zh: `缺少此项，必须是${zh}`, en: `is missing; it must be ${en}` }
    : { zh: `必须是${zh}`, en: `must be ${en}` };
}

function ofSize(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): Words {
  const [limit, zhBound, enBound] =
    issue.code === 'too_small' ? [issue.minimum, '至少', 'at least'] : [issue.maximum, '至多', 'at most'];
  // The shape's own words on a number, where it has them, say the unit.
  const own = chinese[issue.message];
  if (own) return { zh: own, en: issue.message };
  if (issue.origin === 'string') {
    return limit === 1 && issue.code === 'too_small'
      ? { zh: '不得为空', en: 'must not be empty' }
      : { zh: `${zhBound} ${limit} 个字符`, en: `must have ${enBound} ${limit} characters` };
  }
  if (issue.origin === 'array') {
    return { zh: `${zhBound} ${limit} 项`, en: `must have ${enBound} ${limit} entries` };
  }
  return { zh: `必须${zhBound} ${limit}`, en: `must be ${enBound} ${limit}` };
}

function valueAt(source: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    source,
  );
}
