import { findAffectedOrders } from '../../db/queries/affected-orders.js';
import { countCustomersWithOpenOrders } from '../../db/queries/incidents.js';
import { assessSeverity } from '../../domain/severity/assess-severity.js';
import { severityFacts } from '../incidents/severity-facts.js';
import type { IncidentContext } from './incident-context.js';

/**
 * What level the rules give it by the record of now (P11.1), for the process to rise to; nothing where a person has
 * overruled the rules. It is no change of the record by itself: the level has its own.
 */
export async function reassess(context: IncidentContext): Promise<void> {
  if ((context.set.severityBy ?? context.incident.severityBy) !== 'rules') return;
  context.learnt.assessed = (await assess(context)).level;
}

/** The level by the rules, and why, by what is affected now. */
export async function assess({ db, incident, playbook, affected }: IncidentContext) {
  const [orders, customers] = await Promise.all([
    affected.length === 0 ? [] : findAffectedOrders(db, { by: 'reported', keys: affected }),
    countCustomersWithOpenOrders(db),
  ]);
  return assessSeverity(playbook.severity, severityFacts(incident.facts, orders, customers));
}
