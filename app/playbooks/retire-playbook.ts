import type { PlaybookRetireInput, PlaybookRevisionView } from '../../contracts/http-playbooks.js';
import { updateRevision } from '../../db/queries/playbooks.js';
import { principalRef } from '../principal.js';
import { type PlaybookContext, type PlaybookRequest, recordPlaybook } from './record-playbook.js';
import { requireRevision } from './require-revision.js';
import { PLAYBOOK_PUBLISHERS, requireRole } from './rights.js';
import { viewPlaybook } from './view-revision.js';

/**
 * Takes a playbook out of force with a reason, without another in its place; incidents under way keep theirs, and a
 * draft that is published later puts the type in force again. Throws `forbidden`, `not-found`.
 */
export async function retirePlaybook(
  ctx: PlaybookContext,
  request: PlaybookRequest & { body: PlaybookRetireInput },
): Promise<PlaybookRevisionView> {
  const { principal, type, body } = request;
  requireRole(principal, PLAYBOOK_PUBLISHERS);
  const route = `POST /v1/playbooks/${type}/retire`;
  const identity = { name: 'retirePlaybook', route, body, kept: body };
  return recordPlaybook(ctx, request, identity, async (tx, at) => {
    const published = await requireRevision(tx, type, 'published');
    const row = await updateRevision(tx, published, {
      state: 'retired',
      retiredAt: at,
      retiredBy: principalRef(principal),
      retiredBecause: body.reason,
    });
    const { playbook: _, ...view } = await viewPlaybook(tx, row);
    return { view, detail: { revision: row.revision } };
  });
}
