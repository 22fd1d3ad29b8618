import type { Database } from '../../db/connect.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { type MuteRow, selectUntoldMutes } from '../../db/queries/monitors.js';
import { audit, notices } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';

/**
 * Tells the owners of mutes that are over what was kept quiet (P12.4), once each. Gives the steps whose notices are to be
 * sent. A mute that quieted nothing ends without a word.
 */
export async function tellMutedOwners(db: Database, at: Instant): Promise<string[]> {
  const over = await selectUntoldMutes(db, at);
  for (const mute of over) {
    await insertAll(db, [newRows(audit, [entryOf(mute, at)]), newRows(notices, [noticeOf(mute, at)])]);
  }
  return over.map(({ id }) => `mute/${id}`);
}

const entryOf = ({ id, quieted }: MuteRow, at: Instant): typeof audit.$inferInsert => ({
  // Its key is what makes it once: two workers may look at one moment, and one of them fails here.
  key: `mute/${id}/over`,
  at,
  subject: `mute/${id}`,
  actor: 'redmark',
  credential: 'workflow',
  action: 'muteOver',
  detail: { quieted },
});

const noticeOf = (mute: MuteRow, at: Instant): typeof notices.$inferInsert => {
  const { id, ownerId, kind, reason, quieted, from, until, endedAt, monitor, subject, type } = mute;
  const ended = endedAt !== null && endedAt < until ? endedAt : until;
  return {
    key: `mute/${id}/muteOver/person:${ownerId}`,
    step: `mute/${id}`,
    recipient: `person:${ownerId}`,
    template: 'muteOver',
    facts: { kind, reason, quieted, from, until: ended, of: [monitor, subject, type].filter(Boolean) },
    state: 'queued',
    createdAt: at,
  };
};
