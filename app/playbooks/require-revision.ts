import type { Queryable } from '../../db/connect.js';
import { findRevision, type PlaybookRow } from '../../db/queries/playbooks.js';
import { AppError } from '../errors.js';

const MISSING = {
  published: (type: string) => `no revision of the playbook ${type} is in force`,
  draft: (type: string) => `the playbook ${type} has no open draft`,
};

/** A revision of a type. Throws `not-found`, saying what there is none of. */
export async function requireRevision(
  db: Queryable,
  type: string,
  which: 'published' | 'draft' | number,
): Promise<PlaybookRow> {
  const row = await findRevision(db, type, which);
  if (row) return row;
  const detail =
    typeof which === 'number' ? `the playbook ${type} has no revision ${which}` : MISSING[which](type);
  throw new AppError('not-found', detail);
}

/** The open draft, where it is still the revision that was read. Throws `not-found`, `stale-revision`. */
export async function requireDraft(db: Queryable, type: string, revision?: number): Promise<PlaybookRow> {
  const draft = await requireRevision(db, type, 'draft');
  if (revision !== undefined && draft.revision !== revision) {
    throw new AppError('stale-revision', `the draft is revision ${draft.revision} by now: read it again`);
  }
  return draft;
}
