import { sql } from 'drizzle-orm';
import type { EndpointKind } from '../../domain/endpoints/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { callCounts, probes } from '../schema/index.js';

/** Calls of a part in a minute, all processes together. */
export interface MinuteCalls {
  part: 'activities' | 'api';
  minute: Instant;
  calls: number;
  failed: number;
}

export async function findCalls(
  db: Queryable,
  { since, until }: { since: Instant; until: Instant },
): Promise<MinuteCalls[]> {
  const { rows } = await db.execute<MinuteCalls & Record<string, unknown>>(sql`
    select part, minute, sum(calls)::float8 calls, sum(failed)::float8 failed from call_counts
    where minute > ${since}::timestamptz and minute <= ${until}::timestamptz
    group by part, minute order by part, minute`);
  return rows.map((row) => ({ ...row, minute: new Date(row.minute).toISOString() }));
}

/** Adds what a process counted; the same minute comes several times. */
export async function addCalls(db: Queryable, rows: (typeof callCounts.$inferInsert)[]): Promise<void> {
  if (rows.length === 0) return;
  await db
    .insert(callCounts)
    .values(rows)
    .onConflictDoUpdate({
      target: [callCounts.part, callCounts.minute, callCounts.process],
      set: {
        calls: sql`${callCounts.calls} + excluded.calls`,
        failed: sql`${callCounts.failed} + excluded.failed`,
      },
    });
}

/** An endpoint that is probed, and when it was last. */
export interface ProbedEndpoint {
  id: string;
  kind: EndpointKind;
  address: string;
  intervalSeconds: number;
  severityHint: 1 | 2 | 3;
  probedAt: Instant | null;
}

export async function findProbedEndpoints(db: Queryable): Promise<ProbedEndpoint[]> {
  const { rows } = await db.execute<ProbedEndpoint & Record<string, unknown>>(sql`
    select id, kind, address, interval_seconds "intervalSeconds", severity_hint "severityHint",
      (select max(at) from probes where endpoint_id = endpoints.id) "probedAt"
    from endpoints where active order by id`);
  return rows.map((row) => ({ ...row, probedAt: row.probedAt && new Date(row.probedAt).toISOString() }));
}

export type ProbeRow = typeof probes.$inferSelect;

/** Writes probes; one that a repeated look has written already stays. */
export async function insertProbes(db: Queryable, rows: ProbeRow[]): Promise<void> {
  if (rows.length > 0) await db.insert(probes).values(rows).onConflictDoNothing();
}

export async function findProbes(
  db: Queryable,
  { since, until }: { since: Instant; until: Instant },
): Promise<Pick<ProbeRow, 'endpoint' | 'at' | 'ok'>[]> {
  return db
    .select({ endpoint: probes.endpoint, at: probes.at, ok: probes.ok })
    .from(probes)
    .where(sql`${probes.at} > ${since}::timestamptz and ${probes.at} <= ${until}::timestamptz`)
    .orderBy(probes.at, probes.endpoint);
}

/** The oldest notice of each channel that is still to be sent. */
export async function findUnsentChannels(
  db: Queryable,
  until: Instant,
): Promise<{ channel: string; since: Instant }[]> {
  const { rows } = await db.execute<{ channel: string; since: string }>(sql`
    select channel, min(created_at) since from notices
    where state in ('queued', 'sending') and created_at <= ${until}::timestamptz
      and coalesce((facts ->> 'heldUntil')::timestamptz, created_at) <= ${until}::timestamptz
    group by channel order by channel`);
  return rows.map(({ channel, since }) => ({ channel, since: new Date(since).toISOString() }));
}

/** Forgets probes and counts that no window reaches any more. */
export async function forgetMeasurements(db: Queryable, before: Instant): Promise<void> {
  await db.execute(sql`delete from probes where at < ${before}::timestamptz`);
  await db.execute(sql`delete from call_counts where minute < ${before}::timestamptz`);
}
