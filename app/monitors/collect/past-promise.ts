import { findDoneOrders, findTimedOrders } from '../../../db/queries/monitor-orders.js';
import { pastPromiseDays } from '../../../domain/monitors/past-promise-days.js';
import { projectFinish } from '../../../domain/monitors/project-finish.js';
import { type Collect, hoursBetween } from './collector.js';

const projectedFrom = 200;

/**
 * Orders whose goods have not left and whose promise has passed, or is passed by their projected finish (P05.5, P18.6):
 * the one that was recorded with their progress, else what orders of their class usually take.
 */
export const collectPastPromise: Collect = async ({ db, at, calendar }) => {
  const [done, open] = [
    await findDoneOrders(db, { last: projectedFrom }),
    await findTimedOrders(db, { left: false }),
  ];
  const today = calendar.localDate(at);
  const leadDays = (orderClass: string) =>
    done
      .filter((order) => order.class === orderClass)
      .map(({ receivedAt, endedAt }) => Math.round(hoursBetween(receivedAt, endedAt) / 24))
      .sort((a, b) => a - b);
  const leads = new Map([...new Set(open.map((order) => order.class))].map((one) => [one, leadDays(one)]));
  return open.flatMap(({ number, class: orderClass, receivedAt, promisedOn, projectedOn }) => {
    const orderedOn = calendar.localDate(receivedAt);
    const expectedOn =
      projectedOn ?? projectFinish({ orderedOn, today, leadDays: leads.get(orderClass) ?? [] });
    const value = pastPromiseDays({ promisedOn, projectedOn: expectedOn, at, calendar });
    const details = { facts: { delayHours: value * 24 }, orders: [number] };
    return value > 0 ? [{ at, subject: number, value, details }] : [];
  });
};
