import { randomUUID } from 'node:crypto';
import type { MuteView } from '../../contracts/http-mutes.js';
import { findMonitor } from '../../db/queries/monitors.js';
import { mutes } from '../../db/schema/index.js';
import { LONGEST_MUTE_MS, type MuteInput } from '../../domain/mutes/shape.js';
import { toEpochMs } from '../../domain/time/instant.js';
import type { AppContext } from '../context.js';
import { refuseField } from '../errors.js';
import { requireKnown } from '../facts/references.js';
import { MUTING_ROLES } from '../monitors/rights.js';
import { requireRole } from '../playbooks/rights.js';
import { type Principal, principalRef } from '../principal.js';
import { type ChangeAnswer, recordChange } from '../record-change.js';
import { getMute } from './list-mutes.js';

export interface AddMuteRequest {
  principal: Principal;
  body: MuteInput;
  idempotencyKey?: string;
}

/**
 * Keeps what monitors find quiet for a time, with a reason and an owner who answers for it (P12.4). It ends by itself: a
 * mute after 30 days at most. Throws `forbidden`; `invalid-input` for a time that is over or too long, an owner or a
 * monitor that is not there.
 */
export async function addMute(
  ctx: Pick<AppContext, 'db' | 'now'>,
  { principal, body, idempotencyKey: key }: AddMuteRequest,
): Promise<ChangeAnswer<MuteView>> {
  requireRole(principal, MUTING_ROLES);
  const identity = { principal, route: 'POST /v1/mutes', key, body };
  return recordChange(ctx, identity, { action: 'addMute' }, async (tx, at) => {
    const { from = at, until, owner, monitor, subject, type, kind, reason } = body;
    if (until <= from) throw refuseField('until', 'must be later than `from`');
    if (until <= at) throw refuseField('until', 'must lie in the future');
    if (toEpochMs(until) - toEpochMs(from) > LONGEST_MUTE_MS)
      throw refuseField('until', 'must be at most 30 days after `from`');
    await requireKnown(tx, [{ kind: 'person', key: owner, field: 'owner' }]);
    if (monitor !== undefined && !(await findMonitor(tx, monitor)))
      throw refuseField('monitor', `there is no monitor ${monitor}`);
    const id = randomUUID();
    await tx.insert(mutes).values({
      id,
      kind,
      monitor,
      subject,
      type,
      reason,
      ownerId: owner,
      from,
      until,
      createdBy: principalRef(principal),
      createdAt: at,
    });
    const detail = { kind, owner, from, until, monitor, subject, type };
    return { status: 201, view: await getMute(tx, id, at), subject: `mute/${id}`, detail };
  });
}
