import type { HoldView } from '../contracts/http-holds.js';
import type { HoldRow } from '../db/queries/orders.js';
import type { Principal } from './principal.js';
import { isStaff } from './read-rights.js';

/** A hold as it is read: an open one, or one that was released. */
type Row = HoldRow & Partial<Pick<HoldView, 'releasedAt' | 'releasedBy' | 'releasedBecause'>>;

/** A hold as `viewer` may see it: that and since when to everybody, who and in which words to staff. */
export function viewHold(row: Row, viewer: Principal): HoldView {
  const { id, reason, heldAt, dueAt, releasedAt = null } = row;
  const open = { id, reason, heldAt, dueAt, releasedAt };
  if (!isStaff(viewer)) {
    const hidden = { owner: null, note: null, incident: null, step: null, heldBy: null };
    return { ...open, ...hidden, releasedBy: null, releasedBecause: null };
  }
  const { ownerId, ownerName, note, incident, step, heldBy, releasedBy = null, releasedBecause = null } = row;
  const owner = { id: ownerId, name: ownerName ?? ownerId };
  return { ...open, owner, note, incident, step, heldBy, releasedBy, releasedBecause };
}
