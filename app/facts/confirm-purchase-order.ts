import { eq } from 'drizzle-orm';
import type { PurchaseOrderView } from '../../contracts/http-supply.js';
import { findPurchaseOrder, lockPurchaseOrder } from '../../db/queries/purchase-orders.js';
import { purchaseOrders } from '../../db/schema/index.js';
import type { PurchaseConfirmation } from '../../domain/supply/shape.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import { loadRules } from '../load-rules.js';
import type { ChangeAnswer } from '../record-change.js';
import { findAhead } from './check-not-ahead.js';
import { viewPurchaseOrder } from './list-purchase-orders.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { refuseFields } from './references.js';

/** What a confirmation changes of a purchase order, whichever way the supplier's word came. */
export function confirmationOf(
  { state }: Pick<typeof purchaseOrders.$inferSelect, 'state'>,
  word: { confirmedDate: LocalDate; confirmedAt: Instant },
) {
  return { ...word, state: state === 'ordered' ? ('confirmed' as const) : state };
}

/**
 * Records the day a supplier says it delivers by (P09.3); a later word replaces it, and the audit log keeps both.
 * Throws `not-found`, `wrong-phase` once all was received, `invalid-input` with the field, `forbidden`.
 */
export function confirmPurchaseOrder(
  ctx: Pick<AppContext, 'db' | 'now'>,
  number: string,
  request: FactRequest<PurchaseConfirmation>,
): Promise<ChangeAnswer<PurchaseOrderView>> {
  const kind = {
    scope: 'purchaseOrders',
    route: `POST /v1/purchase-orders/${number}/confirm`,
    action: 'confirmPurchaseOrder',
  } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    const { confirmedDate, at: confirmedAt = at } = request.body;
    const purchase = await lockPurchaseOrder(tx, number);
    if (!purchase) throw new AppError('not-found', `there is no purchase order ${number}`);
    if (purchase.state === 'received') throw new AppError('wrong-phase', `all of ${number} was received`);
    const { calendar } = await loadRules(tx);
    refuseFields([
      ...findAhead('at', request.body.at, at),
      ...(confirmedDate < calendar.localDate(purchase.orderedAt)
        ? [{ field: 'confirmedDate', message: 'must not lie before the day it was ordered on' }]
        : []),
    ]);
    await tx
      .update(purchaseOrders)
      .set(confirmationOf(purchase, { confirmedDate, confirmedAt }))
      .where(eq(purchaseOrders.number, number));
    const found = await findPurchaseOrder(tx, number);
    if (!found) throw new Error(`purchase order ${number} was written and is not there`);
    return {
      status: 200,
      view: viewPurchaseOrder(found, calendar.localDate(at)),
      subject: `purchase-order/${number}`,
      detail: { confirmedDate, before: purchase.confirmedDate },
    };
  });
}
