import type { AffectedOrder } from '../../db/queries/affected-orders.js';
import type { IncidentFacts } from '../../domain/incident/shape.js';
import type { SeverityFacts } from '../../domain/severity/assess-severity.js';

/**
 * What the rules of a level go by (P11.1): the orders affected, of how many customers with open orders there are in all,
 * and what the report says.
 */
export function severityFacts(
  facts: IncidentFacts | undefined,
  affected: readonly AffectedOrder[],
  customersInAll: number,
): SeverityFacts {
  const customers = new Set(affected.map(({ customer }) => customer.id)).size;
  return {
    customersAffected: customers,
    customersAffectedShare: customersInAll === 0 ? 0 : customers / customersInAll,
    ordersAffected: affected.length,
    criticalOrdersAffected: affected.filter((order) => order.class === 'critical').length,
    amountMinorAffected: affected.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    delayHours: facts?.delayHours,
    peopleInDanger: facts?.peopleInDanger,
  };
}
