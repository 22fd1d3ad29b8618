import type { Queryable } from '../../db/connect.js';
import { selectArchives } from '../../db/queries/archive.js';
import { canonicalJson, sha256 } from '../canonical-json.js';

const BATCH = 100;

/** What is wrong with an archive. */
export interface ArchiveFault {
  number: string;
  why: 'missing' | 'hashDiffers' | 'notCanonical' | 'ofAnother';
}

/**
 * Recomputes the hash of every archive: one that was changed, or is missing though the incident has ended, is a fault.
 * Answers how many were looked at, and the faults.
 */
export async function verifyArchives(db: Queryable): Promise<{ checked: number; faults: ArchiveFault[] }> {
  const faults: ArchiveFault[] = [];
  let checked = 0;
  for (let after = ''; ; ) {
    const rows = await selectArchives(db, BATCH, after);
    for (const { number, archive, hash } of rows) {
      checked += 1;
      const why = faultOf(number, archive, hash);
      if (why) faults.push({ number, why });
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return { checked, faults };
    after = last.number;
  }
}

function faultOf(
  number: string,
  archive: string | null,
  hash: string | null,
): ArchiveFault['why'] | undefined {
  if (archive === null || hash === null) return 'missing';
  if (sha256(archive) !== hash) return 'hashDiffers';
  const content = parse(archive);
  if (canonicalJson(content) !== archive) return 'notCanonical';
  return content?.incident?.number === number ? undefined : 'ofAnother';
}

function parse(archive: string): { incident?: { number?: string } } | null {
  try {
    return JSON.parse(archive);
  } catch {
    return null;
  }
}
