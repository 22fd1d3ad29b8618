import type { PlaybookView } from '../../contracts/http-playbooks.js';
import type { Queryable } from '../../db/connect.js';
import { requireRevision } from './require-revision.js';
import { viewPlaybook } from './view-revision.js';

/** A revision of a playbook, whole: the one in force, the draft, or any by its number. Throws `not-found`. */
export async function getPlaybook(
  db: Queryable,
  type: string,
  which: 'published' | 'draft' | number = 'published',
): Promise<PlaybookView> {
  return viewPlaybook(db, await requireRevision(db, type, which));
}
