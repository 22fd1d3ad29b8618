import type { QuestionView } from '../contracts/http-tasks.js';
import type { Queryable } from '../db/connect.js';
import { selectQuestions } from '../db/queries/tasks.js';
import { POINT_WORDS } from '../domain/wording/terms.js';
import type { Page } from './cursor.js';
import type { Principal } from './principal.js';
import { requireReadable } from './require-readable.js';

/** What was asked of the customer about an order, oldest first, each with its answer (P07.5). Throws `not-found`. */
export async function listQuestions(
  db: Queryable,
  number: string,
  viewer: Principal,
): Promise<Page<QuestionView>> {
  await requireReadable(db, { order: number }, viewer);
  const rows = await selectQuestions(db, number);
  const items = rows.map(({ orderNumber: _, ...row }) => ({ ...row, words: POINT_WORDS[row.point] }));
  return { items, next: null };
}
