import { and, eq, ne } from 'drizzle-orm';
import type { Queryable } from '../../db/connect.js';
import { findKnownKeys } from '../../db/queries/known-keys.js';
import { endpoints } from '../../db/schema/index.js';
import type { EndpointInput } from '../../domain/endpoints/shape.js';
import type { Instant } from '../../domain/time/shape.js';

/**
 * Registers the parts of the instance where the demonstration's people are there to look after them, and gives those
 * that are known the address they have at this start: ports may differ. All else stays as people left it.
 */
export async function storeEndpoints(
  tx: Queryable,
  list: readonly EndpointInput[],
  at: Instant,
): Promise<void> {
  const people = await findKnownKeys(
    tx,
    'person',
    list.map(({ owner }) => owner),
  );
  for (const { owner, ...endpoint } of list) {
    if (!people.has(owner)) continue;
    await tx
      .insert(endpoints)
      .values({ ...endpoint, ownerId: owner, updatedAt: at })
      .onConflictDoNothing();
    await tx
      .update(endpoints)
      .set({ address: endpoint.address, updatedAt: at })
      .where(and(eq(endpoints.id, endpoint.id), ne(endpoints.address, endpoint.address)));
  }
}
