import { z } from 'zod';
import { tierSchema } from '../assessment/shape.js';
import { orderClassSchema } from '../order/terms/shape.js';

const points = z.int('must be a whole number').min(0, 'must be at least 0').max(100, 'must be at most 100');
/** Points of the first one, and of each more, up to so many in all. */
const growing = (first: number, eachMore: number, most: number) =>
  z
    .strictObject({
      first: points.default(first),
      eachMore: points.default(eachMore),
      most: points.default(most),
    })
    .refine((weight) => weight.most >= weight.first, { path: ['most'], message: 'must be at least `first`' })
    .prefault({});

/** Each bar at least as high as the one before: more of the same is never less of a risk. */
const rising = (values: readonly number[]) =>
  values.every((value, index) => value >= (values[index - 1] ?? value));
const notRising = 'must not fall: what is worse weighs at least as much';

/**
 * The weights of the risk of an order, in points; their sum, 100 at most, is its score (P15.5). Data of the policy:
 * each has the default that stands here.
 */
export const riskPolicySchema = z
  .strictObject({
    /** Work left against working time left: nothing up to the share `from`, `most` where the work fills the time. */
    timeAgainstWork: z
      .strictObject({ from: z.number().min(0).max(0.99).default(0.5), most: points.default(25) })
      .prefault({}),
    /** The deadline that is furthest gone: at 50 % and 80 % of its time, breached; and each further breached one. */
    deadlines: z
      .strictObject({
        half: points.default(3),
        fourFifths: points.default(8),
        breached: points.default(20),
        eachMore: points.default(5),
        most: points.default(35),
      })
      .refine((w) => rising([w.half, w.fourFifths, w.breached, w.most]), {
        path: ['most'],
        message: notRising,
      })
      .prefault({}),
    /** Days that the promise has passed by. */
    overdue: growing(40, 2, 60),
    /** Days by which the projected finish passes the promise. */
    projectedLate: growing(20, 2, 30),
    /** Purchase orders that it waits for and that are late. */
    latePurchases: growing(12, 4, 20),
    /** Products of it that one supplier alone offers. */
    singleSource: growing(4, 2, 8),
    /** Lines that neither stock nor what is on its way covers. */
    shortLines: growing(10, 3, 18),
    /** The gravest open incident linked to it, by level 1, 2, 3. */
    incidentByLevel: z.tuple([points, points, points]).refine(rising, notRising).default([8, 16, 30]),
    byClass: z
      .record(orderClassSchema, points)
      .refine(({ critical, urgent, normal }) => rising([normal, urgent, critical]), notRising)
      .default({ critical: 12, urgent: 6, normal: 0 }),
    /** By grade 0 to 3. */
    byGrade: z.tuple([points, points, points, points]).refine(rising, notRising).default([0, 2, 4, 8]),
    byTier: z
      .record(tierSchema, points)
      .refine(({ strategic, key, regular }) => rising([regular, key, strategic]), notRising)
      .default({ strategic: 8, key: 4, regular: 0 }),
  })
  .meta({ id: 'RiskPolicy' });
export type RiskPolicy = z.infer<typeof riskPolicySchema>;

/** What makes an order risky; a machine key each. */
export const RISK_CODES = [
  'overdue',
  'projectedLate',
  'timeAgainstWork',
  'deadlineBreached',
  'deadlineRunning',
  'incident',
  'latePurchases',
  'shortLines',
  'singleSource',
  'class',
  'grade',
  'tier',
] as const;

/** The risk of an open order with its reasons, the heaviest first (P15.5). */
export const riskSchema = z
  .object({
    score: points.meta({ description: '0 to 100' }),
    reasons: z.array(
      z.object({ code: z.enum(RISK_CODES), points: z.int().min(1), zh: z.string(), en: z.string() }),
    ),
  })
  .meta({ id: 'Risk' });
export type Risk = z.infer<typeof riskSchema>;
export type RiskReason = Risk['reasons'][number];
