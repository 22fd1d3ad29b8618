import type { IncidentFacts } from '../../domain/incident/shape.js';
import type { Playbook } from '../../domain/playbooks/shape.js';

/**
 * By what a playbook finds affected orders: what the incident's facts name, or the orders that were reported. Undefined
 * where they name nothing of the kind, and nothing is to be looked for.
 */
export function affectedKeys(
  by: Playbook['affected'],
  facts: IncidentFacts,
  reported: readonly string[] = [],
): string[] | undefined {
  if (by === 'everything') return [];
  const named: Partial<Record<Playbook['affected'], readonly (string | undefined)[]>> = {
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
export function becauseOf(by: Playbook['affected'], keys: readonly string[]): string {
  return `${by}:${keys.join(',')}`;
}
