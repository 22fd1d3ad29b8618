import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Words } from '../../domain/playbooks/shape.js';
import type { Queryable } from '../connect.js';
import { audit, deadlineInstants, deadlines, incidents, notices, playbooks } from '../schema/index.js';
import { noticesOf, type RecordOf } from './notices.js';

/**
 * Everything on record about an order or an incident: changes, notices, and the instants of its deadlines that were
 * settled.
 */
export async function readTimeline(db: Queryable, of: RecordOf) {
  const [changes, sent, instants] = await Promise.all([
    db
      .select({
        at: audit.at,
        actor: audit.actor,
        action: audit.action,
        detail: audit.detail,
        refusal: sql<string | null>`${audit.outcome} ->> 'code'`,
      })
      .from(audit)
      .where(eq(audit.subject, of.order ?? of.incident))
      .orderBy(asc(audit.seq)),
    db.select().from(notices).where(noticesOf(of)).orderBy(asc(notices.createdAt), asc(notices.key)),
    db
      .select({ instant: deadlineInstants, deadlineKind: deadlines.kind })
      .from(deadlineInstants)
      .innerJoin(deadlines, eq(deadlines.id, deadlineInstants.deadlineId))
      .where(
        and(
          of.order === undefined
            ? eq(deadlines.incidentNumber, of.incident)
            : eq(deadlines.orderNumber, of.order),
          isNotNull(deadlineInstants.settledAt),
          inArray(deadlineInstants.state, ['fired', 'superseded', 'skipped']),
        ),
      )
      .orderBy(asc(deadlineInstants.settledAt), asc(deadlineInstants.at)),
  ]);
  return { changes, sent, instants };
}
export type TimelineRows = Awaited<ReturnType<typeof readTimeline>>;

/** What the playbook of an incident calls its steps, by their keys, and their options, by `step/option`. */
export async function findStepTitles(db: Queryable, incident: string): Promise<Map<string, Words>> {
  const [found] = await db
    .select({ playbook: playbooks.playbook })
    .from(incidents)
    .innerJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .where(eq(incidents.number, incident));
  const titles = new Map<string, Words>();
  for (const step of found?.playbook.steps ?? []) {
    titles.set(step.key, step.title);
    if (step.kind !== 'decision') continue;
    for (const { key, label } of step.options) titles.set(`${step.key}/${key}`, label);
  }
  return titles;
}
