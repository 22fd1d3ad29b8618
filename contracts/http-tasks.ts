import { z } from 'zod';
import { pointSchema } from '../domain/order/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { taskKindSchema } from './forms.js';
import { orderSummarySchema, proposalViewSchema } from './http.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** A task in a list. */
export const taskSummarySchema = z
  .object({
    id: z.string(),
    order: z.string().nullable(),
    kind: taskKindSchema,
    /** What it asks for, in words. */
    words: wordsSchema,
    /** Who may finish it. */
    role: z.string(),
    department: z.string(),
    round: z.int(),
    assignee: namedSchema.nullable(),
    /** Why that one: `salesOwner`, `evaluates`, `skill`, `leastLoad`, `onlyOne`, `didItBefore`. */
    assignedBecause: z.string().nullable(),
    state: z.enum(['open', 'done', 'withdrawn']),
    openedAt: instantSchema,
    dueAt: instantSchema.nullable(),
    finishedAt: instantSchema.nullable(),
    finishedBy: namedSchema.nullable(),
    /** Whether the credential that asks may finish it now. */
    mayComplete: z.boolean(),
  })
  .meta({ id: 'TaskSummary' });
export type TaskSummary = z.infer<typeof taskSummarySchema>;

/** A question to the customer, and the answer as it was given (P07.5). */
export const questionViewSchema = z
  .object({
    id: z.string(),
    point: pointSchema,
    words: wordsSchema,
    department: z.string(),
    text: z.string(),
    askedAt: instantSchema,
    answer: z.string().nullable(),
    answeredHow: z.string().nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: instantSchema.nullable(),
  })
  .meta({ id: 'Question' });
export type QuestionView = z.infer<typeof questionViewSchema>;

/** One department's evaluation as it was given. */
export const evaluationViewSchema = z
  .object({
    task: z.string(),
    department: z.string(),
    round: z.int(),
    by: namedSchema.nullable(),
    at: instantSchema.nullable(),
    points: z.record(
      pointSchema,
      z.object({ ok: z.boolean(), note: z.string().optional(), ask: z.string().optional() }),
    ),
    /** Points it does not confirm. */
    objections: z.array(pointSchema),
  })
  .meta({ id: 'Evaluation' });
export type EvaluationView = z.infer<typeof evaluationViewSchema>;

/** A task with its form and all that a person needs to finish it. */
export const taskViewSchema = taskSummarySchema
  .extend({
    /** What it is about: question and proposal ids, points in conflict, the day offered. */
    facts: z.record(z.string(), z.unknown()),
    /** The body of `…/complete` as a JSON schema. */
    form: z.record(z.string(), z.unknown()),
    orderSummary: orderSummarySchema.nullable(),
    lines: z.array(
      z.object({
        sku: z.string(),
        name: wordsSchema,
        quantity: z.int(),
        unitPriceMinor: z.int(),
        amountMinor: z.int(),
      }),
    ),
    specialRequirements: z.string().nullable(),
    process: z.string().nullable(),
    shippingMethod: z.string().nullable(),
    groundStatement: z.string().nullable(),
    questions: z.array(questionViewSchema),
    evaluations: z.array(evaluationViewSchema),
    /** The proposal that is open for signature. */
    proposal: proposalViewSchema.nullable(),
    /** What was sent when it was finished. */
    result: z.unknown(),
  })
  .meta({ id: 'Task' });
export type TaskView = z.infer<typeof taskViewSchema>;

/** What a change answers once its record has committed. */
export const commandDoneSchema = z
  .looseObject({
    number: z.string(),
    phase: z.string(),
    version: z.int(),
    task: z.string().optional(),
    /** `recorded`: on the record, and the task stays open (an attempt that reached nobody). */
    state: z.enum(['done', 'recorded']).optional(),
  })
  .meta({ id: 'CommandDone' });

/** A change that was accepted and is carried out as soon as the process can. */
export const commandPendingSchema = z
  .object({ id: z.string(), state: z.literal('pending') })
  .meta({ id: 'CommandPending' });

/** How a command came out. */
export const commandViewSchema = z
  .object({
    id: z.string(),
    kind: z.enum(['start', 'update', 'signal', 'record']),
    name: z.string(),
    order: z.string(),
    state: z.enum(['pending', 'done', 'refused', 'failed']),
    /** The HTTP status it was, or would have been, answered with; null while it is pending. */
    status: z.int().nullable(),
    /** The reply of one that is done. */
    result: z.unknown(),
    /** Why it was refused: a stable code and a sentence. */
    refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
    attempts: z.int(),
    createdAt: instantSchema,
    settledAt: instantSchema.nullable(),
  })
  .meta({ id: 'Command' });
export type CommandView = z.infer<typeof commandViewSchema>;
