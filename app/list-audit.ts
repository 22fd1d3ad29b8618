import { z } from 'zod';
import type { AuditView } from '../contracts/http-records.js';
import type { Queryable } from '../db/connect.js';
import { selectAudit } from '../db/queries/audit.js';
import { type Page, type PageRequest, readCursor, toPage } from './cursor.js';

const keySchema = z.tuple([z.int()]);

/** The audit log in the order it was written, of one order or of everything. */
export async function listAudit(
  db: Queryable,
  { limit, cursor, order }: PageRequest & { order?: string },
): Promise<Page<AuditView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  const rows = await selectAudit(db, order, limit + 1, after);
  return toPage(
    rows,
    limit,
    ({ seq }) => [seq],
    (row) => row,
  );
}
