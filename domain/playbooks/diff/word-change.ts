import type { Playbook, Words } from '../shape.js';
import type { RawChange } from './compare-values.js';
import { wordField } from './field-words.js';
import { wordValue } from './word-value.js';

/** Lists of a playbook whose entries people know by name. */
const entryWords: Record<string, Words> = {
  steps: { zh: '步骤', en: 'Step' },
  team: { zh: '小组角色', en: 'Team role' },
  causes: { zh: '根因', en: 'Cause' },
};

/** A difference as one line: what it is about, which field, from what to what. */
export function wordChange(change: RawChange, before: Playbook, after: Playbook): Words {
  const { kind, path, order } = change;
  const { subject, rest } = splitPath(path, before, after);
  if (rest.length === 0 && subject) {
    return kind === 'added'
      ? { zh: `新增${subject.zh}`, en: `${subject.en} added` }
      : { zh: `删除${subject.zh}`, en: `${subject.en} removed` };
  }
  const field = wordPath(rest);
  const about = subject ? { zh: `${subject.zh}：`, en: `${subject.en}: ` } : { zh: '', en: '' };
  const last = path.at(-1);
  const [from, to] = [wordValue(change.before, last), wordValue(change.after, last)];
  const words =
    kind === 'added'
      ? { zh: `新增${field.zh}：${to.zh}`, en: `${field.en} added: ${to.en}` }
      : kind === 'removed'
        ? { zh: `删除${field.zh}，原为${from.zh}`, en: `${field.en} removed: ${from.en}` }
        : order
          ? {
              zh: `${field.zh}的顺序由${from.zh}改为${to.zh}`,
              en: `order of ${field.en} changed from ${from.en} to ${to.en}`,
            }
          : {
              zh: `${field.zh}由${from.zh}改为${to.zh}`,
              en: `${field.en} changed from ${from.en} to ${to.en}`,
            };
  return { zh: about.zh + words.zh, en: about.en + words.en };
}

/** The named entry that a path leads into, and what of it; the playbook itself has no subject. */
function splitPath([list, key, ...rest]: string[], before: Playbook, after: Playbook) {
  const kind = list === undefined ? undefined : entryWords[list];
  if (!kind || key === undefined) return { rest: [list, key, ...rest].filter((part) => part !== undefined) };
  const name = nameOf(after, list, key) ?? nameOf(before, list, key);
  const subject = {
    zh: name ? `${kind.zh}“${name.zh}”（${key}）` : `${kind.zh} ${key}`,
    en: name ? `${kind.en} “${name.en}” (${key})` : `${kind.en} ${key}`,
  };
  return { subject, rest };
}

function nameOf({ steps, team, causes }: Playbook, list: string | undefined, key: string): Words | undefined {
  if (list === 'steps') return steps.find((step) => step.key === key)?.title;
  return (list === 'team' ? team : causes).find((entry) => entry.key === key)?.name;
}

/** `form › cause › label › Chinese`. */
function wordPath(path: readonly string[]): Words {
  const parts = path.map(wordField);
  return { zh: parts.map(({ zh }) => zh).join(' › '), en: parts.map(({ en }) => en).join(' › ') };
}
