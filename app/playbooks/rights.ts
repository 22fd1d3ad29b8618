import type { Role } from '../../domain/roles/shape.js';
import { AppError } from '../errors.js';
import { holdsRole, type Principal } from '../principal.js';

/** Who writes drafts (P15.6). */
export const PLAYBOOK_DRAFTERS = [
  'orderManager',
  'emergencyManager',
  'generalManager',
] as const satisfies readonly Role[];

/** Who puts a playbook in force, or takes it out; never one's own draft. */
export const PLAYBOOK_PUBLISHERS = ['emergencyManager', 'generalManager'] as const satisfies readonly Role[];

/** Throws `forbidden` for whoever speaks for none of the roles. */
export function requireRole(principal: Principal, roles: readonly Role[]): void {
  if (!holdsRole(principal, roles)) throw new AppError('forbidden', `this is for ${roles.join(', ')}`);
}
