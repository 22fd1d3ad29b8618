import { findDoneOrders, findTimedOrders } from '../../../db/queries/monitor-orders.js';
import { usualTime } from '../../../domain/monitors/usual-time.js';
import type { OrderClass } from '../../../domain/order/shape.js';
import { type Collect, hoursBetween } from './collector.js';

const usualFrom = 50;

/** Orders against the usual time of their class, from receipt to closing (P12.1, P05.5); day and night count. */
export const collectProcessingTime: Collect = async ({ db, rule, at }) => {
  const [done, open] = [
    await findDoneOrders(db, { last: usualFrom }),
    await findTimedOrders(db, { left: true }),
  ];
  const limits = new Map<OrderClass, number | undefined>();
  for (const orderClass of new Set(open.map((order) => order.class))) {
    const hours = done
      .filter((order) => order.class === orderClass)
      .map(({ receivedAt, endedAt }) => hoursBetween(receivedAt, endedAt));
    limits.set(orderClass, usualTime(hours, { last: usualFrom })?.limit);
  }
  return open.flatMap(({ number, class: orderClass, receivedAt }) => {
    const limit = limits.get(orderClass);
    // Nothing is unusual while nobody knows what is usual.
    if (!limit) return [];
    const value = hoursBetween(receivedAt, at) / limit;
    return value < rule.threshold.closeBelow
      ? []
      : [{ at, subject: number, value, details: { orders: [number] } }];
  });
};
