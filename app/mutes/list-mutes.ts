import { and, desc, eq, gt, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { MuteView } from '../../contracts/http-mutes.js';
import type { Queryable } from '../../db/connect.js';
import { mutes, people } from '../../db/schema/index.js';
import { isInForce } from '../../domain/mutes/matching-mute.js';
import type { Instant } from '../../domain/time/shape.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { AppError } from '../errors.js';

const keySchema = z.tuple([instantKey, textKey]);

const select = (db: Queryable) =>
  db
    .select({ mute: mutes, ownerName: people.name })
    .from(mutes)
    .leftJoin(people, eq(people.id, mutes.ownerId));

/** Mutes and maintenance windows, the newest first; `inForce`: those that keep something quiet at `at`, or the others. */
export async function listMutes(
  db: Queryable,
  { limit, cursor, inForce }: PageRequest & { inForce?: boolean },
  at: Instant,
): Promise<Page<MuteView>> {
  const after = readCursor(cursor, keySchema);
  const conditions: (SQL | undefined)[] = [
    inForce === undefined ? undefined : sql`(${now(at)}) = ${inForce}`,
    after && sql`(${mutes.createdAt}, ${mutes.id}) < (${after[0]}::timestamptz, ${after[1]})`,
  ];
  const rows = await select(db)
    .where(and(...conditions))
    .orderBy(desc(mutes.createdAt), desc(mutes.id))
    .limit(limit + 1);
  return toPage(
    rows,
    limit,
    ({ mute }) => [mute.createdAt, mute.id],
    (row) => viewMute(row, at),
  );
}

const now = (at: Instant) =>
  and(
    lte(mutes.from, at),
    gt(mutes.until, at),
    or(isNull(mutes.endedAt), sql`${mutes.endedAt} > ${at}::timestamptz`),
  ) ?? sql`false`;

/** One of them, as it is at `at`. Throws `not-found`. */
export async function getMute(db: Queryable, id: string, at: Instant): Promise<MuteView> {
  const [found] = await select(db).where(eq(mutes.id, id));
  if (!found) throw new AppError('not-found', `there is no mute ${id}`);
  return viewMute(found, at);
}

function viewMute(
  { mute: { ownerId, ...mute }, ownerName }: Awaited<ReturnType<typeof select>>[number],
  at: Instant,
): MuteView {
  return { ...mute, owner: { id: ownerId, name: ownerName ?? ownerId }, inForce: isInForce(mute, at) };
}
