import type { PlaybookDiffView } from '../../contracts/http-playbooks.js';
import type { Queryable } from '../../db/connect.js';
import { findLastPublished } from '../../db/queries/playbooks.js';
import { diffPlaybooks } from '../../domain/playbooks/diff-playbooks.js';
import { AppError } from '../errors.js';
import { requireRevision } from './require-revision.js';
import { readPlaybook } from './view-revision.js';

/**
 * What changes from one revision of a type to another (P15.6): unless named, from the one in force, or that was last, to
 * the draft. Throws `not-found`.
 */
export async function diffRevisions(
  db: Queryable,
  type: string,
  { from, to = 'draft' }: { from?: number; to?: number | 'draft' },
): Promise<PlaybookDiffView> {
  const after = await requireRevision(db, type, to);
  const before =
    from === undefined ? await findLastPublished(db, type) : await requireRevision(db, type, from);
  if (!before) throw new AppError('not-found', `the playbook ${type} was never in force: name from`);
  const changes = diffPlaybooks(readPlaybook(before), readPlaybook(after));
  return { type, from: before.revision, to: after.revision, changes };
}
