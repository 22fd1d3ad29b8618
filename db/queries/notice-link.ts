import { eq } from 'drizzle-orm';
import type { Database } from '../connect.js';
import { customers, people, suppliers, tasks } from '../schema/index.js';

/** The order, incident or chase and the state of a task that a link is for; null where it is gone. */
export async function findLinkedTask(db: Database, id: string) {
  const [task] = await db
    .select({
      order: tasks.orderNumber,
      incident: tasks.incidentNumber,
      chase: tasks.chaseNumber,
      state: tasks.state,
    })
    .from(tasks)
    .where(eq(tasks.id, id));
  return task ?? null;
}

/** The person a link acts as; null where nobody active has that id. */
export async function findLinkedPerson(db: Database, id: string) {
  const [person] = await db
    .select({
      id: people.id,
      name: people.name,
      roles: people.roles,
      department: people.department,
      active: people.active,
    })
    .from(people)
    .where(eq(people.id, id));
  return person?.active ? person : null;
}

/** The customer a link acts as; null where there is none of that id. */
export async function findLinkedCustomer(db: Database, id: string) {
  const [customer] = await db
    .select({ id: customers.id, name: customers.name })
    .from(customers)
    .where(eq(customers.id, id));
  return customer ?? null;
}

/** The supplier a link acts as; null where there is none of that number. */
export async function findLinkedSupplier(db: Database, number: string) {
  const [supplier] = await db
    .select({ id: suppliers.number, name: suppliers.name, locale: suppliers.locale })
    .from(suppliers)
    .where(eq(suppliers.number, number));
  return supplier ?? null;
}
