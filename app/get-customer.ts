import type { CustomerView } from '../contracts/http-company.js';
import type { Queryable } from '../db/connect.js';
import { findCustomer } from '../db/queries/customers.js';
import { AppError } from './errors.js';
import { toCustomerView } from './list-customers.js';
import type { Principal } from './principal.js';
import { scopeOf } from './read-rights.js';

/** One customer. Throws `not-found`, also for another client's. */
export async function getCustomer(db: Queryable, id: string, viewer: Principal): Promise<CustomerView> {
  const found = await findCustomer(db, id, scopeOf(viewer).clientId);
  if (!found) throw new AppError('not-found', `there is no customer ${id}`);
  return toCustomerView(found, viewer);
}
