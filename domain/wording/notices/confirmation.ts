import { needed } from '../facts.js';
import { momentWords } from '../moments.js';
import { contactWords, destinationWords, lineWords, staffBlocks, trackingBlocks } from '../order-blocks.js';
import type { Wording } from './wording.js';

/** P07.6: the confirmation reply: what was promised, who signed, when. */
export const orderConfirmed: Wording = {
  customer: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const promised = needed(order.promisedDelivery, 'promised delivery');
    const signer = needed(order.confirmedByName, 'signer');
    const signedAt = momentWords(needed(order.confirmedAt, 'signed at'), f.zone, locale);
    return {
      subject: t(
        `确认回复：订单 ${order.number}，${promised} 交货`,
        `Confirmation of your order ${order.number}: delivery on ${promised}`,
      ),
      blocks: [
        {
          p: t(
            '您的订单已经各部门评审，并由我公司副总经理签字确认，现回复如下：',
            'Your order has been reviewed by our departments and signed by our vice president. We confirm:',
          ),
        },
        {
          facts: [
            [t('订单号', 'Order number'), order.number],
            [t('贵方单号', 'Your reference'), order.customerReference],
            [t('产品及数量', 'Products'), lineWords(order, locale).join('\n')],
            [t('承诺交期', 'Promised delivery'), promised],
            [t('运输方式', 'Shipping'), order.shippingMethod ?? t('最快的运输方式', 'the fastest carrier')],
            [t('交货地点', 'Destination'), destinationWords(order, locale)],
            [t('签字人', 'Signed by'), t(`${signer}（副总经理）`, `${signer}, vice president`)],
            [t('签字时间', 'Signed at'), signedAt],
          ],
        },
        ...trackingBlocks(f, locale),
        { p: contactWords(order, locale) },
      ],
    };
  },
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const promised = needed(order.promisedDelivery, 'promised delivery');
    const signer = needed(order.confirmedByName, 'signer');
    const signedAt = momentWords(needed(order.confirmedAt, 'signed at'), f.zone, locale);
    return {
      subject: t(
        `订单 ${order.number} 已签字确认，承诺交期 ${promised}`,
        `Order ${order.number} is signed: promised for ${promised}`,
      ),
      blocks: [
        {
          p: t(
            `${signer}已于 ${signedAt}签字，确认回复已发送客户。`,
            `${signer} signed at ${signedAt}; the confirmation goes to the customer.`,
          ),
        },
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};
