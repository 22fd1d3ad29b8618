import { eq } from 'drizzle-orm';
import { onCallOverrides } from '../../db/schema/index.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { Principal } from '../principal.js';
import { recordOnCall } from './record-on-call.js';
import { requireArranger } from './require-arranger.js';

/** Takes an override away: the rota, or an earlier override, counts again. Throws `not-found`, `forbidden`. */
export async function removeOverride(
  ctx: AppContext,
  principal: Principal,
  id: string,
): Promise<{ id: string }> {
  const gone = () => new AppError('not-found', `there is no override ${id}`);
  const [row] = await ctx.db.select().from(onCallOverrides).where(eq(onCallOverrides.id, id));
  if (!row) throw gone();
  const { role, personId: person, from, to } = row;
  await requireArranger(ctx.db, principal, role);
  const identity = { principal, route: `DELETE /v1/on-call/overrides/${id}`, body: {} };
  return recordOnCall(ctx, identity, 'removeOverride', async (tx) => {
    const removed = await tx.delete(onCallOverrides).where(eq(onCallOverrides.id, id)).returning();
    if (removed.length === 0) throw gone();
    return { view: { id }, detail: { id, role, person, from, to } };
  });
}
