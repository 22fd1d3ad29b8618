import type { Role } from '../../domain/roles/shape.js';

/** Who changes what is watched for, and what alerts mean. */
export const MONITOR_MANAGERS = [
  'orderManager',
  'emergencyManager',
  'generalManager',
] as const satisfies readonly Role[];

/** Who may keep monitors quiet: those who answer for them, and those who work on what is watched (P12.4). */
export const MUTING_ROLES = [
  ...MONITOR_MANAGERS,
  'technicalSupport',
  'ops',
  'purchasing',
  'inventory',
  'logistics',
  'finance',
] as const satisfies readonly Role[];
