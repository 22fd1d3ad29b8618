import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import type { PaymentState } from '../../domain/payments/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { payments } from '../schema/index.js';

export interface PaymentFilter {
  order?: string;
  provider?: string;
  state?: PaymentState;
}

export type PaymentRow = typeof payments.$inferSelect;

/** A page of payments, the latest change first, after the key of the last one. */
export function selectPayments(
  db: Queryable,
  { order, provider, state }: PaymentFilter,
  limit: number,
  after?: readonly [at: Instant, id: string],
): Promise<PaymentRow[]> {
  const conditions: (SQL | undefined)[] = [
    order === undefined ? undefined : eq(payments.orderNumber, order),
    provider === undefined ? undefined : eq(payments.provider, provider),
    state && eq(payments.state, state),
    after && sql`(${payments.at}, ${payments.id}) < (${after[0]}::timestamptz, ${after[1]})`,
  ];
  return db
    .select()
    .from(payments)
    .where(and(...conditions))
    .orderBy(desc(payments.at), desc(payments.id))
    .limit(limit);
}

/**
 * The payments that these name, by `provider reference`. Until the transaction ends nobody else writes payments of
 * these providers: two reports of one payment at once would both find it new.
 */
export async function lockPayments(
  db: Queryable,
  named: readonly { provider: string; reference: string }[],
): Promise<Map<string, PaymentRow>> {
  const providers = named.map(({ provider }) => provider);
  const references = named.map(({ reference }) => reference);
  for (const provider of [...new Set(providers)].sort()) {
    await db.execute(sql`select pg_advisory_xact_lock(728166, hashtext(${provider}))`);
  }
  const found = await db
    .select()
    .from(payments)
    .where(sql`(${payments.provider}, ${payments.reference}) in
      (select * from unnest(${sql.param(providers)}::text[], ${sql.param(references)}::text[]))`);
  return new Map(found.map((payment) => [`${payment.provider} ${payment.reference}`, payment]));
}
