import type { IncidentTold, OwnOrder } from '../incident-told.js';
import type { Block } from '../letter.js';
import type { Choose } from '../locale.js';

/** How many orders of a customer have a button of their own; the others are in the list. */
const LINKED_ORDERS = 3;

/** A customer's own orders, with what was promised of each, and where to follow it (P02.4). */
export function ownOrderBlocks(orders: readonly OwnOrder[], t: Choose): Block[] {
  if (orders.length === 0) return [];
  return [
    { h: t('涉及您的订单', 'Your orders concerned') },
    {
      items: orders.map(({ number, customerReference, promisedDelivery, requestedDelivery }) => {
        const reference = customerReference
          ? t(`（贵方单号 ${customerReference}）`, ` (your reference ${customerReference})`)
          : '';
        const day = promisedDelivery
          ? t(`承诺交期 ${promisedDelivery}`, `promised for ${promisedDelivery}`)
          : t(`要求交期 ${requestedDelivery}，尚未确认`, `asked for ${requestedDelivery}, not confirmed yet`);
        return `${number}${reference}${t('，', ', ')}${day}`;
      }),
    },
    ...orders.slice(0, LINKED_ORDERS).map(({ number, trackingLink }) => ({
      link: { label: t(`查看订单 ${number} 进度`, `Follow order ${number}`), url: trackingLink },
    })),
  ];
}

/** Whom a customer can call about it: the sales owner of their orders. */
export function incidentContactWords({ own }: IncidentTold, t: Choose): string {
  const owner = own.orders.find(({ salesOwner }) => salesOwner !== null)?.salesOwner;
  if (!owner)
    return t('如有疑问，请与我公司销售部联系。', 'For any question, please contact our sales department.');
  const ways = [owner.phone, owner.email].filter(Boolean).join(t('，', ', '));
  return t(
    `如有疑问，请联系您的销售负责人${owner.name}（${ways}）。`,
    `For any question, please contact your sales owner ${owner.name} (${ways}).`,
  );
}
