import type { Role } from '../domain/roles/shape.js';
import type { Principal } from './principal.js';

/** Roles that serve the machines or the house, not the order: they read orders without a customer's contact data. */
const WITHOUT_CONTACTS = ['ops', 'technicalSupport', 'data', 'hr'] as const satisfies readonly Role[];

/** Roles that read the audit log. */
export const AUDIT_ROLES = [
  'orderManager',
  'vp',
  'generalManager',
  'ops',
  'compliance',
] as const satisfies readonly Role[];

/** Roles that see how any command came out, besides whoever gave it. */
export const COMMAND_ROLES = [
  'orderManager',
  'vp',
  'generalManager',
  'ops',
] as const satisfies readonly Role[];

export const isStaff = (viewer: Principal): boolean => viewer.kind === 'person';

/**
 * Whether the viewer sees how a customer is reached (e-mail, telephone, address): an API client of its own customers,
 * and of the staff whoever holds a role that deals with orders. People of the machines alone do not.
 */
export function mayReadContacts(viewer: Principal): boolean {
  if (viewer.kind !== 'person') return true;
  return viewer.roles.some((role) => !(WITHOUT_CONTACTS as readonly Role[]).includes(role));
}

/** What a reader's queries are narrowed to: an API client sees what it brought, staff everything. */
export function scopeOf(viewer: Principal): { clientId?: string } {
  return viewer.kind === 'client' ? { clientId: viewer.id } : {};
}
