import { needed } from '../facts.js';
import { say } from '../locale.js';
import { matterOf } from '../matter.js';
import { momentWords, spanWords } from '../moments.js';
import { taskBlocks } from '../order-blocks.js';
import { DEADLINE_WORDS, wordsOf } from '../terms.js';
import type { Wording } from './wording.js';

/** P07.1: a notice that no channel took. Whoever is told reaches the person another way. */
export const noticeUndelivered: Wording = {
  staff: (f, t, locale) => {
    const { name, blocks } = matterOf(f, locale);
    return {
      subject: t(`通知未送达：${name}，请另行通知`, `Notice undelivered: ${name}`),
      blocks: [
        {
          p: t(
            '以下收件人的通知未能送达。请立即通过电话等其他方式通知，并核对其邮箱地址。',
            'Notices to the following could not be delivered. Please reach them another way at once, and check their addresses.',
          ),
        },
        ...(f.undelivered.length > 0 ? [{ items: f.undelivered }] : []),
        ...f.tasks.flatMap((task) => taskBlocks(f, task, locale)),
        ...blocks,
      ],
    };
  },
};

/** An overdue instant as the watchman found it. */
interface Overdue {
  deadline: string;
  kind: string;
  at: string;
  /** What an incident is about. */
  about?: { zh: string; en: string };
}

const isOverdue = (value: unknown): value is Overdue =>
  typeof value === 'object' &&
  value !== null &&
  ['deadline', 'kind', 'at'].every((key) => typeof (value as Record<string, unknown>)[key] === 'string');

/** The watchman's word to ops: a planned instant passed and nothing fired, so the workflows may not be running. */
export const watchmanAlarm: Wording = {
  staff: (f, t, locale) => {
    const given = f.given.overdue;
    const overdue = Array.isArray(given) ? given.filter(isOverdue) : [];
    needed(overdue[0], 'overdue');
    return {
      subject: t(
        `值守报警：${overdue.length} 个时限到点未触发`,
        `Watchman: ${overdue.length} deadlines have not fired`,
      ),
      blocks: [
        {
          p: t(
            '以下时限已到点，但流程未按计划触发。请检查工作进程和 Temporal 服务是否正常运行。',
            'The following deadlines have passed and their process did not act. Please check that the worker and Temporal are running.',
          ),
        },
        {
          items: overdue.map(({ deadline, kind, at, about }) => {
            const words = [...(about ? [about] : []), wordsOf(DEADLINE_WORDS, kind)];
            return (
              [deadline, ...words.map((one) => say(one, locale)), momentWords(at, f.zone, locale)].join(
                ' · ',
              ) + t(`，已过 ${spanWords(at, f.at, locale)}`, `, ${spanWords(at, f.at, locale)} ago`)
            );
          }),
        },
      ],
    };
  },
};
