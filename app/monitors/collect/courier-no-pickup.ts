import { findUnfetchedShipments } from '../../../db/queries/monitor-deliveries.js';
import { type Collect, hoursBetween } from './collector.js';

/** Shipments that the courier was to have fetched (P18.4); minutes past the time agreed. */
export const collectCourierNoPickup: Collect = async ({ db, at }) =>
  (await findUnfetchedShipments(db, at)).map(({ id, carrier, warehouse, order, since }) => ({
    at,
    subject: id,
    value: hoursBetween(since, at) * 60,
    details: { facts: { carrier, warehouse, shipment: id }, orders: [order] },
  }));
