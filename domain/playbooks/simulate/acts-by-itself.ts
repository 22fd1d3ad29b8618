import type { ActionName } from '../actions/shape.js';
import type { Audience } from './simulation.js';

/**
 * Actions that are over at once, for the product carries them out by itself; every other asks the role, and is due as the
 * step says. Partners and authorities are told by a person.
 */
export function actsByItself(action: ActionName): boolean {
  return DONE_AT_ONCE.includes(action);
}

const DONE_AT_ONCE: readonly ActionName[] = [
  'notifyTeam',
  'notifyCustomers',
  'notifySuppliers',
  'openActionItem',
];

/** Actions that the product begins by itself, with nobody to be told first, and the role sees through. */
export function beginsByItself(action: ActionName): boolean {
  return action === 'holdShipments';
}

/** Whom an action tells when it begins; a meeting invites the team. */
export const AUDIENCES: Partial<Record<ActionName, Audience>> = {
  notifyTeam: 'team',
  notifyCustomers: 'customers',
  notifySuppliers: 'suppliers',
  notifyPartners: 'partners',
  notifyAuthorities: 'authorities',
  convene: 'team',
  expedite: 'suppliers',
};
