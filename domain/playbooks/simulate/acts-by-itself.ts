import { type ActionName, isNotice } from '../actions/shape.js';
import type { Audience } from './simulation.js';

/** Actions that the product carries out at once by itself; every other asks the role, and is due as the step says. */
export function actsByItself(action: ActionName): boolean {
  return isNotice(action) || ['openActionItem', 'holdShipments', 'expedite'].includes(action);
}

/** Whom an action tells when it begins; a meeting invites the team. */
export const AUDIENCES: Partial<Record<ActionName, Audience>> = {
  notifyTeam: 'team',
  notifyCustomers: 'customers',
  notifySuppliers: 'suppliers',
  notifyPartners: 'partners',
  notifyAuthorities: 'authorities',
  convene: 'team',
};
