import { type LadderPolicy, levelLadders, type RungRole } from './shape.js';

/** The rungs of an order, from the bottom to the top: 部门主管 → 总负责人 → 订单处理经理 → 副总经理 → 总经理. */
export const defaultRungs: readonly RungRole[] = [
  'departmentHead',
  'teamLead',
  'orderManager',
  'vp',
  'generalManager',
];

/** Two working hours a rung; for a critical order fifteen minutes, day and night. The top is told five times more. */
export const defaultLadderPolicy: LadderPolicy = {
  critical: { step: { elapsed: 'PT15M' }, repeat: 5 },
  urgent: { step: { workingHours: 2 }, repeat: 5 },
  normal: { step: { workingHours: 2 }, repeat: 5 },
  ...levelLadders,
};
