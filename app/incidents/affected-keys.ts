import type { IncidentFacts } from '../../domain/incident/shape.js';
import type { AffectedBy, Playbook } from '../../domain/playbooks/shape.js';

/** The queries of a playbook, each once. */
export function queriesOf(affected: Playbook['affected']): AffectedBy[] {
  return [...new Set(typeof affected === 'string' ? [affected] : affected)];
}

/**
 * By what a playbook finds affected orders: what the incident's facts name, or the orders that were reported. Undefined
 * where they name nothing of the kind, and nothing is to be looked for.
 */
export function affectedKeys(
  by: AffectedBy,
  facts: IncidentFacts,
  reported: readonly string[] = [],
): string[] | undefined {
  if (by === 'everything') return [];
  const named: Partial<Record<AffectedBy, readonly (string | undefined)[]>> = {
    reported,
    supplier: [facts.supplier],
    product: facts.skus ?? [],
    warehouse: [facts.warehouse],
    carrier: [facts.carrier],
    region: [facts.region],
    payment: [facts.payment],
  };
  const keys = (named[by] ?? []).filter((key) => key !== undefined);
  return keys.length > 0 ? keys : undefined;
}

/** Why an order is linked, a machine word: by which query, and which of its keys. */
export function becauseOf(by: AffectedBy, keys: readonly string[]): string {
  return `${by}:${keys.join(',')}`;
}
