import { and, asc, eq, gt } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { audit } from '../schema/index.js';

/** A page of the audit log in the order it was written, after the sequence number of the last entry. */
export function selectAudit(db: Queryable, subject: string | undefined, limit: number, after?: number) {
  return db
    .select({
      seq: audit.seq,
      key: audit.key,
      at: audit.at,
      subject: audit.subject,
      actor: audit.actor,
      credential: audit.credential,
      action: audit.action,
      detail: audit.detail,
    })
    .from(audit)
    .where(
      and(
        subject === undefined ? undefined : eq(audit.subject, subject),
        after === undefined ? undefined : gt(audit.seq, after),
      ),
    )
    .orderBy(asc(audit.seq))
    .limit(limit);
}
