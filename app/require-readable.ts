import type { Queryable } from '../db/connect.js';
import { findOrderOwner } from '../db/queries/orders.js';
import { AppError } from './errors.js';
import type { Principal } from './principal.js';

/** Throws `not-found` unless the order is there and `viewer` may read it: staff all, others their own. */
export async function requireReadable(db: Queryable, number: string, viewer: Principal): Promise<void> {
  const owner = await findOrderOwner(db, number);
  const isOwn =
    viewer.kind === 'person' ||
    (viewer.kind === 'client' ? owner?.clientId === viewer.id : owner?.customerId === viewer.id);
  if (!owner || !isOwn) throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
}
