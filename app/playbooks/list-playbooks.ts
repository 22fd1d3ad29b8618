import { z } from 'zod';
import type { PlaybookRevisionView, PlaybookTypeView } from '../../contracts/http-playbooks.js';
import type { Queryable } from '../../db/connect.js';
import { selectPlaybookTypes, selectRevisions } from '../../db/queries/playbooks.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { AppError } from '../errors.js';
import { viewRevisions } from './view-revision.js';

const typeKey = z.tuple([textKey]);
const revisionKey = z.tuple([z.int().min(1).max(2_147_483_647)]);

/** The types of incident by name, each with the revision in force and its draft (P13.5). */
export async function listPlaybooks(
  db: Queryable,
  { limit, cursor }: PageRequest,
): Promise<Page<PlaybookTypeView>> {
  const rows = await selectPlaybookTypes(db, limit + 1, readCursor(cursor, typeKey)?.[0]);
  return toPage(
    rows,
    limit,
    ({ type }) => [type],
    ({ type, name, published, draft }) => ({
      type,
      name,
      publishedRevision: published,
      draftRevision: draft,
    }),
  );
}

/** The revisions of a type, the newest first (P15.6). Throws `not-found`. */
export async function listRevisions(
  db: Queryable,
  type: string,
  { limit, cursor }: PageRequest,
): Promise<Page<PlaybookRevisionView>> {
  const before = readCursor(cursor, revisionKey)?.[0];
  const rows = await selectRevisions(db, type, limit + 1, before);
  if (rows.length === 0 && before === undefined) {
    throw new AppError('not-found', `there is no playbook ${type}`);
  }
  const views = await viewRevisions(db, rows);
  return toPage(
    views,
    limit,
    ({ revision }) => [revision],
    (view) => view,
  );
}
