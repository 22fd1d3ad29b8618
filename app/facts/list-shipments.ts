import { z } from 'zod';
import type { ShipmentView } from '../../contracts/http-logistics.js';
import {
  type FoundShipment,
  findShipment,
  type ShipmentFilter,
  selectShipments,
} from '../../db/queries/shipments.js';
import { ENDED_SHIPMENTS, type ShipmentStatus } from '../../domain/logistics/shape.js';
import type { LocalDate } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { AppError } from '../errors.js';
import { findToday } from './list-purchase-orders.js';

type Context = Pick<AppContext, 'db' | 'now'>;
const keySchema = z.tuple([instantKey, textKey]);

/** Shipments, newest first, each with its scans. */
export async function listShipments(
  { db, now }: Context,
  { limit, cursor, ...filter }: PageRequest & ShipmentFilter,
): Promise<Page<ShipmentView>> {
  const today = await findToday(db, now());
  const after = readCursor(cursor, keySchema);
  const rows = await selectShipments(db, filter, { today, limit: limit + 1, after });
  return toPage(
    rows,
    limit,
    ({ shipment }) => [shipment.createdAt, shipment.id],
    (row) => viewShipment(row, today),
  );
}

/** One shipment with its scans. Throws `not-found`. */
export async function getShipment({ db, now }: Context, id: string): Promise<ShipmentView> {
  const found = await findShipment(db, id);
  if (!found) throw new AppError('not-found', `there is no shipment ${id}`);
  return viewShipment(found, await findToday(db, now()));
}

/** A shipment as it is shown; `today` of the company's zone. */
export function viewShipment({ shipment, scans }: FoundShipment, today: LocalDate): ShipmentView {
  const { orderNumber, warehouseId, status, promisedDay, ...facts } = shipment;
  const hasEnded = (ENDED_SHIPMENTS as readonly ShipmentStatus[]).includes(status);
  return {
    ...facts,
    order: orderNumber,
    warehouse: warehouseId,
    promisedDay,
    status,
    overdue: !hasEnded && promisedDay < today,
    scans: scans.map(({ at, ...scan }) => ({ ...scan, at: new Date(at).toISOString() })),
  };
}
