import { z } from 'zod';
import { evaluationFormSchema } from '../domain/evaluation/shape.js';
import { holdReasonSchema } from '../domain/holds/shape.js';
import { measureSchema, milestoneSchema, orderClassSchema } from '../domain/order/shape.js';
import { blockText, lineText } from '../domain/text/shape.js';
import { instantInputSchema, localDateSchema } from '../domain/time/shape.js';

/** How an answer of the customer reached us. */
const howSchema = z.enum(['link', 'phone', 'mail']);

/** Manufacturing's choice (P07.7). A promise later than what was asked for goes to the customer first. */
export const measureFormSchema = z
  .strictObject({
    option: measureSchema,
    /** The day manufacturing can promise; default: the day the customer asked for. */
    promisedDelivery: localDateSchema.optional(),
    note: blockText(2000).optional(),
  })
  .meta({ id: 'MeasureForm' });

/** The vice president's word on the one open proposal (P07.6). */
export const signOffFormSchema = z
  .strictObject({
    proposal: lineText(100),
    decision: z.enum(['approve', 'reject']),
    note: blockText(2000).optional(),
  })
  .refine((f) => f.decision === 'approve' || f.note !== undefined, {
    path: ['note'],
    message: 'must give the reason of a rejection',
  })
  .meta({ id: 'SignOffForm' });

/** An answer to a doubt, as it was given: who, when, words (P07.5). */
export const questionFormSchema = z
  .strictObject({
    answer: blockText(4000),
    how: howSchema.optional(),
    answeredBy: lineText(200).optional(),
    at: instantInputSchema.optional(),
  })
  .meta({ id: 'QuestionForm' });

/** The customer's answer to an alternative that was offered (P10.1). */
export const alternativeFormSchema = z
  .strictObject({
    accept: z.boolean(),
    how: howSchema.optional(),
    answeredBy: lineText(200).optional(),
    words: blockText(4000).optional(),
    at: instantInputSchema.optional(),
  })
  .meta({ id: 'AlternativeForm' });

/** What the order manager does about a point that a responsible department does not confirm. */
export const conflictFormSchema = z
  .strictObject({
    decision: z.enum(['reevaluate', 'offer', 'reject']),
    /** The day offered to the customer; with `offer` alone. */
    offeredDelivery: localDateSchema.optional(),
    reason: blockText(2000),
  })
  .refine((f) => (f.decision === 'offer') === (f.offeredDelivery !== undefined), {
    path: ['offeredDelivery'],
    message: 'must stand with the decision "offer", and only with it',
  })
  .meta({ id: 'ConflictForm' });

/** Whether the declared ground holds (P06.2); clocks run meanwhile. */
export const groundFormSchema = z
  .strictObject({ confirmed: z.boolean(), note: blockText(2000).optional() })
  .refine((f) => f.confirmed || f.note !== undefined, {
    path: ['note'],
    message: 'must say why the ground does not hold',
  })
  .meta({ id: 'GroundForm' });

/**
 * The customer's word that the goods arrived, or one attempt that did not reach anybody (P05.6). With `reached: false`
 * the task stays open until the policy's number of attempts is on record. With `received: false` it stays open, and the
 * people concerned are told.
 */
export const deliveryFormSchema = z
  .strictObject({
    how: howSchema,
    reached: z.boolean().optional(),
    /** False where the customer was reached and says that the goods did not arrive, or not whole. */
    received: z.boolean().optional(),
    confirmedBy: lineText(200).optional(),
    at: instantInputSchema,
    words: blockText(4000).optional(),
  })
  .refine((f) => f.reached !== false || f.received === undefined, {
    path: ['received'],
    message: 'must be left out where nobody was reached',
  })
  .refine((f) => f.reached === false || f.received === false || f.confirmedBy !== undefined, {
    path: ['confirmedBy'],
    message: 'must name who confirmed, unless nobody was reached ("reached": false)',
  })
  .meta({ id: 'DeliveryForm' });

/** Progress of execution (P05.5): a milestone done, or only a new projected finish with `done: false`. */
export const progressFormSchema = z
  .strictObject({
    milestone: milestoneSchema,
    done: z.boolean().optional(),
    at: instantInputSchema.optional(),
    projectedFinish: localDateSchema.optional(),
  })
  .meta({ id: 'ProgressForm' });

/** A manager's overruling of the assessment (P01.2). */
export const classifyFormSchema = z
  .strictObject({
    class: orderClassSchema,
    grade: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
    keyOrder: z.boolean().optional(),
    reason: blockText(2000),
  })
  .refine((f) => f.grade === undefined || (f.class === 'normal') === (f.grade === 0), {
    path: ['grade'],
    message: 'must be 0 for a normal order and 1 to 3 for an urgent or critical one',
  })
  .meta({ id: 'ClassifyForm' });

/** People whom no notice reached were told by other means (P07.1). */
export const reachFormSchema = z.strictObject({ note: blockText(2000) }).meta({ id: 'ReachForm' });

/** Why an order stands still (design §4); who sees to its end is named by the person's id. */
export const holdFormSchema = z
  .strictObject({
    /** A reason of the policy: `customerAsked`, `payment`, `quality`, `shipment`, `other`, … */
    reason: holdReasonSchema,
    owner: lineText(100),
    /** By when it is to be looked at again; the owner is reminded, and the ladder climbs after it. */
    dueAt: instantInputSchema.optional(),
    note: blockText(2000).optional(),
  })
  .meta({ id: 'HoldForm' });
export type HoldForm = z.infer<typeof holdFormSchema>;

/** What settled it; the order goes on. */
export const releaseFormSchema = z.strictObject({ note: blockText(2000) }).meta({ id: 'ReleaseForm' });
export type ReleaseForm = z.infer<typeof releaseFormSchema>;

/** Every kind of task and the form that finishes it (design §3.4). */
export const TASK_FORMS = {
  evaluate: evaluationFormSchema,
  question: questionFormSchema,
  measure: measureFormSchema,
  alternative: alternativeFormSchema,
  conflict: conflictFormSchema,
  ground: groundFormSchema,
  signOff: signOffFormSchema,
  customerContact: deliveryFormSchema,
  reach: reachFormSchema,
  releaseHold: releaseFormSchema,
} as const;
export type TaskKind = keyof typeof TASK_FORMS;
export const taskKindSchema = z.enum(Object.keys(TASK_FORMS) as [TaskKind, ...TaskKind[]]);
export type TaskForm<K extends TaskKind> = z.infer<(typeof TASK_FORMS)[K]>;
export type ProgressForm = z.infer<typeof progressFormSchema>;
export type ClassifyForm = z.infer<typeof classifyFormSchema>;
