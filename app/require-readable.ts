import type { Queryable } from '../db/connect.js';
import { isIncidentThere } from '../db/queries/incident-view.js';
import type { RecordOf } from '../db/queries/notices.js';
import { findOrderOwner } from '../db/queries/orders.js';
import { AppError } from './errors.js';
import type { Principal } from './principal.js';
import { scopeOf } from './read-rights.js';

/**
 * Throws `not-found` unless the order or incident is there and `viewer` may read it: staff all, a client what it placed
 * or reported, a customer their own orders.
 */
export async function requireReadable(db: Queryable, of: RecordOf, viewer: Principal): Promise<void> {
  if (of.incident === undefined) return requireOrder(db, of.order, viewer);
  const mayRead = viewer.kind === 'person' || viewer.kind === 'client';
  if (!mayRead || !(await isIncidentThere(db, of.incident, scopeOf(viewer)))) {
    throw new AppError('not-found', `there is no incident ${of.incident.slice(0, 40)}`);
  }
}

async function requireOrder(db: Queryable, number: string, viewer: Principal): Promise<void> {
  const owner = await findOrderOwner(db, number);
  const isOwn =
    viewer.kind === 'person' ||
    (viewer.kind === 'client' ? owner?.clientId === viewer.id : owner?.customerId === viewer.id);
  if (!owner || !isOwn) throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
}
