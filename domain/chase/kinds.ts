import { MANAGEMENT_ROLES, type Role } from '../roles/shape.js';
import type { ChaseKind, ChaseReader } from './shape.js';

/** What is chased, as data. The time of each stands in the policy, under the kind's own name. */
export interface KindOfChase {
  /** Who is told when it begins, besides whom it waits for. */
  tell: readonly ChaseReader[];
  /** Who is told when it is over. */
  tellDone: readonly ChaseReader[];
  /** Who may finish it besides its assignee and the holders of its role. */
  also: readonly Role[];
  /** Who may give it up, with a reason. Nobody: an improvement ends by the check of its effect alone (P16.7). */
  givenUpBy: readonly Role[];
}

const managers = MANAGEMENT_ROLES.filter((role) => role !== 'ops');

export const KINDS_OF_CHASE: Record<ChaseKind, KindOfChase> = {
  /** 整改措施 (P16.7): done by its owner, then its effect is checked. */
  actionItem: { tell: [], tellDone: [], also: managers, givenUpBy: [] },
  /** 验证整改效果 (P16.7): by a second person; without effect the improvement is open again. */
  effectCheck: { tell: [], tellDone: ['itemOwner'], also: [...managers, 'quality'], givenUpBy: [] },
  /** 生产问题 (P09.2): raised in one call; order manager and manufacturing know. */
  problem: {
    tell: ['orderManager', 'manufacturing'],
    tellDone: ['createdBy', 'orderManager'],
    also: managers,
    givenUpBy: managers,
  },
};

/** Who checks the effect of an improvement, the first of these roles that somebody else than its doer holds. */
export const EFFECT_CHECKERS: readonly Role[] = [
  'emergencyManager',
  'quality',
  'orderManager',
  'vp',
  'generalManager',
];
