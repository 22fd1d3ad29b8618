import { z } from 'zod';
import type { NoticeView } from '../contracts/http-records.js';
import type { Queryable } from '../db/connect.js';
import { selectNotices } from '../db/queries/notices.js';
import { findNames } from '../db/queries/people.js';
import { groupName } from '../domain/wording/group-words.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';
import type { Principal } from './principal.js';
import { requireReadable } from './require-readable.js';

const keySchema = z.tuple([instantKey, textKey]);

export interface ListNoticesRequest extends PageRequest {
  order: string;
  state?: NoticeView['state'];
}

/**
 * Notices of an order, oldest first, and how far each came (design §3.5). Addresses are not shown: who it went to is,
 * and a refusal in a mail server's words can hold one. Throws `not-found`.
 */
export async function listNotices(
  db: Queryable,
  viewer: Principal,
  { limit, cursor, order, state }: ListNoticesRequest,
): Promise<Page<NoticeView>> {
  const after = readCursor(cursor, keySchema);
  await requireReadable(db, order, viewer);
  const rows = await selectNotices(db, { order, state }, limit + 1, after);
  const names = await findNames(
    db,
    rows.map(({ recipient }) => recipient.replace(/^person:/, '')),
  );
  return toPage(
    rows,
    limit,
    (row) => [row.createdAt, row.key],
    (row) => {
      const [kind = '', ...rest] = row.recipient.split(':');
      const id = rest.join(':');
      return {
        key: row.key,
        order: row.orderNumber,
        template: row.template,
        channel: row.channel,
        recipient: {
          kind,
          id,
          name: names.get(kind === 'person' ? id : row.recipient) ?? groupName(row.recipient) ?? null,
        },
        state: row.state,
        subject: row.subject,
        messageId: row.messageId,
        attempts: row.attempts,
        lastError: row.lastError?.replace(/\S+@\S+/g, '…') ?? null,
        createdAt: row.createdAt,
        sentAt: row.sentAt,
        readAt: row.readAt,
      };
    },
  );
}
