import { z } from 'zod';
import type { NoticeView } from '../contracts/http-records.js';
import type { Queryable } from '../db/connect.js';
import { type RecordOf, selectNotices } from '../db/queries/notices.js';
import { findNames } from '../db/queries/people.js';
import { groupName } from '../domain/wording/group-words.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';
import { AppError } from './errors.js';
import type { Principal } from './principal.js';
import { requireReadable } from './require-readable.js';

const keySchema = z.tuple([instantKey, textKey]);

export type ListNoticesRequest = PageRequest & {
  /** One of both; neither or both is refused. */
  order?: string;
  incident?: string;
  state?: NoticeView['state'];
};

/**
 * Notices of an order or an incident, oldest first, and how far each came (design §3.5). Addresses are not shown: who it went to is,
 * and a refusal in a mail server's words can hold one. Throws `not-found`, and `invalid-parameter` unless one of both is named.
 */
export async function listNotices(
  db: Queryable,
  viewer: Principal,
  { limit, cursor, state, ...named }: ListNoticesRequest,
): Promise<Page<NoticeView>> {
  const after = readCursor(cursor, keySchema);
  const of = recordOf(named);
  await requireReadable(db, of, viewer);
  const rows = await selectNotices(db, of, state, limit + 1, after);
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
        incident: row.incidentNumber,
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

function recordOf({ order, incident }: { order?: string; incident?: string }): RecordOf {
  if (order !== undefined && incident === undefined) return { order };
  if (incident !== undefined && order === undefined) return { incident };
  const message = 'must be given, or `incident`, and not both';
  throw new AppError('invalid-parameter', `order: ${message}`, [{ field: 'order', message }]);
}
