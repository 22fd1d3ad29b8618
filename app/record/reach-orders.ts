import { findReachedOrders } from '../../db/queries/incident-reach.js';
import { addCommands, type ProcessRequest } from './add-command.js';
import { holdOrders } from './hold-shipments.js';
import type { ActionStep } from './incident-actions.js';
import type { IncidentContext } from './incident-context.js';

/**
 * Each affected order that has a process is told of the incident, once, however it came to be linked; and where the
 * incident holds shipments, an order that was linked later is held as the first ones are. A drill touches no order.
 */
export async function reachOrders(context: IncidentContext): Promise<void> {
  const { db, incident, playbook, affected, step } = context;
  if (incident.drill) return;
  const numbers = { incident: incident.number, numbers: affected };
  const found = await findReachedOrders(db, { ...numbers, scope: 'affected' });
  const untold = found.filter(
    (order) => order.class !== 'normal' && !order.asked.includes(`link/${order.number}`),
  );
  addCommands(
    context,
    untold.map(({ number }) =>
      linkRequest({ incident: incident.number, order: number, type: playbook.name }),
    ),
  );
  for (const { key, scope = 'affected' } of holdingSteps(context)) {
    // Held by this very step already, with all that are affected.
    if (step.changes.some((change) => change.do === 'act' && change.step === key)) continue;
    const meant = scope === 'affected' ? found : await findReachedOrders(db, { ...numbers, scope });
    await holdOrders(
      context,
      key,
      meant.filter(({ phase }) => phase !== 'delivering'),
    );
  }
}

/** The signal that tells an order of an incident; who answers to the customer reads its type. */
export function linkRequest(about: {
  incident: string;
  order: string;
  type: { zh: string; en: string };
}): ProcessRequest {
  const { incident, order, type } = about;
  return {
    kind: 'signal',
    target: `order/${order}`,
    name: 'linkIncident',
    part: `link/${order}`,
    body: { type },
    payload: { incident },
  };
}

/** Steps that hold shipments and have begun, while there is anything to be held for. */
function holdingSteps({ playbook, step, incident, set }: IncidentContext): ActionStep[] {
  if (!['reported', 'responding', 'mitigated'].includes(set.phase ?? incident.phase)) return [];
  const runs = (step.next as { steps?: { key: string; state: string }[] }).steps ?? [];
  const begun = new Set(
    runs.filter(({ state }) => state === 'open' || state === 'done').map(({ key }) => key),
  );
  return playbook.steps.flatMap((one) =>
    one.kind === 'action' && one.action === 'holdShipments' && begun.has(one.key) ? [one] : [],
  );
}
