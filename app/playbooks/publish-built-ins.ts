import type { Database, Queryable } from '../../db/connect.js';
import {
  findNewestRevision,
  insertRevision,
  lockPlaybook,
  playbookSubject,
  selectOrigins,
  updateRevision,
} from '../../db/queries/playbooks.js';
import { audit } from '../../db/schema/index.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { type Playbook, type PlaybookSource, playbookSchema } from '../../domain/playbooks/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import { hashBody } from '../idempotency.js';

/** Who drafts and publishes what comes with the product. */
export const PRODUCT = 'redmark';

type Origin = Awaited<ReturnType<typeof selectOrigins>>[number];

/**
 * Puts the playbooks that come with the product on record, at the start of every worker (P13.5, P15.6): a type that is
 * not there yet is published as revision 1; one whose built-in has changed gets a new draft, which people publish or
 * discard. What the company has published is never overwritten, and while a person's draft is open the built-in waits
 * for a later start. Does nothing where nothing is new, whichever worker was first.
 */
export async function publishBuiltIns(
  db: Database,
  at: Instant,
  builtIns: readonly PlaybookSource[] = BUILT_IN_PLAYBOOKS,
): Promise<void> {
  const known = await selectOrigins(db);
  for (const source of builtIns) {
    const { type } = source;
    // Of the source: a default that the shape gains later is no change of the playbook.
    const hash = hashBody(source);
    if (
      !arrivalOf(
        hash,
        known.filter((origin) => origin.type === type),
      )
    )
      continue;
    const playbook = playbookSchema.parse(source);
    await db.transaction(async (tx) => {
      await lockPlaybook(tx, type);
      // Another worker may have been here since the first look.
      const arrival = arrivalOf(hash, await selectOrigins(tx, type));
      if (arrival) await addRevision(tx, { playbook, hash, at, ...arrival });
    });
  }
}

/** As what a built-in arrives; undefined where it has been here, or has to wait. */
function arrivalOf(
  hash: string,
  origins: readonly Origin[],
): { as: 'published' | 'draft'; inPlaceOf?: Origin } | undefined {
  if (origins.length === 0) return { as: 'published' };
  // Any earlier one, not the last alone: while a new release is rolled out, workers of the old one start as well.
  if (origins.some(({ builtIn }) => builtIn === hash)) return undefined;
  const draft = origins.find(({ state }) => state === 'draft');
  if (draft && draft.draftedBy !== PRODUCT) return undefined;
  return { as: 'draft', ...(draft && { inPlaceOf: draft }) };
}

async function addRevision(
  tx: Queryable,
  {
    playbook,
    hash,
    at,
    as,
    inPlaceOf,
  }: { playbook: Playbook; hash: string; at: Instant; as: 'published' | 'draft'; inPlaceOf?: Origin },
): Promise<void> {
  const { type } = playbook;
  const revision = (await findNewestRevision(tx, type)) + 1;
  // A draft of an older release that nobody has touched: the newer one says it better.
  if (inPlaceOf) await updateRevision(tx, inPlaceOf, { state: 'retired', retiredAt: at });
  await insertRevision(tx, {
    type,
    revision,
    state: as,
    playbook,
    builtIn: hash,
    draftedBy: PRODUCT,
    draftedAt: at,
    ...(as === 'published' && { publishedBy: PRODUCT, publishedAt: at }),
  });
  await tx.insert(audit).values({
    key: `${playbookSubject(type)}/built-in/${revision}`,
    at,
    subject: playbookSubject(type),
    actor: PRODUCT,
    credential: 'builtIn',
    action: as === 'published' ? 'publishPlaybook' : 'draftPlaybook',
    detail: { revision, replaced: inPlaceOf?.revision ?? null },
  });
}
