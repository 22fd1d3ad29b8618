import type { ShipmentView } from '../../contracts/http-logistics.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { findShipment } from '../../db/queries/shipments.js';
import { shipments } from '../../db/schema/index.js';
import type { ShipmentInput } from '../../domain/logistics/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { ChangeAnswer } from '../record-change.js';
import { findToday } from './list-purchase-orders.js';
import { viewShipment } from './list-shipments.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { requireKnown } from './references.js';

/**
 * Puts a shipment on record (P09.3). Throws `already-exists` where the carrier has another one under that tracking
 * number, `invalid-input` with the field, `forbidden`.
 */
export function addShipment(
  ctx: Pick<AppContext, 'db' | 'now'>,
  request: FactRequest<ShipmentInput>,
): Promise<ChangeAnswer<ShipmentView>> {
  const kind = { scope: 'shipments', route: 'POST /v1/shipments', action: 'addShipment' } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    const { order, warehouse, ...facts } = request.body;
    await requireKnown(tx, [
      { kind: 'order', key: order, field: 'order' },
      { kind: 'warehouse', key: warehouse, field: 'warehouse' },
    ]);
    const today = await findToday(tx, new Date(at));
    const [id = ''] = await takeNumbers(tx, 'SH', today);
    const [added] = await tx
      .insert(shipments)
      .values({ id, ...facts, orderNumber: order, warehouseId: warehouse, status: 'booked', createdAt: at })
      .onConflictDoNothing()
      .returning({ id: shipments.id });
    if (!added) {
      const { carrier, trackingNumber } = facts;
      throw new AppError('already-exists', `there is a shipment ${carrier} ${trackingNumber} already`);
    }
    const found = await findShipment(tx, id);
    if (!found) throw new Error(`shipment ${id} was written and is not there`);
    return {
      status: 201,
      view: viewShipment(found, today),
      subject: `shipment/${id}`,
      detail: { order, warehouse, carrier: facts.carrier, promisedDay: facts.promisedDay },
    };
  });
}
