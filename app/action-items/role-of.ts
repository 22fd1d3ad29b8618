import { ROLES, type Role } from '../../domain/roles/shape.js';

/** In which role somebody carries a measure out: their department's, or the first they hold. */
export function roleOf({ department, roles }: { department: string; roles: readonly Role[] }): Role {
  const own = roles.find((role) => role === department) ?? roles[0];
  return own ?? ROLES[0];
}
