import type { Queryable } from '../db/connect.js';
import {
  type CustomerKey,
  type CustomerMatch,
  type CustomerSearch,
  findMatches,
  type OrderingCustomer,
} from '../db/queries/intake.js';
import type { CustomerRef } from '../domain/order/shape.js';
import { AppError, refuseField } from './errors.js';
import type { Principal } from './principal.js';

export type Customer = OrderingCustomer;

/**
 * Where the customer of an order is looked for: by id, else by e-mail, else by telephone, among the caller's own (a
 * client's key sees the customers it brought, staff the company's whole book). A name alone matches only for staff.
 */
export function searchFor(principal: Principal, ref: CustomerRef): CustomerSearch {
  const clientId = principal.kind === 'client' ? principal.id : undefined;
  if (ref.id !== undefined) return { keys: [{ by: 'id', value: ref.id }], clientId };
  const keys: CustomerKey[] = [];
  if (ref.email !== undefined) keys.push({ by: 'email', value: ref.email });
  if (ref.phone !== undefined) keys.push({ by: 'phone', value: ref.phone });
  if (keys.length === 0 && principal.kind !== 'client') keys.push({ by: 'name', value: ref.name ?? '' });
  return { keys, clientId };
}

/**
 * The customer among what the keys found: the first key that finds one decides. Answers nothing where there is none
 * yet. Throws `ambiguous-customer` for two hits, `invalid-input` for an unknown id.
 */
export function pickCustomer(
  { keys }: CustomerSearch,
  matches: readonly CustomerMatch[],
): Customer | undefined {
  for (const { by, value } of keys) {
    const [found, other] = matches.filter((match) => match.by === by);
    if (other) throw ambiguous(`customer.${by}`);
    if (found) return found;
    if (by === 'id') throw refuseField('customer.id', `no customer has the id ${value}`);
  }
  return undefined;
}

/** Finds the customer an order is for, as {@link searchFor} and {@link pickCustomer} say. */
export async function matchCustomer(
  db: Queryable,
  principal: Principal,
  ref: CustomerRef,
): Promise<Customer | undefined> {
  const search = searchFor(principal, ref);
  return pickCustomer(search, await findMatches(db, search));
}

function ambiguous(field: string): AppError {
  const message = 'more than one customer matches; give the id of the one that is meant';
  return new AppError('ambiguous-customer', message, [{ field, message }]);
}
