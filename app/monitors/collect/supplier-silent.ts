import { findOpenPurchases } from '../../../db/queries/monitor-supply.js';
import { toEpochMs, toInstant } from '../../../domain/time/instant.js';
import { type Collect, hoursBetween } from './collector.js';

/** Design §6: a supplier answers within four working hours, for a critical order within one hour of the clock. */
const answeredWithinHours = 4;
const criticalWithinMs = 3_600_000;
const hourMs = 3_600_000;

/** Purchase orders whose supplier has not given its word in time (P13.1, P15.3); working hours since then. */
export const collectSupplierSilent: Collect = async ({ db, at, calendar }) => {
  const purchases = await findOpenPurchases(db, { unconfirmed: true });
  return purchases.flatMap(({ number, supplier, orderedAt, isCritical, skus, orders }) => {
    const dueAt = isCritical
      ? toInstant(toEpochMs(orderedAt) + criticalWithinMs)
      : calendar.addWorkingHours(orderedAt, answeredWithinHours);
    if (dueAt >= at) return [];
    const value = isCritical ? hoursBetween(dueAt, at) : calendar.workingTimeBetween(dueAt, at) / hourMs;
    const facts = { supplier, purchaseOrder: number, skus };
    return [{ at, subject: number, value, details: { facts, orders } }];
  });
};
