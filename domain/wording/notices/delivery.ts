import { needed } from '../facts.js';
import { momentWords } from '../moments.js';
import {
  contactWords,
  customerBlocks,
  destinationWords,
  staffBlocks,
  taskBlocks,
  trackingBlocks,
} from '../order-blocks.js';
import type { Wording } from './wording.js';

/** P10.5: the goods left. */
export const orderShipped: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const shipped = order.milestones.find(({ milestone, done }) => milestone === 'ship' && done);
    const when = shipped && momentWords(shipped.at, f.zone, locale);
    return {
      subject: t(`订单 ${order.number} 已发货`, `Your order ${order.number} has been shipped`),
      blocks: [
        { p: t('您的订单已发货，请留意查收。', 'Your order is on its way.') },
        ...customerBlocks(order, locale),
        {
          facts: [
            [t('发货时间', 'Shipped at'), when],
            [t('承诺交期', 'Promised delivery'), order.promisedDelivery],
            [t('运输方式', 'Shipping'), order.shippingMethod],
            [t('交货地点', 'Destination'), destinationWords(order, locale)],
          ],
        },
        ...trackingBlocks(f, locale),
        { p: contactWords(order, locale) },
      ],
    };
  },
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    return {
      subject: t(`订单 ${order.number} 已发货`, `Order ${order.number} has been shipped`),
      blocks: [{ p: t('订单已发货。', 'The order has been shipped.') }, ...staffBlocks(f, order, locale)],
    };
  },
};

/** P05.6: the carrier says signed for; the customer's own word closes the order. */
export const deliveryQuestion: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const task = needed(f.tasks[0], 'task');
    return {
      subject: t(`订单 ${order.number} 请确认收货`, `Did your order ${order.number} arrive?`),
      blocks: [
        {
          p: t(
            '承运方显示货物已签收。请确认您是否已收到货物、是否完好；如有问题也请在链接中告知，我们会立即处理。',
            'The carrier reports your goods as signed for. Please tell us whether they arrived and are in order; if anything is wrong, say so by the same link and we will see to it at once.',
          ),
        },
        ...customerBlocks(order, locale),
        { link: { label: t('确认收货', 'Confirm delivery'), url: needed(task.link, 'link') } },
        { p: contactWords(order, locale) },
      ],
    };
  },
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const task = needed(f.tasks[0], 'task');
    return {
      subject: t(
        `订单 ${order.number} 已签收，请联系客户确认交付`,
        `Order ${order.number} is signed for: contact the customer`,
      ),
      blocks: [...taskBlocks(f, task, locale), ...staffBlocks(f, order, locale)],
    };
  },
};

/** P05.6, P10.6: the customer was reached and says that the goods did not arrive, or not whole. */
export const deliveryDisputed: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    return {
      subject: t(
        `订单 ${order.number} 客户反馈未收到货物`,
        `Order ${order.number}: the customer has not received the goods`,
      ),
      blocks: [
        {
          p: t(
            '承运方显示已签收，但客户反馈未收到货物或货物有问题。请立即核实并联系客户，处理后再次确认交付；订单在客户确认前不关闭。',
            'The carrier reports the goods as signed for, but the customer says that they did not arrive or are not in order. Please look into it and contact the customer at once, then confirm the delivery again; the order stays open until then.',
          ),
        },
        ...f.tasks.flatMap((task) => taskBlocks(f, task, locale)),
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};
