import { z } from 'zod';
import type { CustomerView } from '../contracts/http-company.js';
import type { Queryable } from '../db/connect.js';
import { type CustomerFilter, type FoundCustomer, selectCustomers } from '../db/queries/customers.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';
import type { Principal } from './principal.js';
import { mayReadContacts, scopeOf } from './read-rights.js';

const keySchema = z.tuple([textKey]);

export type ListCustomersRequest = PageRequest & Omit<CustomerFilter, 'clientId'>;

/** Customers by id: an API client's own, for staff the whole book. */
export async function listCustomers(
  db: Queryable,
  viewer: Principal,
  { limit, cursor, ...filter }: ListCustomersRequest,
): Promise<Page<CustomerView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  const rows = await selectCustomers(db, { ...filter, ...scopeOf(viewer) }, limit + 1, after);
  return toPage(
    rows,
    limit,
    ({ customer }) => [customer.id],
    (row) => toCustomerView(row, viewer),
  );
}

/** A customer as `viewer` may see it: without how to reach it for those who have no need of that. */
export function toCustomerView({ customer, salesOwnerName }: FoundCustomer, viewer: Principal): CustomerView {
  const { id, name, locale, tier, salesOwnerId, clientId, createdAt } = customer;
  const contacts = mayReadContacts(viewer);
  return {
    id,
    name,
    email: contacts ? customer.email : null,
    phone: contacts ? customer.phone : null,
    locale,
    tier,
    salesOwner: salesOwnerId === null ? null : { id: salesOwnerId, name: salesOwnerName ?? salesOwnerId },
    broughtBy: clientId,
    createdAt,
  };
}
