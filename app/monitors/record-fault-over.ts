import { eq } from 'drizzle-orm';
import type { Queryable } from '../../db/connect.js';
import { lockOpenIncident } from '../../db/queries/incidents.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { audit, incidents, notices } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';
import { holderOf, loadStaff } from '../record/staff.js';

/** A fault that whoever reported it does not see any more. */
export interface FaultOver {
  dedupKey: string;
  /** `monitor/<rule>` or `signal/<source>`. */
  by: string;
  at: Instant;
  /** Since when it was there, where that is known. */
  since?: Instant;
}

/**
 * Notes on the open incident of a fault that the fault is over, and tells its owner, or the order manager while it has
 * none. It never closes by itself: whether all is well again is for people to say. Gives the step whose notices are to
 * be sent; undefined where no incident is open. In the caller's transaction.
 */
export async function recordFaultOver(
  tx: Queryable,
  { dedupKey, by, at, since }: FaultOver,
): Promise<string | undefined> {
  const incident = await lockOpenIncident(tx, dedupKey);
  if (!incident) return undefined;
  const { number } = incident;
  const step = `incident/${number}/fault-over/${by}/${at}`;
  const [owned] = await tx
    .select({ ownerId: incidents.ownerId })
    .from(incidents)
    .where(eq(incidents.number, number));
  const owner = owned?.ownerId ?? holderOf(await loadStaff(tx), 'orderManager', at)?.id;
  await insertAll(tx, [
    newRows(audit, [
      {
        key: step,
        at,
        subject: number,
        actor: by,
        credential: 'workflow',
        action: 'faultOver',
        detail: { dedupKey, since: since ?? null },
      },
    ]),
    newRows(
      notices,
      owner === undefined
        ? []
        : [
            {
              key: `${step}/faultOver/person:${owner}`,
              step,
              incidentNumber: number,
              recipient: `person:${owner}`,
              template: 'faultOver',
              facts: { overAt: at },
              state: 'queued',
              createdAt: at,
            },
          ],
    ),
  ]);
  return owner === undefined ? undefined : step;
}
