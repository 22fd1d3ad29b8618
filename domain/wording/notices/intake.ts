import { type NoticeFacts, needed, type QuestionFacts, type TaskFacts } from '../facts.js';
import { say } from '../locale.js';
import { momentWords } from '../moments.js';
import { contactWords, customerBlocks, dueOf, trackingBlocks } from '../order-blocks.js';
import { POINT_WORDS, wordsOf } from '../terms.js';
import type { Wording } from './wording.js';

/** P05.1, P01.4: it arrived, under which number, and when the answer comes. */
export const orderReceived: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const due = dueOf(f, 'confirmation', locale);
    return {
      subject: t(`订单 ${order.number} 已收到`, `We have received your order ${order.number}`),
      blocks: [
        {
          p: t(
            '感谢您的订单。订单已收到并登记，我们已立即组织各部门评估。',
            'Thank you for your order. It has been recorded, and our departments are evaluating it now.',
          ),
        },
        ...customerBlocks(order, locale),
        ...(due === null
          ? []
          : [
              {
                p: t(
                  `我们将于 ${due}前给您确认回复，告知交货日期。在此之前，交期尚未确认。`,
                  `You will have our confirmation with the delivery date by ${due}. Until then the date is not confirmed.`,
                ),
              },
            ]),
        ...trackingBlocks(f, locale),
        { p: contactWords(order, locale) },
      ],
    };
  },
};

/** The questions a task stands for: those of its evaluation's points. */
export function questionsOf(f: Pick<NoticeFacts, 'order'>, task: Pick<TaskFacts, 'facts'>): QuestionFacts[] {
  const { evaluation, points } = task.facts;
  if (typeof evaluation !== 'string' || !Array.isArray(points)) return [];
  const ids = points.map((point) => `${evaluation}.${String(point)}`);
  return (f.order?.questions ?? []).filter(({ id }) => ids.includes(id));
}

/** P07.5: a doubt, put in writing beside the telephone call. */
export const customerQuestion: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const task = needed(f.tasks[0], 'task');
    const questions = questionsOf(f, task);
    needed(questions[0], 'question');
    return {
      subject: t(`订单 ${order.number} 有问题需向您确认`, `A question about your order ${order.number}`),
      blocks: [
        {
          p: t(
            '为确保订单准确无误并按期交付，以下内容需要您确认。我们的销售负责人也会与您电话联系，电话或链接答复其一即可。',
            'To get your order right and on time, we need your word on the following. Your sales owner will also call you; answering once, by telephone or by the link, is enough.',
          ),
        },
        ...questions.flatMap(({ point, text }) => [
          { p: `${say(wordsOf(POINT_WORDS, point), locale)}${t('：', ':')}` },
          { quote: text },
        ]),
        ...(task.dueAt === null
          ? []
          : [
              {
                p: t(
                  `请尽可能于 ${momentWords(task.dueAt, f.zone, locale)}前答复，以免影响交期评估。`,
                  `Please answer by ${momentWords(task.dueAt, f.zone, locale)} if you can, so that the evaluation is not held up.`,
                ),
              },
            ]),
        { link: { label: t('在线答复', 'Answer'), url: needed(task.link, 'link') } },
        { p: contactWords(order, locale) },
      ],
    };
  },
};
