import { asc, eq } from 'drizzle-orm';
import type { HoldView } from '../contracts/http-holds.js';
import type { Queryable } from '../db/connect.js';
import { findOrderOwner } from '../db/queries/orders.js';
import { holds, people } from '../db/schema/index.js';
import { AppError } from './errors.js';
import { viewHold } from './hold-view.js';
import type { Principal } from './principal.js';
import { scopeOf } from './read-rights.js';

/** Every hold of an order, open and released, oldest first. Throws `not-found` for another's order, too. */
export async function listHolds(
  db: Queryable,
  number: string,
  viewer: Principal,
): Promise<{ items: HoldView[]; next: null }> {
  const order = await findOrderOwner(db, number);
  const { clientId } = scopeOf(viewer);
  if (!order || (clientId !== undefined && order.clientId !== clientId)) {
    throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
  }
  const rows = await db
    .select({ hold: holds, ownerName: people.name })
    .from(holds)
    .leftJoin(people, eq(people.id, holds.ownerId))
    .where(eq(holds.order, number))
    .orderBy(asc(holds.heldAt), asc(holds.id));
  return { items: rows.map(({ hold, ownerName }) => viewHold({ ...hold, ownerName }, viewer)), next: null };
}
