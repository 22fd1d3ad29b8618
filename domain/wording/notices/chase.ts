import type { ChaseTold } from '../chase-told.js';
import { needed } from '../facts.js';
import type { Block } from '../letter.js';
import { type Choose, say } from '../locale.js';
import { matterOf } from '../matter.js';
import { taskBlocks } from '../order-blocks.js';
import { TASK_WORDS, wordsOf } from '../terms.js';
import type { Wording } from './wording.js';

/** Something is chased now: whom it waits for reads what and until when, others that it is so (P16.7). */
export const chaseOpened: Wording = {
  staff: (f, t, locale) => {
    const chase = needed(f.chase, 'chase');
    const { name, blocks } = matterOf(f, locale);
    const [task] = f.tasks;
    const words = say(wordsOf(TASK_WORDS, chase.kind), locale);
    const head = task
      ? t(`待办：${words}——${name}`, `To do: ${words}, ${name}`)
      : t(`${toldHead(chase).zh}：${name}`, `${toldHead(chase).en}: ${name}`);
    return {
      subject: head,
      blocks: [
        { p: task ? asked(chase, t) : told(chase, t) },
        ...f.tasks.flatMap((one) => taskBlocks(f, one, locale)),
        ...blocks,
      ],
    };
  },
};

function asked({ kind, item }: ChaseTold, t: Choose): string {
  if (kind === 'problem') {
    return t(
      '生产中出现以下问题，请您立即处理，处理完成后登记结果。',
      'The following problem has come up in production. Please deal with it now, and record how it was settled.',
    );
  }
  if (kind === 'effectCheck') {
    return t(
      '以下整改措施已完成，请您验证实际效果：有效的予以关闭，无效的重新打开。完成人本人不得验证。',
      'The following improvement has been carried out. Please check whether it had its effect: if so it is closed, if not it is open again. Who carried it out does not check it.',
    );
  }
  if (item?.reopenedBecause) {
    return t(
      `同类原因再次引发突发情况 ${item.reopenedBecause}，原整改措施重新打开，请您重新落实并登记完成情况。`,
      `The same cause has led to incident ${item.reopenedBecause}. The improvement is open again: please carry it out anew and record what was done.`,
    );
  }
  if (item && item.reopened > 0) {
    return t(
      '经验证，整改措施未达到效果，重新打开，请您继续整改并登记完成情况。',
      'The check found that the improvement had no effect. It is open again: please go on with it and record what was done.',
    );
  }
  return t(
    '请您落实以下整改措施，完成后登记完成情况。完成后由另一位同事验证效果，验证有效方可关闭。',
    'Please carry out the following improvement and record what was done. A colleague then checks its effect; only that closes it.',
  );
}

function told({ kind, item }: ChaseTold, t: Choose): string {
  if (kind === 'problem') {
    return t(
      '生产中出现以下问题，已指派处理。',
      'The following problem has come up in production; it is being dealt with.',
    );
  }
  if (item?.reopenedBecause) {
    return t(
      `同类原因再次引发突发情况 ${item.reopenedBecause}，以下整改措施重新打开，已通知负责人。`,
      `The same cause has led to incident ${item.reopenedBecause}. The following improvement is open again; its owner has been told.`,
    );
  }
  return t('以下整改措施已指派。', 'The following improvement has been given to its owner.');
}

function toldHead({ kind, item }: ChaseTold) {
  if (kind === 'problem') return { zh: '生产问题', en: 'Production problem' };
  return item && item.reopened > 0
    ? { zh: '整改措施重新打开', en: 'Improvement open again' }
    : { zh: '整改措施', en: 'Improvement' };
}

/** It is over, and what came of it. */
export const chaseDone: Wording = {
  staff: (f, t, locale) => {
    const chase = needed(f.chase, 'chase');
    const { name, blocks } = matterOf(f, locale);
    const { zh, en } = outcome(chase);
    return {
      subject: t(`${zh}：${name}`, `${en}: ${name}`),
      blocks: [{ p: t(`${zh}。`, `${en}.`) }, ...resultBlocks(chase, t), ...blocks],
    };
  },
};

function outcome({ kind, item }: ChaseTold) {
  if (kind === 'problem') return { zh: '生产问题已处理完毕', en: 'The production problem is settled' };
  return item?.state === 'open'
    ? { zh: '整改措施经验证未达到效果，已重新打开', en: 'The improvement had no effect and is open again' }
    : { zh: '整改措施经验证有效，已关闭', en: 'The improvement had its effect and is closed' };
}

function resultBlocks(chase: ChaseTold, t: Choose): Block[] {
  return [
    { facts: [[t('办理人', 'By'), chase.finishedByName]] },
    ...(chase.finishedNote ? [{ quote: chase.finishedNote }] : []),
  ];
}

/** A manager has given it up, and why. */
export const chaseGivenUp: Wording = {
  staff: (f, t, locale) => {
    const chase = needed(f.chase, 'chase');
    const { name, blocks } = matterOf(f, locale);
    const words = say(wordsOf(TASK_WORDS, chase.kind), locale);
    return {
      subject: t(`不再跟催：${words}——${name}`, `Given up: ${words}, ${name}`),
      blocks: [
        {
          p: t(
            '经理决定不再跟催，理由如下。',
            'A manager has decided to give this up, for the following reason.',
          ),
        },
        ...(chase.gaveUpBecause ? [{ quote: chase.gaveUpBecause }] : []),
        ...blocks,
      ],
    };
  },
};
