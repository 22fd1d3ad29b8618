import { findScannedShipments } from '../../../db/queries/monitor-deliveries.js';
import { type Collect, hoursBetween } from './collector.js';

/** Shipments on their way whose carrier has been silent (P14.4, P18.6); hours since the last scan. */
export const collectScansMissing: Collect = async ({ db, rule, at }) =>
  (await findScannedShipments(db)).flatMap(({ id, carrier, warehouse, order, since }) => {
    const value = hoursBetween(since, at);
    const facts = { carrier, warehouse, shipment: id };
    return value < rule.threshold.closeBelow
      ? []
      : [{ at, subject: id, value, details: { facts, orders: [order] } }];
  });
