import type { ActionName } from '../../domain/playbooks/actions/shape.js';

/**
 * How an action of a playbook is carried out. `done`: the product does it, and the step is over at once. `begun`: the
 * product begins it, and a task stays open for what comes of it. `asked`: a task of the role that can, alone.
 *
 * What the product does stands in `app/record/incident-actions.ts`; an action that becomes automatic is a line in each.
 */
export type HowActionRuns = 'done' | 'begun' | 'asked';

export const HOW_ACTIONS_RUN: Record<ActionName, HowActionRuns> = {
  notifyTeam: 'done',
  notifyCustomers: 'done',
  notifySuppliers: 'done',
  // Partners and authorities are told by a person, who says so.
  notifyPartners: 'asked',
  notifyAuthorities: 'asked',
  // An invitation, and somebody says what the meeting came to (P14.7).
  convene: 'begun',
  // The supplier is asked by link; purchasing sees to the answer (P17.3).
  expedite: 'begun',
  rerouteSupply: 'asked',
  replenish: 'asked',
  rescheduleProduction: 'asked',
  requestOvertime: 'asked',
  requestStaff: 'asked',
  switchToBackup: 'asked',
  restoreData: 'asked',
  isolate: 'asked',
  // Orders are held; people stop what is packed, and what has left.
  holdShipments: 'begun',
  reship: 'asked',
  refund: 'asked',
  compensate: 'asked',
  openReturn: 'asked',
  reassignCarrier: 'asked',
  adjustDeliveryArea: 'asked',
  declareEmergency: 'asked',
  openActionItem: 'done',
};
