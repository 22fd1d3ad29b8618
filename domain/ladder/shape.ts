import { z } from 'zod';
import type { DeadlineClass } from '../deadlines/shape.js';
import { durationRuleSchema, instantSchema } from '../time/shape.js';

/** The roles a ladder may name. Who holds one is looked up when its rung fires. */
export const rungRoleSchema = z.enum(['departmentHead', 'teamLead', 'orderManager', 'vp', 'generalManager']);
export type RungRole = z.infer<typeof rungRoleSchema>;

const stepSchema = durationRuleSchema.superRefine((step, context) => {
  if (step.atLeast !== undefined) {
    context.addIssue({ code: 'custom', path: ['atLeast'], message: 'a step has no floor' });
  }
  if (step.workingDays === 0) {
    context.addIssue({
      code: 'custom',
      path: ['workingDays'],
      message: 'a step takes at least one working day',
    });
  }
});

/** One ladder: the time between rungs, the repeats of its last rung, and its roles from the bottom to the top. */
export const ladderSchema = z.strictObject({
  step: stepSchema,
  repeat: z.number().int().min(0).max(20),
  rungs: z.array(rungRoleSchema).min(1).max(10).optional(),
});
export type Ladder = z.infer<typeof ladderSchema>;

/** The ladders of the policy, one a class; without `rungs` the default order stands. */
export const ladderPolicySchema = z.strictObject({
  critical: ladderSchema,
  urgent: ladderSchema,
  normal: ladderSchema,
} satisfies Record<DeadlineClass, typeof ladderSchema>);
export type LadderPolicy = z.infer<typeof ladderPolicySchema>;

/** A rung as an absolute instant. `index` counts from 1 and goes on through the repeats, which name the last rung. */
export const plannedRungSchema = z.object({
  index: z.number().int().min(1),
  role: rungRoleSchema,
  at: instantSchema,
  repeatOf: z.number().int().min(1).optional(),
});
export type PlannedRung = z.infer<typeof plannedRungSchema>;
