import { inArray } from 'drizzle-orm';
import { orders } from '../../db/schema/index.js';
import type { IncidentContext } from './incident-context.js';

/** Customers of the orders that are affected, each with the numbers of their own. */
export async function affectedCustomers({
  db,
  affected,
}: Pick<IncidentContext, 'db' | 'affected'>): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  if (affected.length === 0) return found;
  const rows = await db
    .select({ number: orders.number, customer: orders.customerId })
    .from(orders)
    .where(inArray(orders.number, affected))
    .orderBy(orders.number);
  for (const { number, customer } of rows) found.set(customer, [...(found.get(customer) ?? []), number]);
  return found;
}
