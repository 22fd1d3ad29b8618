import type { PlaybookPublishInput, PlaybookView } from '../../contracts/http-playbooks.js';
import { findRevision, updateRevision } from '../../db/queries/playbooks.js';
import { validatePlaybook } from '../../domain/playbooks/validate-playbook.js';
import { AppError } from '../errors.js';
import { principalRef } from '../principal.js';
import { loadStaff } from '../record/staff.js';
import { countHolders } from './count-holders.js';
import { type PlaybookContext, type PlaybookRequest, recordPlaybook } from './record-playbook.js';
import { refuseProblems } from './refuse-problems.js';
import { requireDraft } from './require-revision.js';
import { PLAYBOOK_PUBLISHERS, requireRole } from './rights.js';
import { viewPlaybook } from './view-revision.js';

/**
 * Puts the draft in force in the place of the published revision; incidents under way keep theirs (P15.6). By another
 * person than the one who saved it, and only what validation finds nothing wrong with: an unreachable step, a role that
 * nobody holds, a circle, a wait without an end would show in the middle of an incident. Throws `forbidden`,
 * `not-found`, `stale-revision` where the draft is not the one that was read, `separation-of-duties`,
 * `playbook-problems`.
 */
export async function publishDraft(
  ctx: PlaybookContext,
  request: PlaybookRequest & { body: PlaybookPublishInput },
): Promise<PlaybookView> {
  const { principal, type, body } = request;
  requireRole(principal, PLAYBOOK_PUBLISHERS);
  const by = principalRef(principal);
  const route = `POST /v1/playbooks/${type}/draft/publish`;
  const identity = { name: 'publishPlaybook', route, body, kept: body };
  return recordPlaybook(ctx, request, identity, async (tx, at) => {
    const draft = await requireDraft(tx, type, body.revision);
    if (draft.draftedBy === by) {
      throw new AppError('separation-of-duties', 'who saved a draft may not publish it: another person must');
    }
    const { problems } = validatePlaybook(draft.playbook, { holders: countHolders(await loadStaff(tx)) });
    if (problems.length > 0) throw refuseProblems(problems);
    const replaced = await findRevision(tx, type, 'published');
    // First the old one: at no moment are two in force.
    if (replaced) await updateRevision(tx, replaced, { state: 'retired', retiredAt: at });
    const row = await updateRevision(tx, draft, { state: 'published', publishedBy: by, publishedAt: at });
    const detail = { revision: row.revision, replaced: replaced?.revision ?? null };
    return { view: await viewPlaybook(tx, row), detail };
  });
}
