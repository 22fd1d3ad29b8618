import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../money/shape.js';
import { GROUNDS, gradeSchema, orderClassSchema } from '../order/shape.js';

/** Customer tiers (P15.4): 战略客户, 重点客户, 普通客户. */
export const TIERS = ['strategic', 'key', 'regular'] as const;
export const tierSchema = z.enum(TIERS).meta({ id: 'CustomerTier' });
export type Tier = z.infer<typeof tierSchema>;

/** Kinds of normal lead time; the demo's days stand in the default policy. */
export const LEAD_TIME_KINDS = [
  'sparePart',
  'standardFromStock',
  'standardToOrder',
  'configured',
  'newDesign',
] as const;
export const leadTimeKindSchema = z.enum(LEAD_TIME_KINDS).meta({ id: 'LeadTimeKind' });
export type LeadTimeKind = z.infer<typeof leadTimeKindSchema>;

/** Machine codes of the reasons an order is red for (P09.1, P06.2). */
export const REASON_CODES = [
  'shortLeadTime',
  'largeAmount',
  'specialRequirement',
  'priorityRequested',
  'ground',
  'overruled',
] as const;
export const reasonSchema = z
  .object({ code: z.enum(REASON_CODES), zh: z.string(), en: z.string() })
  .meta({ id: 'Reason' });
export type Reason = z.infer<typeof reasonSchema>;

const points = z.int().min(0).max(100);

/** Rules of assessment as data (P01.1, P04.2, P09.1, P15.4, P20.1). */
export const assessmentPolicySchema = z
  .strictObject({
    /** The company's currency; thresholds are in it. */
    currency: currencySchema,
    /** Value of one major unit of a foreign currency in major units of the company's, as a decimal. */
    rates: z.record(currencySchema, z.number().positive().max(1_000_000)),
    rules: z.strictObject({
      shortLeadTime: z.boolean(),
      largeAmount: z.boolean(),
      specialRequirement: z.boolean(),
      priorityRequested: z.boolean(),
    }),
    leadTime: z.strictObject({
      /** Normal lead time in calendar days by kind; a product may state its own. */
      daysByKind: z.record(leadTimeKindSchema, z.int().min(0).max(3650)),
      /** Factors for larger quantities where the product says so; above the last, manufacturing states it. */
      quantityFactors: z
        .array(z.strictObject({ upTo: z.int().min(1), factor: z.number().min(1).max(100) }))
        .min(1),
      /** Grade by requested ÷ normal lead time, first match from the top: ours, the source's table is lost (P20.1). */
      grades: z
        .array(
          z.strictObject({
            grade: z.union([z.literal(1), z.literal(2), z.literal(3)]),
            /** A fraction [numerator, denominator], so that a third is a third. */
            ratioAtMost: z.tuple([z.int().min(1), z.int().min(1)]).optional(),
          }),
        )
        .min(1),
    }),
    /** An order at or above this amount is large, by customer tier; minor units of the company's currency. */
    largeAmountMinorByTier: z.record(tierSchema, amountMinorSchema),
    keyOrder: z.strictObject({
      /** Tiers whose red orders are key orders (P04.2). */
      tiers: z.array(tierSchema),
      /** A high-value order is a key order from this amount on, whoever orders. */
      amountMinor: amountMinorSchema,
    }),
    /** Urgency and importance, 0–100 each; the score is their product ÷ 100 (P01.1). */
    score: z.strictObject({
      urgencyByGrade: z.tuple([points, points, points, points]),
      urgencyOfGround: points,
      urgencyOfPriority: points,
      importanceByTier: z.record(tierSchema, points),
      importanceOfLargeAmount: points,
      importanceByGround: z.record(z.enum(GROUNDS), points),
    }),
  })
  .meta({ id: 'AssessmentPolicy' });
export type AssessmentPolicy = z.infer<typeof assessmentPolicySchema>;

/** What assessment answers; stored with the order. */
export const assessmentSchema = z
  .object({
    class: orderClassSchema,
    grade: gradeSchema,
    red: z.boolean(),
    keyOrder: z.boolean(),
    keyOrderReason: reasonSchema.pick({ zh: true, en: true }).nullable(),
    urgency: points,
    importance: points,
    score: points,
    reasons: z.array(reasonSchema),
    /** True where a line's quantity is past the last factor: manufacturing states the lead time. */
    leadTimeToBeStated: z.boolean(),
  })
  .meta({ id: 'Assessment' });
export type Assessment = z.infer<typeof assessmentSchema>;

/** Handling decision and who made it: the policy's revision, or a person with a reason (P01.2). */
export const decisionSchema = z
  .object({
    class: orderClassSchema,
    grade: gradeSchema,
    keyOrder: z.boolean(),
    by: z.string().meta({ description: '`policy` or a person id' }),
    at: z.string(),
    policyRevision: z.int().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'HandlingDecision' });
export type HandlingDecision = z.infer<typeof decisionSchema>;
