import type { IncidentTold } from './incident-told.js';

/**
 * An incident as a group chat may read it: nothing that a person typed, for it may name a customer, and nobody's own
 * records. What was measured and what the playbook says is left, with the numbers of orders.
 */
export function incidentForGroup(incident: IncidentTold, decidedByRules: boolean): IncidentTold {
  return {
    number: incident.number,
    name: incident.name,
    summary: null,
    count: incident.count,
    source: '',
    drill: incident.drill,
    severity: incident.severity,
    severityBecause: decidedByRules ? incident.severityBecause : null,
    phase: incident.phase,
    reportedAt: incident.reportedAt,
    reporterName: null,
    confirmedAt: incident.confirmedAt,
    confirmerName: incident.confirmerName,
    resolvedAt: incident.resolvedAt,
    owner: incident.owner,
    team: incident.team,
    // A region or a shipment leads to a customer; what is bought and where it is kept does not.
    concerns: { ...incident.concerns, region: null, shipment: null, payment: null },
    scope: incident.scope,
    own: { orders: [], purchases: [] },
    cause: incident.cause && { category: incident.cause.category, words: null },
    deadlines: incident.deadlines,
    nextUpdateAt: incident.nextUpdateAt,
    contained: incident.contained,
    playbook: incident.playbook,
    done: incident.done,
    similar: [],
  };
}
