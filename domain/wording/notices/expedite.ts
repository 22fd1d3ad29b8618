import { type NoticeFacts, needed, type TaskFacts } from '../facts.js';

import type { Block } from '../letter.js';
import type { Choose } from '../locale.js';
import { momentWords } from '../moments.js';
import { ownerWords } from './playbook-notice.js';
import type { Wording } from './wording.js';

/** 催货: the present supplier is asked for an earlier day, by a link that is its alone (P17.3, P09.3). */
export const expediteRequest: Wording = {
  supplier: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const task = needed(f.tasks[0], 'task');
    const numbers = purchasesOf(f.given).map(({ number }) => number);
    const about = numbers.length > 0 ? numbers.join(t('、', ', ')) : '';
    return {
      subject: t(
        `请尽快交货${about && `：采购订单 ${about}`}`,
        `Please deliver sooner${about && `: purchase order ${about}`}`,
      ),
      blocks: [
        ...expediteBlocks(f.given, t),
        {
          facts: [
            [t('请于此前答复', 'Please answer by'), task.dueAt && momentWords(task.dueAt, f.zone, locale)],
          ],
        },
        ...linkOf(task, t),
        { p: ownerWords(incident, t) },
      ],
    };
  },
};

/** What is asked, the same in the letter and on the page behind its link. */
export function expediteBlocks(facts: NoticeFacts['given'], t: Choose): Block[] {
  const purchases = purchasesOf(facts);
  const items = purchases.map(({ number, neededBy, confirmedDate }) => {
    const confirmed = confirmedDate
      ? t(`，贵司已确认 ${confirmedDate}`, `, confirmed by you for ${confirmedDate}`)
      : t('，尚未确认交期', ', not confirmed yet');
    return t(`${number}：需于 ${neededBy} 前到货`, `${number}: needed by ${neededBy}`) + confirmed;
  });
  return [
    {
      p: t(
        '我司急需以下货物，请贵司尽快安排交货，并告知可交货的日期：能否提前、能否先交一部分、最早何时可交，或无法供货。',
        'We need the following goods urgently. Please deliver as soon as you can, and tell us the day: sooner, a part of them first, the earliest day possible, or that you cannot.',
      ),
    },
    ...(items.length > 0 ? [{ items }] : []),
  ];
}

function linkOf({ link }: TaskFacts, t: Choose): Block[] {
  return link === null ? [] : [{ link: { label: t('立即答复', 'Answer now'), url: link } }];
}

interface Purchase {
  number: string;
  neededBy: string;
  confirmedDate: string | null;
}

function purchasesOf({ purchases }: NoticeFacts['given']): Purchase[] {
  return Array.isArray(purchases) ? (purchases as Purchase[]) : [];
}
