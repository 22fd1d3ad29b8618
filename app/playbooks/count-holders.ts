import type { Role } from '../../domain/roles/shape.js';
import type { Colleague } from '../record/staff.js';

/** How many of those who serve hold each role. */
export function countHolders(staff: readonly Colleague[]): (role: Role) => number {
  return (role) => staff.filter(({ roles }) => roles.includes(role)).length;
}
