import { amountWords } from '../amounts.js';
import { type NoticeFacts, needed, type OrderFacts, type TaskFacts } from '../facts.js';
import type { Block } from '../letter.js';
import { type Choose, type Locale, say } from '../locale.js';
import { answeredBlocks, departmentWords, staffBlocks, taskBlocks } from '../order-blocks.js';
import { MEASURE_WORDS, POINT_WORDS, TASK_WORDS, wordsOf } from '../terms.js';
import { offeredDay } from './alternative.js';
import { questionsOf } from './intake.js';
import type { Wording } from './wording.js';

/** A step is someone's now (design §3.4): what, until when, what must be known for it, and the link. */
export const taskOpened: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const task = needed(f.tasks[0], 'task');
    const words = say(wordsOf(TASK_WORDS, task.kind), locale);
    return {
      subject: t(`订单 ${order.number} 待办：${words}`, `Order ${order.number}, to do: ${words}`),
      blocks: [
        ...explain(f, task, t, locale),
        ...f.tasks.flatMap((one) => taskBlocks(f, one, locale)),
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

function explain(f: NoticeFacts, task: TaskFacts, t: Choose, locale: Locale): Block[] {
  switch (task.kind) {
    case 'question':
      return [
        {
          p: t(
            '评估中有以下疑问需与客户确认，请您立即电话联系客户，并登记答复人、时间和原话。同样的问题已邮件发送客户；任一方式的答复均有效。',
            'The evaluation raised the following questions. Please call the customer now and record who answered, when, and the words. The same questions went by mail; an answer by either way counts.',
          ),
        },
        ...questionsOf(f, task).flatMap((question) => [
          {
            p: `${departmentWords(question.department, locale)} · ${say(wordsOf(POINT_WORDS, question.point), locale)}`,
          },
          { quote: question.text },
        ]),
        { facts: [[t('客户电话', 'Customer’s telephone'), f.order?.customerPhone]] },
      ];
    case 'evaluate':
      return [
        { p: t(explanations.evaluate.zh, explanations.evaluate.en) },
        ...answeredBlocks(needed(f.order, 'order'), task.department, locale),
      ];
    case 'signOff':
      return [
        {
          p: t(
            '各部门评估已完成，以下方案请您签字。签字后立即向客户发出确认回复；未经签字，不会向客户作出任何承诺。',
            'The evaluations are complete. Please sign the following proposal. Once signed, the confirmation goes to the customer; without a signature nothing is promised.',
          ),
        },
        ...proposalBlocks(needed(f.order, 'order'), String(task.facts.proposal ?? ''), t, locale),
        ...(task.link === null
          ? [
              {
                p: t(
                  '请在系统中签字（接口 sign-off 或 Temporal 的 signOff 信号）。',
                  'Please sign in the system (the sign-off call, or the signal signOff in Temporal).',
                ),
              },
            ]
          : []),
      ];
    case 'conflict':
      return [
        {
          p: t(
            '主责部门对订单的以下内容未予确认。请您决定：重新评估、向客户提出替代交期，或驳回订单。',
            'A responsible department does not confirm the following. Please decide: evaluate again, offer the customer another date, or reject the order.',
          ),
        },
        { items: objectionItems(needed(f.order, 'order'), t, locale) },
      ];
    case 'alternative':
      return [
        {
          p: t(
            `已向客户提出交货日期 ${offeredDay(f, task)}，请跟进客户答复。`,
            `The customer was offered ${offeredDay(f, task)}. Please follow up on the answer.`,
          ),
        },
      ];
    default: {
      const words = Object.hasOwn(explanations, task.kind)
        ? explanations[task.kind as keyof typeof explanations]
        : null;
      return words ? [{ p: t(words.zh, words.en) }] : [];
    }
  }
}

/** Each objection in a line: department, point, words. */
export function objectionItems(order: OrderFacts, t: Choose, locale: Locale): string[] {
  return order.objections.map(({ department, point, note, question }) => {
    const head = `${departmentWords(department, locale)} · ${say(wordsOf(POINT_WORDS, point), locale)}`;
    return `${head}${t('：', ': ')}${note ?? question ?? t('未确认', 'not confirmed')}`;
  });
}

/** What is put before the signer: the proposal of that id, else the newest. */
export function proposalBlocks(order: OrderFacts, id: string, t: Choose, locale: Locale): Block[] {
  const named = order.proposals.find((one) => one.id === id);
  const proposal = needed(named ?? order.proposals.at(-1), 'proposal');
  return [
    {
      facts: [
        [t('方案', 'Proposal'), t(`第 ${proposal.round} 轮`, `Round ${proposal.round}`)],
        [t('生产措施', 'Measure'), say(MEASURE_WORDS[proposal.measure], locale)],
        [t('承诺交期', 'Promised delivery'), proposal.promisedDelivery],
        [t('金额', 'Amount'), amountWords(proposal.amountMinor, proposal.currency, locale)],
      ],
    },
  ];
}

const explanations = {
  evaluate: {
    zh: '请您代表本部门完成评估，逐项确认品名、数量、价格、加工工艺、交货期、运输方式；如有疑问，请写明需向客户确认的问题。',
    en: 'Please evaluate the order for your department: product, quantity, price, process, delivery date and shipping. If in doubt, write the question to the customer.',
  },
  measure: {
    zh: '各部门评估已完成，请确定生产措施（正常生产、加班、三班倒、委外加工）和可承诺的交货日期。晚于客户要求的日期将先征求客户意见。',
    en: 'The evaluations are complete. Please choose the measure (normal, overtime, three shifts, outsourcing) and the day that can be promised. A day later than asked for goes to the customer first.',
  },
  ground: {
    zh: '客户申报本订单涉及生命、财产或重大利益受威胁。请您确认理由是否成立；确认前，时限照常计算，但不占用其他订单的资源。',
    en: 'The customer declares that life, property or a major interest is at stake. Please confirm whether it holds; clocks run meanwhile, but no capacity is taken from other orders.',
  },
  releaseHold: {
    zh: '订单已暂停，由您负责跟进。问题解决后，请登记处理情况并解除暂停。',
    en: 'The order is held, and you see to it. Once it is settled, please record what was done and release it.',
  },
  customerContact: {
    zh: '承运方显示货物已签收。请您联系客户确认收货情况，并登记答复人、时间和原话；未联系上的，请登记一次联系记录。',
    en: 'The carrier reports the goods as signed for. Please contact the customer and record who confirmed, when, and the words; record an attempt that reached nobody too.',
  },
} as const;
