import type { PlaybookRevisionView } from '../../contracts/http-playbooks.js';
import { updateRevision } from '../../db/queries/playbooks.js';
import { type PlaybookContext, type PlaybookRequest, recordPlaybook } from './record-playbook.js';
import { requireDraft } from './require-revision.js';
import { PLAYBOOK_DRAFTERS, requireRole } from './rights.js';
import { viewPlaybook } from './view-revision.js';

/**
 * Gives a draft up, where it is still the `revision` that was read. It stays readable by its number: a changed built-in
 * that the company did not want must not come again at every start. Throws `forbidden`, `not-found`, `stale-revision`.
 */
export async function discardDraft(
  ctx: PlaybookContext,
  request: PlaybookRequest & { revision?: number },
): Promise<PlaybookRevisionView> {
  const { principal, type, revision: wanted } = request;
  requireRole(principal, PLAYBOOK_DRAFTERS);
  const identity = { name: 'discardPlaybookDraft', route: `DELETE /v1/playbooks/${type}/draft`, body: {} };
  return recordPlaybook(ctx, request, identity, async (tx, at) => {
    const draft = await requireDraft(tx, type, wanted);
    const row = await updateRevision(tx, draft, { state: 'retired', retiredAt: at });
    const { playbook: _, ...view } = await viewPlaybook(tx, row);
    return { view, detail: { revision: row.revision } };
  });
}
