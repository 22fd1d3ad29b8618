import type { PlaybookDraftInput, PlaybookView } from '../../contracts/http-playbooks.js';
import {
  findNewestRevision,
  findRevision,
  insertRevision,
  updateRevision,
} from '../../db/queries/playbooks.js';
import { AppError, refuseField } from '../errors.js';
import { principalRef } from '../principal.js';
import { type PlaybookContext, type PlaybookRequest, recordPlaybook } from './record-playbook.js';
import { PLAYBOOK_DRAFTERS, requireRole } from './rights.js';
import { viewPlaybook } from './view-revision.js';

/**
 * Saves a draft (P15.6), of a new type as well; what is in force goes on. Every save is a revision of its own number, so
 * that nobody saves over what they have not read, nor publishes it; it takes the place of the draft before, and who
 * saved it is its drafter. A draft may have problems of logic. Throws `forbidden`; `invalid-input` for the playbook of
 * another type; `stale-revision` where `baseRevision` is not the newest of the type.
 */
export async function putDraft(
  ctx: PlaybookContext,
  request: PlaybookRequest & { body: PlaybookDraftInput },
): Promise<PlaybookView> {
  const { principal, type, body } = request;
  const { baseRevision, playbook } = body;
  requireRole(principal, PLAYBOOK_DRAFTERS);
  if (playbook.type !== type) throw refuseField('playbook.type', `must be ${type}, as in the address`);
  const route = `PUT /v1/playbooks/${type}/draft`;
  return recordPlaybook(ctx, request, { name: 'draftPlaybook', route, body }, async (tx, at) => {
    const newest = await findNewestRevision(tx, type);
    if (newest !== baseRevision) {
      const found = newest === 0 ? 'there is no such playbook yet' : `the newest revision is ${newest}`;
      throw new AppError('stale-revision', `${found}, not ${baseRevision}: read it again`);
    }
    const revision = newest + 1;
    const saved = { revision, playbook, draftedBy: principalRef(principal), draftedAt: at };
    const open = await findRevision(tx, type, 'draft');
    const row = open
      ? await updateRevision(tx, open, saved)
      : await insertRevision(tx, { type, state: 'draft', ...saved });
    return { view: await viewPlaybook(tx, row), detail: { revision, baseRevision } };
  });
}
