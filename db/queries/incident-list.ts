import { and, desc, eq, isNotNull, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { IncidentPhase } from '../../domain/incident/shape.js';
import type { Severity, Words } from '../../domain/playbooks/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { incidents, people, playbooks } from '../schema/index.js';
import { containing } from './containing.js';

/** Only what this API client reported; everything where absent. */
export interface IncidentScope {
  clientId?: string;
}

/** What `GET /v1/incidents` can be narrowed by. */
export interface IncidentFilter extends IncidentScope {
  type?: string;
  phase?: IncidentPhase;
  severity?: Severity;
  /** Whether it goes on: not archived, no false alarm, not left to routine handling. */
  open?: boolean;
  /** Whether a deadline of it has been breached. */
  breached?: boolean;
  /** An order that it affects. */
  order?: string;
  /** A person's id. */
  owner?: string;
  /** Part of its number, of what was reported, or of its key. */
  q?: string;
}

/** Where a page of the list ends; the next one begins after it. */
export interface IncidentKey {
  createdAt: Instant;
  number: string;
}

// What a list shows; the rest of a row is large (facts, state, archive) and stays where it is.
export const listedIncident = {
  number: incidents.number,
  type: incidents.type,
  phase: incidents.phase,
  severity: incidents.severity,
  summary: incidents.summary,
  summaryWords: incidents.summaryWords,
  count: incidents.count,
  drill: incidents.drill,
  ownerId: incidents.ownerId,
  reportedBy: incidents.reportedBy,
  reportedAt: incidents.reportedAt,
  acknowledgedAt: incidents.acknowledgedAt,
  confirmedAt: incidents.confirmedAt,
  mitigatedAt: incidents.mitigatedAt,
  resolvedAt: incidents.resolvedAt,
  endedAt: incidents.endedAt,
  parent: incidents.parent,
  createdAt: incidents.createdAt,
};

const nextDue = sql<string | null>`(select min(d.due_at) from deadlines d
  where d.incident_number = ${incidents.number} and d.state = 'open')`;
const isBreached = sql<boolean>`exists (select 1 from deadlines d
  where d.incident_number = ${incidents.number} and d.state = 'breached')`;
const linkedOrders = sql<number>`(select count(*)::int from incident_orders l
  where l.incident = ${incidents.number})`;

/** A page of incidents, newest first, after the key of the last one. `dueAt` is the next open deadline's instant. */
export function selectIncidents(db: Queryable, filter: IncidentFilter, limit: number, after?: IncidentKey) {
  return db
    .select({
      incident: listedIncident,
      name: sql<Words>`${playbooks.playbook} -> 'name'`,
      ownerName: people.name,
      dueAt: nextDue,
      breached: isBreached,
      orders: linkedOrders,
    })
    .from(incidents)
    .innerJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .leftJoin(people, eq(people.id, incidents.ownerId))
    .where(and(...conditionsOf(filter), after && olderThan(after)))
    .orderBy(desc(incidents.createdAt), desc(incidents.number))
    .limit(limit);
}
export type ListedIncident = Awaited<ReturnType<typeof selectIncidents>>[number];

function conditionsOf(filter: IncidentFilter): (SQL | undefined)[] {
  const { type, phase, severity, open, breached, order, owner, q } = filter;
  return [
    reportedBy(filter),
    type === undefined ? undefined : eq(incidents.type, type),
    phase && eq(incidents.phase, phase),
    severity && eq(incidents.severity, severity),
    open === undefined ? undefined : open ? isNull(incidents.endedAt) : isNotNull(incidents.endedAt),
    breached === undefined ? undefined : breached ? isBreached : sql`not ${isBreached}`,
    order === undefined
      ? undefined
      : sql`exists (select 1 from incident_orders l
          where l.incident = ${incidents.number} and l.order_number = ${order})`,
    owner === undefined ? undefined : eq(incidents.ownerId, owner),
    q === undefined ? undefined : mentions(q),
  ];
}

/** Reported by the scope's client, first or among others. */
export function reportedBy({ clientId }: IncidentScope): SQL | undefined {
  return clientId === undefined
    ? undefined
    : sql`exists (select 1 from incident_reports r
        where r.incident = ${incidents.number} and r.by = ${`client:${clientId}`})`;
}

const olderThan = ({ createdAt, number }: IncidentKey) =>
  sql`(${incidents.createdAt}, ${incidents.number}) < (${createdAt}::timestamptz, ${number})`;

function mentions(q: string): SQL | undefined {
  return or(
    containing(incidents.number, q),
    containing(incidents.summary, q),
    containing(sql`${incidents.summaryWords} ->> 'en'`, q),
    containing(incidents.dedupKey, q),
  );
}
