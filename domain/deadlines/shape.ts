import { z } from 'zod';
import type { Severity } from '../playbooks/shape.js';
import { durationRuleSchema, instantSchema } from '../time/shape.js';

/** The classes of an incident, one a level 一级, 二级, 三级 (P11.1). */
export const LEVEL_CLASSES = ['level1', 'level2', 'level3'] as const;
export type LevelClass = (typeof LEVEL_CLASSES)[number];

/** The classes that have deadlines of their own: those of an order, and those of an incident. */
export const deadlineClassSchema = z.enum(['critical', 'urgent', 'normal', ...LEVEL_CLASSES]);
export type DeadlineClass = z.infer<typeof deadlineClassSchema>;

/** Under which class of the policy an incident of this level has its deadlines and its ladder. */
export const levelClass = (severity: Severity): LevelClass => `level${severity}`;

/** What a deadline is for, a machine key: `evaluation`, `confirmation`, … Open, so that a new one is a row of data. */
export const deadlineKindSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be a key like criticalConfirmation');
export type DeadlineKind = z.infer<typeof deadlineKindSchema>;

const rulesSchema = z.record(deadlineKindSchema, durationRuleSchema);

/**
 * The durations of the policy, by class and kind; a kind left out has its default. A level left out has all its
 * defaults: policies made before there were incidents do not name them.
 */
export const deadlinesPolicySchema = z.strictObject({
  critical: rulesSchema,
  urgent: rulesSchema,
  normal: rulesSchema,
  level1: rulesSchema.default({}),
  level2: rulesSchema.default({}),
  level3: rulesSchema.default({}),
});
export type DeadlinesPolicy = z.infer<typeof deadlinesPolicySchema>;

/**
 * What set the due instant: the policy's rule, its elapsed floor (`atLeast`), the customer's reply time, or the
 * promised delivery day; `named` where the instant itself was given.
 */
export const deadlineBasisSchema = z.enum(['rule', 'floor', 'replyBy', 'promise', 'named']);
export type DeadlineBasis = z.infer<typeof deadlineBasisSchema>;

/**
 * A deadline as absolute instants. `from`: the instant it counts from, as given. `warnings`: the instants of the
 * warnings at 50 % and 80 %, measured in the deadline's own unit. `provisional`: a day in the sum lies outside the
 * published holiday years. `deliveryBeforeConfirmation`: the delivery asked for comes before this confirmation is due.
 */
export const plannedDeadlineSchema = z.object({
  kind: deadlineKindSchema,
  from: instantSchema,
  dueAt: instantSchema,
  provisional: z.boolean(),
  warnings: z.tuple([instantSchema, instantSchema]),
  /** A warning more, a fixed time before it is due; `percent` of the time is gone then. */
  reminder: z.object({ percent: z.number().int().min(1).max(99), at: instantSchema }).optional(),
  basis: deadlineBasisSchema,
  deliveryBeforeConfirmation: z.boolean().optional(),
});
export type PlannedDeadline = z.infer<typeof plannedDeadlineSchema>;

/** The warnings of a deadline, by how much of it is gone, in percent: 50 and 80, and that of a reminder. */
export const warningPercentSchema = z.number().int().min(1).max(99);
export type WarningPercent = z.infer<typeof warningPercentSchema>;

/**
 * What became of a warning. `at` is its planned instant, `settledAt` when that was decided. `why`: `reached` in
 * time; `overtaken` by a later warning (`by`, percent); `breached` when the deadline itself had come.
 */
export const warningOutcomeSchema = z.object({
  percent: warningPercentSchema,
  at: instantSchema,
  settledAt: instantSchema,
  result: z.enum(['sent', 'superseded']),
  why: z.discriminatedUnion('code', [
    z.object({ code: z.literal('reached') }),
    z.object({ code: z.literal('overtaken'), by: z.number().int() }),
    z.object({ code: z.literal('breached') }),
  ]),
});
export type WarningOutcome = z.infer<typeof warningOutcomeSchema>;
