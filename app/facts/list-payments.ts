import { z } from 'zod';
import type { PaymentView } from '../../contracts/http-payments.js';
import type { Queryable } from '../../db/connect.js';
import { type PaymentFilter, type PaymentRow, selectPayments } from '../../db/queries/payments.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';

const keySchema = z.tuple([instantKey, textKey]);

/** Payments, the latest change first. */
export async function listPayments(
  db: Queryable,
  { limit, cursor, ...filter }: PageRequest & PaymentFilter,
): Promise<Page<PaymentView>> {
  const rows = await selectPayments(db, filter, limit + 1, readCursor(cursor, keySchema));
  return toPage(rows, limit, ({ at, id }) => [at, id], viewPayment);
}

export function viewPayment({ orderNumber, createdAt: _, ...payment }: PaymentRow): PaymentView {
  return { ...payment, order: orderNumber };
}
