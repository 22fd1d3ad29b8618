import { z } from 'zod';
import type { AuditView } from '../contracts/http-records.js';
import type { Queryable } from '../db/connect.js';
import { selectAudit } from '../db/queries/audit.js';
import { type Page, type PageRequest, readCursor, toPage } from './cursor.js';
import { AppError } from './errors.js';

const keySchema = z.tuple([z.int()]);

/** The audit log in the order it was written, of one order or incident, or of everything. */
export async function listAudit(
  db: Queryable,
  { limit, cursor, order, incident }: PageRequest & { order?: string; incident?: string },
): Promise<Page<AuditView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  if (order !== undefined && incident !== undefined) {
    const message = 'must not stand beside `order`';
    throw new AppError('invalid-parameter', `incident: ${message}`, [{ field: 'incident', message }]);
  }
  const rows = await selectAudit(db, order ?? incident, limit + 1, after);
  return toPage(
    rows,
    limit,
    ({ seq }) => [seq],
    (row) => row,
  );
}
