import type { ChaseTold } from './chase-told.js';
import type { NoticeFacts } from './facts.js';
import type { Block } from './letter.js';
import { chooseFor, type Locale, say } from './locale.js';
import { momentWords } from './moments.js';
import { TASK_WORDS, wordsOf } from './terms.js';

/** What our people read of a chase: what is to be done, and what has been done about it. */
export function chaseBlocks(f: Pick<NoticeFacts, 'zone'>, chase: ChaseTold, locale: Locale): Block[] {
  const t = chooseFor(locale);
  const { item } = chase;
  const what = chase.what && say(chase.what, locale);
  const label = chase.kind === 'problem' ? t('问题', 'Problem') : t('整改措施', 'Improvement');
  return [
    { h: say(wordsOf(TASK_WORDS, chase.kind), locale) },
    {
      facts: [
        [t('编号', 'Number'), item?.id ?? chase.number],
        [label, what],
        [t('说明', 'Note'), chase.note],
        [t('提出人', 'Raised by'), item ? null : chase.createdByName],
        [t('提出时间', 'Raised at'), item ? null : momentWords(chase.createdAt, f.zone, locale)],
        [t('负责人', 'Owner'), item?.ownerName],
        [t('完成时限', 'Due'), item && momentWords(item.dueAt, f.zone, locale)],
        [t('完成人', 'Done by'), item?.doneByName],
        [t('完成时间', 'Done at'), item?.doneAt && momentWords(item.doneAt, f.zone, locale)],
        [t('完成情况', 'What was done'), item?.doneNote],
        [t('上次验证', 'Last check'), checkWords(item, locale)],
        [
          t('重新打开', 'Opened again'),
          item && item.reopened > 0 ? t(`${item.reopened} 次`, times(item.reopened)) : null,
        ],
        [t('重复发生', 'Repeated by'), item?.reopenedBecause],
      ],
    },
  ];
}

const times = (n: number) => (n === 1 ? 'once' : `${n} times`);

function checkWords(item: ChaseTold['item'], locale: Locale): string | null {
  if (!item?.checkNote) return null;
  return [item.checkedByName, item.checkNote].filter(Boolean).join(chooseFor(locale)('：', ': '));
}
