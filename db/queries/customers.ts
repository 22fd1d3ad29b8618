import { and, asc, eq, gt, or, type SQL, sql } from 'drizzle-orm';
import type { Tier } from '../../domain/assessment/shape.js';
import type { Queryable } from '../connect.js';
import { customers, people } from '../schema/index.js';
import { containing } from './containing.js';

export interface CustomerFilter {
  /** Only what this API client brought. */
  clientId?: string;
  tier?: Tier;
  /** Part of the name. */
  q?: string;
}

const select = (db: Queryable) =>
  db
    .select({ customer: customers, salesOwnerName: people.name })
    .from(customers)
    .leftJoin(people, eq(people.id, customers.salesOwnerId));

export type FoundCustomer = Awaited<ReturnType<typeof selectCustomers>>[number];

/** A page of customers by id, after the last one's. */
export function selectCustomers(db: Queryable, filter: CustomerFilter, limit: number, after?: string) {
  const conditions: (SQL | undefined)[] = [
    ownedBy(filter.clientId),
    filter.tier && eq(customers.tier, filter.tier),
    filter.q === undefined
      ? undefined
      : or(containing(customers.name, filter.q), sql`${customers.id} = ${filter.q}`),
    after === undefined ? undefined : gt(customers.id, after),
  ];
  return select(db)
    .where(and(...conditions))
    .orderBy(asc(customers.id))
    .limit(limit);
}

/** One customer; undefined when there is none, or another client's. */
export async function findCustomer(db: Queryable, id: string, clientId?: string) {
  const [found] = await select(db).where(and(eq(customers.id, id), ownedBy(clientId)));
  return found;
}

const ownedBy = (clientId: string | undefined) =>
  clientId === undefined ? undefined : eq(customers.clientId, clientId);
