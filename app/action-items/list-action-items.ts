import { z } from 'zod';
import type { ActionItemView } from '../../contracts/http-action-items.js';
import { type ActionItemFilter, findActionItem, selectActionItems } from '../../db/queries/action-items.js';
import type { AppContext } from '../context.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { AppError } from '../errors.js';
import { viewActionItem } from './view-action-item.js';

const keySchema = z.tuple([instantKey, textKey]);

export interface ListActionItemsRequest extends PageRequest, Omit<ActionItemFilter, 'overdueAt'> {
  /** Only those that are due and not closed. */
  overdue?: boolean | undefined;
}

/** Action items, those due first at the front (P16.7). */
export async function listActionItems(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  { limit, cursor, overdue, ...filter }: ListActionItemsRequest,
): Promise<Page<ActionItemView>> {
  const after = readCursor(cursor, keySchema);
  const at = now().toISOString();
  const rows = await selectActionItems(
    db,
    { ...filter, overdueAt: overdue === true ? at : undefined },
    limit + 1,
    after,
  );
  return toPage(
    rows,
    limit,
    ({ item }) => [item.dueAt, item.id],
    (row) => viewActionItem(row, at),
  );
}

/** One action item. Throws `not-found`. */
export async function getActionItem(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  id: string,
): Promise<ActionItemView> {
  const found = await findActionItem(db, id);
  if (!found) throw new AppError('not-found', `there is no action item ${id.slice(0, 60)}`);
  return viewActionItem(found, now().toISOString());
}
