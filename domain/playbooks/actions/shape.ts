import { z } from 'zod';

/**
 * What a playbook may do (design §5): a closed set, so that each is idempotent, has a drill form, and says in plain
 * words what it did. How each is carried out stands beside the engine; a playbook only names it.
 */
export const ACTIONS = [
  'notifyTeam',
  'notifyCustomers',
  'notifySuppliers',
  'notifyPartners',
  'notifyAuthorities',
  'convene',
  'expedite',
  'rerouteSupply',
  'replenish',
  'rescheduleProduction',
  'requestOvertime',
  'requestStaff',
  'switchToBackup',
  'restoreData',
  'isolate',
  'holdShipments',
  'reship',
  'refund',
  'compensate',
  'openReturn',
  'reassignCarrier',
  'adjustDeliveryArea',
  'declareEmergency',
  'openActionItem',
] as const;
export const actionNameSchema = z.enum(ACTIONS).meta({ id: 'PlaybookAction' });
export type ActionName = z.infer<typeof actionNameSchema>;

/** Actions whose words reach people outside the team: they carry nature and measures (P02.4). */
export const NOTICE_ACTIONS = [
  'notifyTeam',
  'notifyCustomers',
  'notifySuppliers',
  'notifyPartners',
  'notifyAuthorities',
] as const satisfies readonly ActionName[];

export function isNotice(action: ActionName): boolean {
  return (NOTICE_ACTIONS as readonly ActionName[]).includes(action);
}
