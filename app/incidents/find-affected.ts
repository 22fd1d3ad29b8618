import type { Queryable } from '../../db/connect.js';
import { type AffectedOrder, findAffectedOrders } from '../../db/queries/affected-orders.js';
import type { IncidentFacts } from '../../domain/incident/shape.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
import { affectedKeys, becauseOf, queriesOf } from './affected-keys.js';

/**
 * The open orders that an incident affects, by each query of its playbook, most urgent first (P03.5); an order that
 * several find stands once, with all its reasons. `reported`: the orders that a report names.
 */
export async function findAffected(
  db: Queryable,
  { affected }: Pick<Playbook, 'affected'>,
  facts: IncidentFacts,
  reported: readonly string[] = [],
): Promise<(AffectedOrder & { because: string })[]> {
  const found = new Map<string, AffectedOrder & { because: string }>();
  for (const by of queriesOf(affected)) {
    const keys = affectedKeys(by, facts, reported);
    if (!keys) continue;
    for (const order of await findAffectedOrders(db, { by, keys })) {
      const before = found.get(order.number);
      const because = becauseOf(by, order.keys);
      found.set(order.number, { ...order, because: before ? `${before.because};${because}` : because });
    }
  }
  return [...found.values()];
}
