import type { Queryable } from '../../db/connect.js';
import { readIncidentRecord, writeArchive } from '../../db/queries/archive.js';
import { makeArchive } from './make-archive.js';

/**
 * Seals an incident that ends (P16.4), within the transaction of the step that ends it: nobody ever sees one that is
 * archived and has no archive.
 */
export async function sealIncident(tx: Queryable, number: string): Promise<void> {
  const record = await readIncidentRecord(tx, number);
  if (!record) throw new Error(`${number} is not on record`);
  await writeArchive(tx, number, makeArchive(record));
}
