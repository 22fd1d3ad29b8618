import { eq } from 'drizzle-orm';
import { selectServing } from '../../db/queries/on-call.js';
import { delegations } from '../../db/schema/index.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { Principal } from '../principal.js';
import { recordOnCall } from './record-on-call.js';
import { requireArranger } from './require-arranger.js';

/** Somebody is back, or does not go: nobody stands in any more. Throws `not-found`, `forbidden`. */
export async function removeDelegation(
  ctx: AppContext,
  principal: Principal,
  id: string,
): Promise<{ id: string }> {
  const gone = () => new AppError('not-found', `there is no delegation ${id}`);
  const [row] = await ctx.db.select().from(delegations).where(eq(delegations.id, id));
  if (!row) throw gone();
  const { personId: person, standInId: standIn, from, to } = row;
  const [away] = await selectServing(ctx.db, [person]);
  await requireArranger(ctx.db, principal, away?.department ?? 'the department');
  const identity = { principal, route: `DELETE /v1/on-call/delegations/${id}`, body: {} };
  return recordOnCall(ctx, identity, 'removeDelegation', async (tx) => {
    const removed = await tx.delete(delegations).where(eq(delegations.id, id)).returning();
    if (removed.length === 0) throw gone();
    return { view: { id }, detail: { id, person, standIn, from, to } };
  });
}
