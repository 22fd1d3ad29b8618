import { findOpenPurchases } from '../../../db/queries/monitor-supply.js';
import { pastPromiseDays } from '../../../domain/monitors/past-promise-days.js';
import type { Collect } from './collector.js';

/** Purchase orders whose goods are missing after the closing of their day (P13.1, P15.3); days, begun ones counted. */
export const collectReceiptOverdue: Collect = async ({ db, at, calendar }) => {
  const purchases = await findOpenPurchases(db, { dueBefore: calendar.localDate(at) });
  return purchases.flatMap(({ number, supplier, dueOn, skus, orders }) => {
    const value = pastPromiseDays({ promisedOn: dueOn, at, calendar });
    const facts = { supplier, purchaseOrder: number, skus, delayHours: value * 24 };
    return value > 0 ? [{ at, subject: number, value, details: { facts, orders } }] : [];
  });
};
