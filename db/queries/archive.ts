import { and, asc, eq, gt, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import {
  actionItems,
  audit,
  deadlineInstants,
  deadlines,
  holds,
  incidentOrders,
  incidentReports,
  incidentSteps,
  incidents,
  notices,
  playbooks,
  tasks,
} from '../schema/index.js';

/** Everything on record about an incident, in an order that does not change; undefined where there is none. */
export async function readIncidentRecord(db: Queryable, number: string) {
  const [found] = await db
    .select({ incident: incidents, playbook: playbooks.playbook })
    .from(incidents)
    .leftJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .where(eq(incidents.number, number));
  if (!found) return undefined;
  // One connection: these run one after the other within the transaction that seals.
  const reports = await db
    .select()
    .from(incidentReports)
    .where(eq(incidentReports.incident, number))
    .orderBy(asc(incidentReports.at), asc(incidentReports.id));
  const orders = await db
    .select()
    .from(incidentOrders)
    .where(eq(incidentOrders.incident, number))
    .orderBy(asc(incidentOrders.order));
  const steps = await db
    .select()
    .from(incidentSteps)
    .where(eq(incidentSteps.incident, number))
    .orderBy(asc(incidentSteps.openedAt), asc(incidentSteps.key));
  const work = await db
    .select()
    .from(tasks)
    .where(eq(tasks.incidentNumber, number))
    .orderBy(asc(tasks.openedAt), asc(tasks.id));
  const dues = await db
    .select()
    .from(deadlines)
    .where(eq(deadlines.incidentNumber, number))
    .orderBy(asc(deadlines.from), asc(deadlines.id));
  const instants = await db
    .select({ instant: deadlineInstants })
    .from(deadlineInstants)
    .innerJoin(deadlines, eq(deadlines.id, deadlineInstants.deadlineId))
    .where(and(eq(deadlines.incidentNumber, number), isNotNull(deadlineInstants.settledAt)))
    .orderBy(asc(deadlineInstants.at), asc(deadlineInstants.deadlineId), asc(deadlineInstants.index));
  const told = await db
    .select()
    .from(notices)
    .where(eq(notices.incidentNumber, number))
    .orderBy(asc(notices.createdAt), asc(notices.key));
  const changes = await db.select().from(audit).where(eq(audit.subject, number)).orderBy(asc(audit.seq));
  const items = await db
    .select()
    .from(actionItems)
    .where(eq(actionItems.incident, number))
    .orderBy(asc(actionItems.id));
  const held = await db
    .select()
    .from(holds)
    .where(eq(holds.incident, number))
    .orderBy(asc(holds.heldAt), asc(holds.id));
  return {
    ...found,
    reports,
    orders,
    steps,
    tasks: work,
    deadlines: dues,
    instants,
    told,
    changes,
    items,
    held,
  };
}
export type IncidentRecord = NonNullable<Awaited<ReturnType<typeof readIncidentRecord>>>;

/** Seals an incident: its archive and the hash of it, once. */
export async function writeArchive(
  db: Queryable,
  number: string,
  { archive, archiveHash }: { archive: string; archiveHash: string },
): Promise<void> {
  await db.update(incidents).set({ archive, archiveHash }).where(eq(incidents.number, number));
}

/** The sealed record of an incident; undefined where there is no such incident, null where it is not sealed yet. */
export async function findArchive(
  db: Queryable,
  number: string,
): Promise<{ archive: string; hash: string } | null | undefined> {
  const [row] = await db
    .select({ archive: incidents.archive, hash: incidents.archiveHash })
    .from(incidents)
    .where(eq(incidents.number, number));
  if (!row) return undefined;
  return row.archive === null || row.hash === null ? null : { archive: row.archive, hash: row.hash };
}

/** Incidents that have ended, a page by number, with what was sealed of each. */
export function selectArchives(db: Queryable, limit: number, after = '') {
  return db
    .select({
      number: incidents.number,
      phase: incidents.phase,
      archive: incidents.archive,
      hash: incidents.archiveHash,
    })
    .from(incidents)
    .where(and(sql`${incidents.endedAt} is not null`, gt(incidents.number, after)))
    .orderBy(asc(incidents.number))
    .limit(limit);
}
