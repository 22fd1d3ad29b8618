import { and, asc, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Words } from '../../domain/playbooks/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { prepareOnce } from '../prepare-once.js';
import {
  chases,
  incidents,
  orders,
  people,
  playbooks,
  proposals,
  questions,
  tasks,
} from '../schema/index.js';

export interface TaskFilter {
  order?: string;
  incident?: string;
  state?: 'open' | 'done' | 'withdrawn';
  /** Assigned to this person, of one of the roles, or of one of the kinds. */
  mine?: { person: string; roles: readonly string[]; kinds: readonly string[] };
}

/** Where a page of tasks ends: due instant, null for a task without one, and id. */
export type TaskKey = [dueAt: Instant | null, id: string];

const finishers = alias(people, 'finishers');
// A task without a deadline comes last.
const dueOrLast = sql`coalesce(${tasks.dueAt}, 'infinity'::timestamptz)`;

/** What the playbook calls the step that a task is for; null for the engine's own, and for tasks of other things. */
const stepTitle = sql<Words | null>`case when ${tasks.facts} ? 'step' and ${tasks.incidentNumber} is not null then (
  select s -> 'title' from incidents i
    join playbooks b on b.type = i.type and b.revision = i.playbook_revision
    cross join lateral jsonb_array_elements(b.playbook -> 'steps') s
  where i.number = ${tasks.incidentNumber} and s ->> 'key' = ${tasks.facts} ->> 'step') end`;

const select = (db: Queryable) =>
  db
    .select({ task: tasks, assigneeName: people.name, finisherName: finishers.name, stepTitle })
    .from(tasks)
    .leftJoin(people, eq(people.id, tasks.assigneeId))
    .leftJoin(finishers, eq(finishers.id, tasks.finishedBy));

export type FoundTask = NonNullable<Awaited<ReturnType<typeof findTask>>>;

/** A task that somebody is about to finish, with what the thing it is of says about who may, and by which form. */
const askedTask = prepareOnce((db) =>
  db
    .select({
      task: tasks,
      customerId: orders.customerId,
      policyRevision: sql<
        number | null
      >`coalesce(${orders.policyRevision}, ${incidents.policyRevision}, ${chases.policyRevision})`,
      playbook: playbooks.playbook,
    })
    .from(tasks)
    .leftJoin(orders, eq(orders.number, tasks.orderNumber))
    .leftJoin(incidents, eq(incidents.number, tasks.incidentNumber))
    .leftJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .leftJoin(chases, eq(chases.number, tasks.chaseNumber))
    .where(eq(tasks.id, sql.placeholder('id')))
    .prepare('asked-task'),
);

export async function findAskedTask(db: Queryable, id: string) {
  const [found] = await askedTask(db).execute({ id });
  return found;
}
export type AskedTask = NonNullable<Awaited<ReturnType<typeof findAskedTask>>>;

/** A page of tasks, those due first at the front, after the key of the last one. */
export function selectTasks(db: Queryable, filter: TaskFilter, limit: number, after?: TaskKey) {
  const conditions = [
    filter.order === undefined ? undefined : isOf(db, 'orderNumber', filter.order),
    filter.incident === undefined ? undefined : isOf(db, 'incidentNumber', filter.incident),
    filter.state && eq(tasks.state, filter.state),
    filter.mine && belongsTo(filter.mine),
    after &&
      sql`(${dueOrLast}, ${tasks.id}) > (coalesce(${after[0]}::timestamptz, 'infinity'::timestamptz), ${after[1]})`,
  ];
  return select(db)
    .where(and(...conditions))
    .orderBy(asc(dueOrLast), asc(tasks.id))
    .limit(limit);
}

/** Its own tasks, and those of what is chased about it. */
function isOf(db: Queryable, of: 'orderNumber' | 'incidentNumber', number: string): SQL | undefined {
  const about = db.select({ number: chases.number }).from(chases).where(eq(chases[of], number));
  return or(eq(tasks[of], number), inArray(tasks.chaseNumber, about));
}

function belongsTo({ person, roles, kinds }: NonNullable<TaskFilter['mine']>): SQL | undefined {
  return or(
    eq(tasks.assigneeId, person),
    roles.length > 0 ? inArray(tasks.role, [...roles]) : undefined,
    kinds.length > 0 ? inArray(tasks.kind, [...kinds]) : undefined,
  );
}

export async function findTask(db: Queryable, id: string) {
  const [found] = await select(db).where(eq(tasks.id, id));
  return found;
}

/** Evaluations of an order that are in, the newest round of each department first. */
export function selectEvaluations(db: Queryable, order: string) {
  return db
    .select({ task: tasks, finisherName: people.name })
    .from(tasks)
    .leftJoin(people, eq(people.id, tasks.finishedBy))
    .where(and(eq(tasks.orderNumber, order), eq(tasks.kind, 'evaluate'), eq(tasks.state, 'done')))
    .orderBy(desc(tasks.finishedAt), asc(tasks.id));
}

/** Questions put to the customer about an order, oldest first. */
export function selectQuestions(db: Queryable, order: string) {
  return db
    .select()
    .from(questions)
    .where(eq(questions.orderNumber, order))
    .orderBy(asc(questions.askedAt), asc(questions.id));
}

/** The proposal of an order that is open for signature. */
export async function findOpenProposal(db: Queryable, order: string) {
  const [found] = await db
    .select()
    .from(proposals)
    .where(and(eq(proposals.orderNumber, order), eq(proposals.state, 'open')));
  return found;
}
