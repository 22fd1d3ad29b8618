import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { PaymentState } from '../../domain/payments/shape.js';
import { instant } from './columns.js';
import { orders } from './orders.js';

/** Payments of orders as their providers report them; the audit log has every state before. */
export const payments = pgTable(
  'payments',
  {
    id: text('id').primaryKey(),
    orderNumber: text('order_number')
      .notNull()
      .references(() => orders.number),
    amountMinor: bigint('amount_minor', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    provider: text('provider').notNull(),
    reference: text('reference').notNull(),
    state: text('state').$type<PaymentState>().notNull(),
    failure: text('failure'),
    /** When it came to this state, by the provider's word. */
    at: instant('at').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('payments_reference').on(t.provider, t.reference),
    index('payments_order').on(t.orderNumber),
    index('payments_at').on(t.at.desc(), t.id.desc()),
    check('payments_amount_positive', sql`${t.amountMinor} > 0`),
  ],
);
