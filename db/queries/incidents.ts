import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { incidents, playbooks } from '../schema/index.js';

/** What a report that joins needs of the open incident. */
export type OpenIncident = Pick<typeof incidents.$inferSelect, 'number' | 'count'>;

/** The open incident that reports with this key join, locked; a resolved one is never re-opened (design §5). */
export async function lockOpenIncident(db: Queryable, dedupKey: string): Promise<OpenIncident | undefined> {
  const [row] = await db
    .select({ number: incidents.number, count: incidents.count })
    .from(incidents)
    .where(and(eq(incidents.dedupKey, dedupKey), isNull(incidents.resolvedAt), isNull(incidents.endedAt)))
    .for('update');
  return row;
}

/** The latest incident of the same key that is over: the new one repeats it (P16.7). */
export async function findEarlier(db: Queryable, dedupKey: string): Promise<string | undefined> {
  const [row] = await db
    .select({ number: incidents.number })
    .from(incidents)
    .where(eq(incidents.dedupKey, dedupKey))
    .orderBy(sql`${incidents.createdAt} desc`)
    .limit(1);
  return row?.number;
}

/** Customers of open orders, and all of them: by how many an incident is measured (P11.1). */
export async function countCustomersWithOpenOrders(db: Queryable): Promise<number> {
  const { rows } = await db.execute<{ count: number }>(
    sql`select count(distinct customer_id)::int count from orders where ended_at is null`,
  );
  return rows[0]?.count ?? 0;
}

/**
 * Whether a signal to an incident's process is still on its way; it is then not settled before the transaction ends, and
 * whoever settles it sees what this one has counted.
 */
export async function hasPendingSignal(db: Queryable, number: string): Promise<boolean> {
  const { rows } = await db.execute(sql`select id from commands
    where target = ${`incident/${number}`} and kind = 'signal' and name = 'reported' and state = 'pending' for update`);
  return rows.length > 0;
}

/** What a report names, as far as it is on record and, of an API client, its own. */
export async function findReportable(
  db: Queryable,
  named: { type: string; orders: readonly string[]; parent?: string; clientId?: string },
): Promise<{ type: boolean; orders: string[]; parent: boolean }> {
  const { type, orders, parent = null, clientId } = named;
  const placed = clientId === undefined ? sql`` : sql`and o.client_id = ${clientId}`;
  const reported =
    clientId === undefined
      ? sql``
      : sql`and exists (select 1 from incident_reports r
          where r.incident = i.number and r.by = ${`client:${clientId}`})`;
  const { rows } = await db.execute<{ type: boolean; orders: string[]; parent: boolean }>(sql`select
    exists (select 1 from playbooks where type = ${type} and state = 'published') type,
    array(select o.number from orders o where o.number = any(${sql.param([...orders])}::text[]) ${placed}) orders,
    exists (select 1 from incidents i
      where i.number = ${parent} and i.resolved_at is null and i.ended_at is null ${reported}) parent`);
  const [row] = rows;
  if (!row) throw new Error('a select without from gives one row');
  return row;
}

/** What a message to an incident is checked against, in one round trip; undefined where there is no such incident. */
export async function findIncidentTarget(db: Queryable, number: string) {
  const [found] = await db
    .select({
      ownerId: incidents.ownerId,
      phase: incidents.phase,
      endedAt: incidents.endedAt,
      playbook: playbooks.playbook,
      decisions: sql<{ step: string | null; role: string; assigneeId: string | null }[]>`(
        select coalesce(json_agg(json_build_object('step', t.facts ->> 'step', 'role', t.role,
          'assigneeId', t.assignee_id) order by t.opened_at, t.id), '[]')
        from tasks t where t.incident_number = ${incidents.number} and t.kind = 'decision' and t.state = 'open')`,
    })
    .from(incidents)
    .innerJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .where(eq(incidents.number, number));
  return found;
}
