import type { IncidentChange } from '../../contracts/incident-record.js';
import { affectedCustomers } from './affected-customers.js';
import { affectedSuppliers } from './affected-parties.js';
import type { IncidentContext } from './incident-context.js';
import { addNotice, resolveAudience } from './tell-of-incident.js';

/**
 * How it stands (P03.5): to the customers of the orders affected, each of their own alone, to the suppliers it concerns, and
 * to our own people. The words are those that somebody wrote for them; without any, the record speaks for itself.
 */
export async function tellAffected(
  context: IncidentContext,
  { notice, to }: Extract<IncidentChange, { do: 'tellAffected' }>,
): Promise<void> {
  const { body } = context;
  const words = typeof body.words === 'string' ? { words: body.words } : {};
  if (notice === 'incidentUpdate') {
    for (const audience of ['owner', 'team', 'orderManager'] as const)
      for (const id of await resolveAudience(context, audience))
        addNotice(context, notice, `person:${id}`, words);
  }
  if (to.includes('customers')) {
    for (const [id, orders] of await affectedCustomers(context))
      addNotice(context, notice, `customer:${id}`, { ...words, orders });
  }
  if (!to.includes('suppliers')) return;
  // Those without a mail address were told by somebody, who goes on telling them.
  for (const { number, email } of await affectedSuppliers(context))
    if (email !== null) addNotice(context, notice, `supplier:${number}`, words);
}
