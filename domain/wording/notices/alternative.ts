import { type NoticeFacts, needed, type TaskFacts } from '../facts.js';
import { momentWords } from '../moments.js';
import { contactWords, customerBlocks, staffBlocks, taskBlocks } from '../order-blocks.js';
import type { Wording } from './wording.js';

/** P10.1: the day asked for cannot be met; another is offered. */
export const alternativeOffered: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const task = needed(f.tasks[0], 'task');
    const offered = offeredDay(f, task);
    return {
      subject: t(
        `订单 ${order.number} 交期替代方案，请您确认`,
        `Another delivery date for your order ${order.number}`,
      ),
      blocks: [
        {
          p: t(
            `经各部门评估，我们暂时无法在您要求的 ${order.requestedDelivery} 交货，为此深表歉意。我们可提供的交货日期为 ${offered}。`,
            `After evaluation we cannot deliver on ${order.requestedDelivery} as you asked, and we are sorry. The day we can offer is ${offered}.`,
          ),
        },
        ...customerBlocks(order, locale),
        {
          p: t(
            '请告知是否接受。接受后，副总经理签字即向您发出确认回复；在此之前，订单尚未确认。',
            'Please tell us whether you accept. Once you do, our vice president signs and the confirmation follows; until then the order is not confirmed.',
          ),
        },
        ...(task.dueAt === null
          ? []
          : [
              {
                p: t(
                  `请于 ${momentWords(task.dueAt, f.zone, locale)}前答复。`,
                  `Please answer by ${momentWords(task.dueAt, f.zone, locale)}.`,
                ),
              },
            ]),
        { link: { label: t('接受或不接受', 'Accept or decline'), url: needed(task.link, 'link') } },
        { p: contactWords(order, locale) },
      ],
    };
  },
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const task = needed(f.tasks[0], 'task');
    return {
      subject: t(
        `订单 ${order.number} 已向客户提出替代方案`,
        `Order ${order.number}: an alternative was offered`,
      ),
      blocks: [
        {
          p: t(
            `已向客户提出交货日期 ${offeredDay(f, task)}（原要求 ${order.requestedDelivery}）。请跟进客户答复。`,
            `The customer was offered ${offeredDay(f, task)} instead of ${order.requestedDelivery}. Please follow up.`,
          ),
        },
        ...taskBlocks(f, task, locale),
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

/** The day an alternative offers, from the task's facts or the notice's own. */
export function offeredDay(f: Pick<NoticeFacts, 'given'>, task: Pick<TaskFacts, 'facts'>): string {
  const day =
    task.facts.offeredDelivery ?? task.facts.promised ?? f.given.offeredDelivery ?? f.given.promised;
  return needed(typeof day === 'string' ? day : null, 'offered delivery');
}
