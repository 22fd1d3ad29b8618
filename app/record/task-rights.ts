import { EXECUTION_ROLES, type Role } from '../../domain/roles/shape.js';

/** Who may overrule an assessment (P01.2). */
export const MANAGERS = ['orderManager', 'vp', 'generalManager'] as const satisfies readonly Role[];

/** Who may hold an order: whoever carries it out, takes the money for it, or answers for it. */
export const HOLDING_ROLES = [
  ...EXECUTION_ROLES,
  'finance',
  'compliance',
  'emergencyManager',
  'vp',
  'generalManager',
] as const satisfies readonly Role[];

/** Kinds of tasks that others than the role asked may finish as well, e.g. whoever has the customer on the phone. */
const ALSO: Partial<Record<string, readonly Role[]>> = {
  question: ['customerService', 'orderManager'],
  alternative: ['customerService', 'orderManager'],
  releaseHold: MANAGERS,
  customerContact: ['customerService', 'logistics', 'orderManager'],
};

/** The roles whose holders may finish a task. */
export function rolesForTask(task: { kind: string; role: string }): Role[] {
  return [task.role as Role, ...(ALSO[task.kind] ?? [])];
}
