import { and, arrayContains, asc, count, eq, gt, inArray } from 'drizzle-orm';
import type { Department, Role } from '../../domain/roles/shape.js';
import type { Queryable } from '../connect.js';
import { apiClients, customers, people, tasks } from '../schema/index.js';

export interface PeopleFilter {
  role?: Role;
  department?: Department;
  active?: boolean;
}

/** A page of our people by id, each with the number of their open tasks. */
export function selectPeople(db: Queryable, filter: PeopleFilter, limit: number, after?: string) {
  const load = db
    .select({ assigneeId: tasks.assigneeId, open: count().as('open') })
    .from(tasks)
    .where(eq(tasks.state, 'open'))
    .groupBy(tasks.assigneeId)
    .as('load');
  const conditions = [
    filter.role && arrayContains(people.roles, [filter.role]),
    filter.department && eq(people.department, filter.department),
    filter.active === undefined ? undefined : eq(people.active, filter.active),
    after === undefined ? undefined : gt(people.id, after),
  ];
  return db
    .select({ person: people, load: load.open })
    .from(people)
    .leftJoin(load, eq(load.assigneeId, people.id))
    .where(and(...conditions))
    .orderBy(asc(people.id))
    .limit(limit);
}

/** Names by principal (`<person id>`, `customer:<id>`, `client:<id>`); one that is unknown is absent. */
export async function findNames(db: Queryable, principals: Iterable<string>): Promise<Map<string, string>> {
  const wanted = [...new Set(principals)];
  const idsOf = (kind: string) =>
    wanted.filter((one) => one.startsWith(`${kind}:`)).map((one) => one.slice(kind.length + 1));
  const [ours, theirs, clients] = await Promise.all([
    namesIn(
      wanted.filter((one) => !one.includes(':')),
      (ids) => db.select({ id: people.id, name: people.name }).from(people).where(inArray(people.id, ids)),
    ),
    namesIn(idsOf('customer'), (ids) =>
      db.select({ id: customers.id, name: customers.name }).from(customers).where(inArray(customers.id, ids)),
    ),
    namesIn(idsOf('client'), (ids) =>
      db
        .select({ id: apiClients.id, name: apiClients.name })
        .from(apiClients)
        .where(inArray(apiClients.id, ids)),
    ),
  ]);
  return new Map([
    ...ours.map(({ id, name }): [string, string] => [id, name]),
    ...theirs.map(({ id, name }): [string, string] => [`customer:${id}`, name]),
    ...clients.map(({ id, name }): [string, string] => [`client:${id}`, name]),
  ]);
}

/** Which of these ids are those of our people who are here. */
export async function findActivePeople(db: Queryable, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: people.id })
    .from(people)
    .where(and(inArray(people.id, [...ids]), eq(people.active, true)));
  return new Set(rows.map(({ id }) => id));
}

type Named = { id: string; name: string };

async function namesIn(ids: string[], read: (ids: string[]) => Promise<Named[]>): Promise<Named[]> {
  return ids.length === 0 ? [] : read(ids);
}
