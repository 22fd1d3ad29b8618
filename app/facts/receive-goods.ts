import { randomUUID } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { PurchaseOrderView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import { insertSql, newRows } from '../../db/queries/insert-all.js';
import {
  type FoundPurchaseOrder,
  findPurchaseOrder,
  lockPurchaseOrder,
} from '../../db/queries/purchase-orders.js';
import { purchaseOrderLines, purchaseOrders, receipts } from '../../db/schema/index.js';
import { purchaseStateOf } from '../../domain/supply/purchase-state.js';
import type { ReceiptInput } from '../../domain/supply/shape.js';
import type { AppContext } from '../context.js';
import { AppError, type FieldError } from '../errors.js';
import type { ChangeAnswer } from '../record-change.js';
import { findAhead } from './check-not-ahead.js';
import { findToday, viewPurchaseOrder } from './list-purchase-orders.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { findTwice, refuseFields } from './references.js';
import { RECEIPT_WRITERS } from './writers.js';

/**
 * Books what arrived of a purchase order, as incoming inspection found it (P09.3). Stock is not touched: the warehouse
 * states it. Throws `not-found`, `already-exists` for a delivery note that was booked, `invalid-input` with the field
 * (a line that is not there, more accepted than is still to come), `forbidden`.
 */
export function receiveGoods(
  ctx: Pick<AppContext, 'db' | 'now'>,
  number: string,
  request: FactRequest<ReceiptInput>,
): Promise<ChangeAnswer<PurchaseOrderView>> {
  const kind = {
    scope: 'purchaseOrders',
    roles: RECEIPT_WRITERS,
    route: `POST /v1/purchase-orders/${number}/receipts`,
    action: 'receiveGoods',
  } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    const { body } = request;
    const locked = await lockPurchaseOrder(tx, number);
    const purchase = locked && (await findPurchaseOrder(tx, number));
    if (!purchase) throw new AppError('not-found', `there is no purchase order ${number}`);
    refuseFields([...findAhead('at', body.at, at), ...findFaults(purchase, body)]);
    await book(tx, number, { ...body, at: body.at ?? at });
    const found = await settleState(tx, number);
    return {
      status: 201,
      view: viewPurchaseOrder(found, await findToday(tx, new Date(at))),
      subject: `purchase-order/${number}`,
      detail: {
        lines: body.lines.map(({ line, accepted, rejected }) => ({ line, accepted, rejected })),
        state: found.purchase.state,
      },
    };
  });
}

function findFaults({ lines }: FoundPurchaseOrder, body: ReceiptInput): FieldError[] {
  const known = new Map(lines.map((line) => [line.line, line]));
  return [
    ...findTwice(
      body.lines,
      ({ line }) => String(line),
      (index) => `lines.${index}.line`,
    ),
    ...body.lines.flatMap(({ line, accepted }, index): FieldError[] => {
      const ordered = known.get(line);
      if (!ordered) return [{ field: `lines.${index}.line`, message: `it has no line ${line}` }];
      const toCome = ordered.quantity - ordered.accepted;
      if (accepted <= toCome) return [];
      return [
        { field: `lines.${index}.accepted`, message: `must be at most ${toCome}, which is still to come` },
      ];
    }),
  ];
}

async function book(tx: Queryable, number: string, { at, reference, lines }: ReceiptInput & { at: string }) {
  const rows = lines.map((line) => ({ id: randomUUID(), purchaseOrder: number, reference, at, ...line }));
  const booked = await tx.execute(
    sql`${insertSql(newRows(receipts, rows))} on conflict do nothing returning line`,
  );
  if (booked.rows.length < lines.length) {
    throw new AppError('already-exists', `the delivery note ${reference} was booked before`);
  }
  for (const { line, accepted, rejected } of lines) {
    await tx
      .update(purchaseOrderLines)
      .set({
        accepted: sql`${purchaseOrderLines.accepted} + ${accepted}`,
        rejected: sql`${purchaseOrderLines.rejected} + ${rejected}`,
      })
      .where(and(eq(purchaseOrderLines.purchaseOrder, number), eq(purchaseOrderLines.line, line)));
  }
}

/** Gives a purchase order the state its lines say; gives it back as it stands then. */
export async function settleState(tx: Queryable, number: string): Promise<FoundPurchaseOrder> {
  const found = await findPurchaseOrder(tx, number);
  if (!found) throw new Error(`purchase order ${number} was written and is not there`);
  const state = purchaseStateOf(found.lines, found.purchase.confirmedDate !== null);
  await tx.update(purchaseOrders).set({ state }).where(eq(purchaseOrders.number, number));
  return { ...found, purchase: { ...found.purchase, state } };
}
