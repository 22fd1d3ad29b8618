import type { ActionName } from '../../domain/playbooks/actions/shape.js';
import type { Step, Words } from '../../domain/playbooks/shape.js';
import { openActionItem } from '../action-items/open-from-playbook.js';
import { convene, notifyCustomers, notifySuppliers, notifyTeam } from './action-notices.js';
import { expedite } from './expedite-supply.js';
import { holdShipments } from './hold-shipments.js';
import type { IncidentContext } from './incident-context.js';
import { emptyBatch } from './record-batch.js';

export type ActionStep = Extract<Step, { kind: 'action' }>;

/**
 * Carries out an action on the record, within the step that opens it, and answers in plain words what it did. It is
 * idempotent with that step. Effects outside are rows that others act on: notices, commands to other processes.
 */
export type Action = (context: IncidentContext, step: ActionStep) => Done | Promise<Done>;

/** What it did in plain words, and what the step's task is to know of it. */
export type Done = Words & { facts?: Record<string, unknown> };

/** What the product does by itself; everything else is a task alone (`workflows/incident/how-actions-run.ts`). */
export const ACTIONS_BY_ITSELF: Partial<Record<ActionName, Action>> = {
  notifyTeam,
  notifyCustomers,
  notifySuppliers,
  convene,
  openActionItem,
  holdShipments,
  expedite,
};

/** Carries out the action of a step of the playbook. In a drill it says what it would do, and nothing of it is written. */
export async function actBy(context: IncidentContext, key: string): Promise<void> {
  const step = context.playbook.steps.find((one) => one.key === key);
  if (step?.kind !== 'action') throw new Error(`${context.playbook.type} has no action ${key}`);
  const act = ACTIONS_BY_ITSELF[step.action];
  if (!act) throw new Error(`${step.action} is nobody's but a person's`);
  const { drill } = context.incident;
  const { facts, ...said } = await act(drill ? withoutEffect(context) : context, step);
  context.said.set(key, drill ? asDrill(said) : said);
  // In a drill nobody outside was asked, and nobody outside may answer.
  if (facts && !drill) context.begun.set(key, facts);
}

/** The same record to read, and nothing that is written to it stays. */
function withoutEffect(context: IncidentContext): IncidentContext {
  return {
    ...context,
    batch: emptyBatch(),
    writes: [],
    set: { ...context.set },
    affected: [...context.affected],
  };
}

function asDrill({ zh, en }: Words): Words {
  return { zh: `演练，未实际执行：${zh}`, en: `Drill, nothing was carried out: ${en}` };
}
