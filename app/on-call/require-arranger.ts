import type { Queryable } from '../../db/connect.js';
import { selectServing } from '../../db/queries/on-call.js';
import type { Role } from '../../domain/roles/shape.js';
import { AppError } from '../errors.js';
import { holdsRole, type Principal } from '../principal.js';

/** Who arranges on-call and absences of any role. */
const ARRANGERS = ['orderManager', 'emergencyManager', 'ops'] as const satisfies readonly Role[];

/**
 * Whether the principal may arrange who is on call for a role (or stands in within a department): order manager,
 * emergency manager and ops for any; the head of a department for the own one, whose role has the department's name.
 * Throws `forbidden`.
 */
export async function requireArranger(db: Queryable, principal: Principal, own: string): Promise<void> {
  if (holdsRole(principal, ARRANGERS)) return;
  if (principal.kind === 'person' && principal.department === own && principal.roles.length > 0) {
    const [person] = await selectServing(db, [principal.id]);
    if (person?.active && person.head) return;
  }
  throw new AppError('forbidden', `this is for ${ARRANGERS.join(', ')} and the head of ${own}`);
}
