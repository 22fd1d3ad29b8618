import { needed } from '../facts.js';
import { contactWords, customerBlocks, staffBlocks } from '../order-blocks.js';
import type { Wording } from './wording.js';

/** P10.1: it cannot be done; the reason, an apology, and no blame. */
export const orderRejected: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    return {
      subject: t(
        `订单 ${order.number} 很抱歉未能接受`,
        `We are sorry: we cannot accept your order ${order.number}`,
      ),
      blocks: [
        {
          p: t(
            '非常抱歉，经各部门评估，我们无法按要求完成您的订单，本订单不再执行。说明如下：',
            'We are very sorry. After evaluation we are not able to carry out your order as asked, and it will not go ahead. The reason:',
          ),
        },
        { quote: needed(order.rejectionWords, 'reason') },
        ...customerBlocks(order, locale),
        {
          p: t(
            '感谢您的信任。若数量、工艺或交期可以调整，我们愿意立即重新评估。',
            'Thank you for your trust. If quantity, process or date can be changed, we will gladly evaluate it again at once.',
          ),
        },
        { p: contactWords(order, locale) },
      ],
    };
  },
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    return {
      subject: t(`订单 ${order.number} 已驳回`, `Order ${order.number} was rejected`),
      blocks: [
        { p: t('订单已驳回，已回复客户。理由：', 'The order was rejected and the customer told. Reason:') },
        { quote: needed(order.rejectionWords, 'reason') },
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

/** The customer did not take the alternative: confirmed back, with the door open. */
export const orderDeclined: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    return {
      subject: t(
        `订单 ${order.number} 已按您的答复结束`,
        `Your order ${order.number} was ended as you told us`,
      ),
      blocks: [
        {
          p: t(
            '我们已收到您的答复：不接受替代交期。本订单已结束，不再执行，您无需再做任何操作。未能满足您的交期，我们深表歉意。',
            'We have your answer that the other date does not suit you. The order has ended and will not go ahead; there is nothing more for you to do. We are sorry that we could not meet your date.',
          ),
        },
        ...customerBlocks(order, locale),
        { facts: [[t('说明', 'Note'), order.declinedWords]] },
        { p: contactWords(order, locale) },
      ],
    };
  },
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    return {
      subject: t(`订单 ${order.number} 客户未接受替代方案`, `Order ${order.number}: the customer declined`),
      blocks: [
        {
          p: t(
            '客户未接受替代方案，订单已结束，请停止相关准备工作。',
            'The customer did not accept the alternative. The order has ended; please stop preparing it.',
          ),
        },
        { facts: [[t('客户说明', 'In their words'), order.declinedWords]] },
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};
