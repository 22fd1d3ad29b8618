import { defaultAssessmentPolicy } from '../assessment/defaults.js';
import { defaultWorkingTime } from '../calendar/defaults.js';
import { defaultDeadlinesPolicy } from '../deadlines/defaults.js';
import { defaultMatrix } from '../evaluation/defaults.js';
import { defaultHoldsPolicy } from '../holds/shape.js';
import { defaultLadderPolicy } from '../ladder/defaults.js';
import { MILESTONES, type Milestone } from '../order/shape.js';
import { defaultRiskPolicy } from '../risk/defaults.js';
import { EXECUTION_ROLES, type Role } from '../roles/shape.js';
import type { Policy } from './shape.js';

const progressRoles = Object.fromEntries(
  MILESTONES.map((milestone): [Milestone, Role[]] => [
    milestone,
    // P10.4: goods leave only through the quality department's gate.
    milestone === 'inspect' ? ['quality', 'orderManager'] : [...EXECUTION_ROLES],
  ]),
) as Record<Milestone, Role[]>;

/** Revision 1 of a new company's policy. */
export const defaultPolicy: Policy = {
  assessment: defaultAssessmentPolicy,
  workingTime: defaultWorkingTime,
  deadlines: defaultDeadlinesPolicy,
  ladder: defaultLadderPolicy,
  matrix: defaultMatrix,
  signOff: { roles: ['vp'], bySignal: true, byLink: false },
  progressRoles,
  contactAttempts: 3,
  risk: defaultRiskPolicy,
  holds: defaultHoldsPolicy,
};
