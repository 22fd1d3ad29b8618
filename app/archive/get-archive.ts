import type { Queryable } from '../../db/connect.js';
import { findArchive } from '../../db/queries/archive.js';
import { AppError } from '../errors.js';

/** The sealed record of an incident, byte for byte, and its hash. Throws `not-found`, also while it goes on. */
export async function getArchive(db: Queryable, number: string): Promise<{ archive: string; hash: string }> {
  const found = await findArchive(db, number);
  if (found) return found;
  const detail = found === null ? `incident ${number} is not archived yet` : `there is no incident ${number}`;
  throw new AppError('not-found', detail);
}
