import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../db/connect.js';
import { customers } from '../db/schema/index.js';
import type { CustomerRef } from '../domain/order/shape.js';
import { AppError, refuseField } from './errors.js';
import type { Principal } from './principal.js';

export type Customer = typeof customers.$inferSelect;

/**
 * Finds the customer an order is for: by id, else by e-mail, else by telephone, among the caller's own (a client's key
 * sees the customers it brought, staff the company's whole book). A name alone matches only for staff. Answers nothing
 * where there is none yet. Throws `ambiguous-customer` for two hits, `invalid-input` for an unknown id.
 */
export async function matchCustomer(
  db: Queryable,
  principal: Principal,
  ref: CustomerRef,
): Promise<Customer | undefined> {
  const own = principal.kind === 'client' ? eq(customers.clientId, principal.id) : undefined;
  const find = (match: SQL) => db.select().from(customers).where(and(own, match)).limit(2);

  if (ref.id !== undefined) {
    const [customer] = await find(eq(customers.id, ref.id));
    if (!customer) throw refuseField('customer.id', `no customer has the id ${ref.id}`);
    return customer;
  }
  if (ref.email !== undefined) {
    const found = one(await find(sql`lower(${customers.email}) = ${ref.email}`), 'customer.email');
    if (found) return found;
  }
  if (ref.phone !== undefined) {
    const found = one(await find(eq(customers.phone, ref.phone)), 'customer.phone');
    if (found) return found;
  }
  if (ref.email !== undefined || ref.phone !== undefined || principal.kind === 'client') return undefined;
  return one(await find(eq(customers.name, ref.name ?? '')), 'customer.name');
}

function one(found: Customer[], field: string): Customer | undefined {
  if (found.length > 1) {
    const message = 'more than one customer matches; give the id of the one that is meant';
    throw new AppError('ambiguous-customer', message, [{ field, message }]);
  }
  return found[0];
}
