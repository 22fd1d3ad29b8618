import { type NoticeFacts, needed } from '../facts.js';
import type { Block } from '../letter.js';
import { type Choose, type Locale, say } from '../locale.js';
import { momentWords } from '../moments.js';
import { staffBlocks, taskBlocks } from '../order-blocks.js';
import { HOLD_REASON_WORDS, wordsOf } from '../terms.js';
import type { Wording } from './wording.js';

/** 暂停: the order stands still, why, and who sees to the end of it (design §4). */
export const orderHeld: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const reason = reasonOf(f, locale);
    const isMine = f.tasks.some(({ kind, link }) => kind === 'releaseHold' && link !== null);
    return {
      subject: t(`订单 ${order.number} 已暂停：${reason}`, `Order ${order.number} is held: ${reason}`),
      blocks: [
        {
          p: isMine
            ? t(
                '订单已暂停，由您负责跟进。问题解决后，请立即解除暂停，订单才会继续。',
                'The order is held, and you see to it. Once it is settled, please release it at once: only then does the order go on.',
              )
            : t(
                '订单已暂停。解除之前，请勿发货；不受影响的工作照常进行。',
                'The order is held. Nothing of it is to be shipped before it is released; what is not concerned goes on.',
              ),
        },
        ...holdBlocks(f, t, locale),
        ...f.tasks.flatMap((task) => taskBlocks(f, task, locale)),
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

/** The hold is over; where none is left, so is the standstill. */
export const holdReleased: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const reason = reasonOf(f, locale);
    return {
      subject: t(`订单 ${order.number} 解除暂停：${reason}`, `Order ${order.number} is released: ${reason}`),
      blocks: [
        {
          p: t(
            '以下暂停已解除。如无其他暂停，请按计划继续；已停止计时的各项时限恢复计时，剩余时间不变。',
            'The following hold is released. Unless another one is open, please go on as planned; deadlines that stood still run again with the time they had left.',
          ),
        },
        ...holdBlocks(f, t, locale),
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

/** An incident affects the order (P03.5): who answers to the customer for it hears of it once. */
export const incidentLinked: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const incident = String(needed(f.given.incident as string, 'incident'));
    const { zh, en } = (f.given.type ?? { zh: '突发情况', en: 'an incident' }) as { zh: string; en: string };
    return {
      subject: t(
        `订单 ${order.number} 受突发情况影响：${zh}（${incident}）`,
        `Order ${order.number} is affected: ${en} (${incident})`,
      ),
      blocks: [
        {
          p: t(
            `${zh}（${incident}）影响本订单。应急小组正在处理；对客户的通报由预案统一发出，请您留意客户反应，客户来电时可告知我们正在处理。`,
            `${en} (${incident}) affects this order. The response team is on it, and the customer is told by its playbook. Please watch how the customer takes it; if they call, you can say that it is being handled.`,
          ),
        },
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

function reasonOf({ given }: NoticeFacts, locale: Locale): string {
  return say(wordsOf(HOLD_REASON_WORDS, String(given.reason)), locale);
}

function holdBlocks(f: NoticeFacts, t: Choose, locale: Locale): Block[] {
  const { hold, dueAt, incident, note } = f.given;
  const words: Block[] = typeof note === 'string' ? [{ quote: note }] : [];
  return [
    {
      facts: [
        [t('暂停编号', 'Hold'), String(hold)],
        [t('原因', 'Reason'), reasonOf(f, locale)],
        [t('突发情况', 'Incident'), typeof incident === 'string' ? incident : null],
        [
          t('再次处理期限', 'To be looked at again by'),
          typeof dueAt === 'string' ? momentWords(dueAt, f.zone, locale) : null,
        ],
      ],
    },
    ...words,
  ];
}
