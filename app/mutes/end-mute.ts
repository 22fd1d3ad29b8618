import { and, eq, gt, isNull } from 'drizzle-orm';
import type { MuteView } from '../../contracts/http-mutes.js';
import { mutes } from '../../db/schema/index.js';
import type { AppContext } from '../context.js';
import { MUTING_ROLES } from '../monitors/rights.js';
import { requireRole } from '../playbooks/rights.js';
import { type Principal, principalRef } from '../principal.js';
import { type ChangeAnswer, recordChange } from '../record-change.js';
import { getMute } from './list-mutes.js';

export interface EndMuteRequest {
  principal: Principal;
  id: string;
  idempotencyKey?: string;
}

/**
 * Ends a mute before its time; what it kept quiet and is still there is reported by the next look. One that is over
 * already stays as it is. Throws `forbidden`, `not-found`.
 */
export async function endMute(
  ctx: Pick<AppContext, 'db' | 'now'>,
  { principal, id, idempotencyKey: key }: EndMuteRequest,
): Promise<ChangeAnswer<MuteView>> {
  requireRole(principal, MUTING_ROLES);
  const identity = { principal, route: `POST /v1/mutes/${id}/end`, key, body: {} };
  return recordChange(ctx, identity, { action: 'endMute' }, async (tx, at) => {
    await getMute(tx, id, at);
    const ended = await tx
      .update(mutes)
      .set({ endedBy: principalRef(principal), endedAt: at })
      .where(and(eq(mutes.id, id), isNull(mutes.endedAt), gt(mutes.until, at)))
      .returning({ id: mutes.id });
    const view = await getMute(tx, id, at);
    return { view, subject: `mute/${id}`, detail: { ended: ended.length === 1, quieted: view.quieted } };
  });
}
