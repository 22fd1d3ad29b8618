import type { ShipmentView } from '../../contracts/http-logistics.js';
import type { Queryable } from '../../db/connect.js';
import { addScans, findShipment, findTracked } from '../../db/queries/shipments.js';
import type { CarrierScan, ScansInput } from '../../domain/logistics/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { ChangeAnswer } from '../record-change.js';
import { findAhead } from './check-not-ahead.js';
import { findToday } from './list-purchase-orders.js';
import { viewShipment } from './list-shipments.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { refuseFields } from './references.js';

/**
 * Records scans of one shipment, one or many (P05.5); one that is on record already changes nothing. Throws
 * `not-found`, `invalid-input` with the field, `forbidden`.
 */
export function recordScans(
  ctx: Pick<AppContext, 'db' | 'now'>,
  id: string,
  request: FactRequest<ScansInput>,
): Promise<ChangeAnswer<ShipmentView>> {
  const { body } = request;
  const isBatch = 'scans' in body;
  const scans = isBatch ? body.scans : [body];
  const kind = {
    scope: 'shipments',
    route: `POST /v1/shipments/${id}/scans`,
    action: 'recordScans',
  } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    if (!(await findShipment(tx, id))) throw new AppError('not-found', `there is no shipment ${id}`);
    refuseFields(
      scans.flatMap((scan, index) => findAhead(isBatch ? `scans.${index}.at` : 'at', scan.at, at)),
    );
    const added = await addScans(
      tx,
      scans.map((scan) => ({ shipmentId: id, ...scan })),
      at,
    );
    const found = await findShipment(tx, id);
    if (!found) throw new Error(`shipment ${id} was there and is not`);
    return {
      status: 200,
      view: viewShipment(found, await findToday(tx, new Date(at))),
      subject: `shipment/${id}`,
      detail: { scans: scans.length, new: added, status: found.shipment.status },
    };
  });
}

/**
 * Records scans as a carrier sends them, of any shipments; gives how many were new. Throws `invalid-input` with each
 * wrong field, the fields beginning with `field`.
 */
export async function takeScans(
  tx: Queryable,
  scans: readonly CarrierScan[],
  at: Instant,
  field: string,
): Promise<number> {
  const tracked = await findTracked(tx, scans);
  const read = scans.map(({ carrier, trackingNumber, ...scan }) => ({
    ...scan,
    shipmentId: tracked.get(`${carrier} ${trackingNumber}`) ?? '',
    named: `${carrier} ${trackingNumber}`,
  }));
  refuseFields(
    read.flatMap(({ shipmentId, named, at: scannedAt }, index) => [
      ...findAhead(`${field}.${index}.at`, scannedAt, at),
      ...(shipmentId === ''
        ? [{ field: `${field}.${index}.trackingNumber`, message: `no shipment is ${named}` }]
        : []),
    ]),
  );
  return addScans(
    tx,
    read.map(({ named: _, ...scan }) => scan),
    at,
  );
}
