import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Queryable } from '../db/connect.js';
import { customers } from '../db/schema/index.js';
import type { OrderInput } from '../domain/order/shape.js';
import { choosePerson } from '../domain/team/choose-person.js';
import { AppError } from './errors.js';
import { type Customer, matchCustomer } from './match-customer.js';
import { holdsRole, type Principal } from './principal.js';
import { loadStaff } from './record/staff.js';

/**
 * A customer seen for the first time, with a sales owner: the sales person who took the order, else the least loaded.
 * Two orders of one new customer at once make one: the loser of the unique index finds the winner's.
 */
export async function createCustomer(
  db: Queryable,
  principal: Principal,
  body: OrderInput,
  now: string,
): Promise<Customer> {
  const { name = '', email, phone } = body.customer;
  const owner = holdsRole(principal, ['sales'])
    ? principal.id
    : choosePerson({ people: await loadStaff(db), role: 'sales' })?.id;
  const [created] = await db
    .insert(customers)
    .values({
      id: `C-${randomUUID()}`,
      clientId: principal.kind === 'client' ? principal.id : null,
      name,
      email,
      phone,
      salesOwnerId: owner,
      createdAt: now,
    })
    .onConflictDoNothing()
    .returning({
      id: customers.id,
      name: customers.name,
      tier: customers.tier,
      salesOwnerId: customers.salesOwnerId,
      salesOwnerName: sql<
        string | null
      >`(select p.name from people p where p.id = ${customers.salesOwnerId})`,
    });
  const customer = created ?? (await matchCustomer(db, principal, body.customer));
  if (!customer)
    throw new AppError('ambiguous-customer', 'the customer changed meanwhile; please send it again');
  return customer;
}
