import { and, asc, count, desc, eq, lt, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { ActionItemState } from '../../domain/chase/shape.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { actionItems, incidents, people, playbooks, tasks } from '../schema/index.js';

/** How many action items an incident has, whatever their state: their ids go on from there. */
export async function countActionItems(db: Queryable, incident: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(actionItems)
    .where(eq(actionItems.incident, incident));
  return row?.count ?? 0;
}

interface OfCause {
  type: string;
  cause: string;
  /** The incident that repeats it. */
  except: string;
}

const hadCause = ({ type, cause, except }: OfCause) =>
  and(
    eq(incidents.type, type),
    sql`${incidents.rootCause} ->> 'category' = ${cause}`,
    ne(incidents.number, except),
    eq(incidents.drill, false),
  );

/** Numbers of the incidents of a type that had this cause, the latest first (P16.7). */
export async function findIncidentsOfCause(db: Queryable, of: OfCause): Promise<string[]> {
  const rows = await db
    .select({ number: incidents.number })
    .from(incidents)
    .where(hadCause(of))
    .orderBy(desc(incidents.reportedAt), desc(incidents.number))
    .limit(20);
  return rows.map(({ number }) => number);
}

/** Action items that were to prevent this cause and are closed: with the recurrence they had no lasting effect. */
export async function findClosedItemsOfCause(db: Queryable, of: OfCause): Promise<string[]> {
  const rows = await db
    .select({ id: actionItems.id })
    .from(actionItems)
    .innerJoin(incidents, eq(incidents.number, actionItems.incident))
    .where(and(hadCause(of), eq(actionItems.state, 'closed')))
    .orderBy(actionItems.id);
  return rows.map(({ id }) => id);
}

export interface ActionItemFilter {
  state?: ActionItemState | undefined;
  owner?: string | undefined;
  incident?: string | undefined;
  /** Due before this instant, and not closed. */
  overdueAt?: Instant | undefined;
}

/** Where a page of action items ends. */
export type ActionItemKey = [dueAt: Instant, id: string];

const named = (name: string) => alias(people, name);
const [owners, openers, doers, checkers] = [
  named('owners'),
  named('openers'),
  named('doers'),
  named('checkers'),
];

const select = (db: Queryable) =>
  db
    .select({
      item: actionItems,
      ownerName: owners.name,
      openerName: openers.name,
      doerName: doers.name,
      checkerName: checkers.name,
      task: tasks.id,
      playbook: sql<Playbook['steps'] | null>`${playbooks.playbook} -> 'steps'`,
    })
    .from(actionItems)
    .innerJoin(incidents, eq(incidents.number, actionItems.incident))
    .leftJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .leftJoin(owners, eq(owners.id, actionItems.ownerId))
    .leftJoin(openers, eq(openers.id, actionItems.openedBy))
    .leftJoin(doers, eq(doers.id, actionItems.doneBy))
    .leftJoin(checkers, eq(checkers.id, actionItems.checkedBy))
    .leftJoin(
      tasks,
      and(eq(tasks.chaseNumber, actionItems.chase), eq(tasks.state, 'open'), ne(tasks.kind, 'reach')),
    );

export type FoundActionItem = NonNullable<Awaited<ReturnType<typeof findActionItem>>>;

/** A page of action items, those due first at the front. */
export function selectActionItems(
  db: Queryable,
  { state, owner, incident, overdueAt }: ActionItemFilter,
  limit: number,
  after?: ActionItemKey,
) {
  return select(db)
    .where(
      and(
        state === undefined ? undefined : eq(actionItems.state, state),
        owner === undefined ? undefined : eq(actionItems.ownerId, owner),
        incident === undefined ? undefined : eq(actionItems.incident, incident),
        overdueAt === undefined
          ? undefined
          : and(lt(actionItems.dueAt, overdueAt), ne(actionItems.state, 'closed')),
        after === undefined
          ? undefined
          : sql`(${actionItems.dueAt}, ${actionItems.id}) > (${after[0]}::timestamptz, ${after[1]})`,
      ),
    )
    .orderBy(asc(actionItems.dueAt), asc(actionItems.id))
    .limit(limit);
}

export async function findActionItem(db: Queryable, id: string) {
  const [found] = await select(db).where(eq(actionItems.id, id));
  return found;
}
