import { z } from 'zod';
import type { DeadlineClass, LevelClass } from '../deadlines/shape.js';
import { durationRuleSchema, instantSchema } from '../time/shape.js';

/** The roles a ladder may name, from the bottom to the top. Who holds one is looked up when its rung fires. */
export const rungRoleSchema = z.enum([
  'departmentHead',
  'teamLead',
  'orderManager',
  'emergencyManager',
  'vp',
  'generalManager',
]);
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

/** The rungs of an incident: 部门主管 → 应急管理负责人 → 副总经理 → 总经理 (P11.5). */
export const incidentRungs: readonly RungRole[] = [
  'departmentHead',
  'emergencyManager',
  'vp',
  'generalManager',
];

/** The ladders of an incident, by its level: two working hours a rung; at level 3 fifteen minutes, day and night. */
export const levelLadders = {
  level1: { step: { workingHours: 2 }, repeat: 5, rungs: [...incidentRungs] },
  level2: { step: { workingHours: 2 }, repeat: 5, rungs: [...incidentRungs] },
  level3: { step: { elapsed: 'PT15M' }, repeat: 5, rungs: [...incidentRungs] },
} satisfies Record<LevelClass, Ladder>;

// An order's default rungs are not an incident's, so those of a level are always filled in.
const levelLadderSchema = ladderSchema.extend({
  rungs: ladderSchema.shape.rungs.unwrap().default(() => [...incidentRungs]),
});

/**
 * The ladders of the policy, one a class; without `rungs` the default order stands. A level left out has its default:
 * policies made before there were incidents do not name it.
 */
export const ladderPolicySchema = z.strictObject({
  critical: ladderSchema,
  urgent: ladderSchema,
  normal: ladderSchema,
  level1: levelLadderSchema.default(levelLadders.level1),
  level2: levelLadderSchema.default(levelLadders.level2),
  level3: levelLadderSchema.default(levelLadders.level3),
} satisfies Record<DeadlineClass, z.ZodType<Ladder>>);
export type LadderPolicy = z.infer<typeof ladderPolicySchema>;

/** A rung as an absolute instant. `index` counts from 1 and goes on through the repeats, which name the last rung. */
export const plannedRungSchema = z.object({
  index: z.number().int().min(1),
  role: rungRoleSchema,
  at: instantSchema,
  repeatOf: z.number().int().min(1).optional(),
});
export type PlannedRung = z.infer<typeof plannedRungSchema>;

/**
 * Why a rung came out as it did, facts in machine form:
 * `holdsRole` the person who holds the role was told, at the rung's own instant or late;
 * `tookPlace` told early, in the place of the lower rung `of`, where nobody was reachable;
 * `overtaken` by the higher rung `by`, which was past as well when the ladder was looked at;
 * `nobodyReachable` nobody holds the role, or none who could be reached; `next` is the rung that took its place,
 * absent on the last rung and its repeats.
 */
export const rungWhySchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('holdsRole') }),
  z.object({ code: z.literal('tookPlace'), of: z.number().int() }),
  z.object({ code: z.literal('overtaken'), by: z.number().int() }),
  z.object({ code: z.literal('nobodyReachable'), next: z.number().int().optional() }),
]);

/**
 * What became of a rung: each has exactly one outcome. `at` is its planned instant, `settledAt` when it was decided.
 * `person` is the id of who was reached, on a fired rung alone.
 */
export const rungOutcomeSchema = plannedRungSchema.extend({
  settledAt: instantSchema,
  result: z.enum(['fired', 'superseded', 'skipped']),
  person: z.string().optional(),
  why: rungWhySchema,
});
export type RungOutcome = z.infer<typeof rungOutcomeSchema>;
