import { z } from 'zod';
import { pointSchema } from '../domain/order/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { CHASE_FORMS } from './chase-forms.js';
import { TASK_FORMS } from './forms.js';
import { orderSummarySchema, proposalViewSchema } from './http.js';
import { chaseViewSchema } from './http-chases.js';
import { incidentSummarySchema } from './http-incidents.js';
import { namedSchema, wordsSchema } from './http-page.js';
import { INCIDENT_TASK_KINDS } from './incident-forms.js';

/** Of orders, of incidents, of what is chased. */
const taskKindSchema = z.enum([
  ...new Set([...Object.keys(TASK_FORMS), ...INCIDENT_TASK_KINDS, ...Object.keys(CHASE_FORMS)]),
]);

/** A task in a list. */
export const taskSummarySchema = z
  .object({
    id: z.string(),
    /** What it is of: an order, an incident, or what is chased. */
    order: z.string().nullable(),
    incident: z.string().nullable(),
    chase: z.string().nullable(),
    kind: taskKindSchema,
    /** What it asks for, in words; of a playbook's step, its title. */
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

/** The step of the playbook that a task of an incident is for. */
export const taskStepSchema = z
  .object({
    key: z.string(),
    kind: z.enum(['task', 'action', 'decision', 'wait']),
    title: wordsSchema,
    /** What exactly is to be done, decided or waited for. */
    ask: wordsSchema.nullable(),
    /** Fields of its form with their labels; they stand under `fields`. */
    fields: z.array(
      z.object({
        key: z.string(),
        label: wordsSchema,
        kind: z.string(),
        required: z.boolean(),
        options: z.array(z.object({ key: z.string(), label: wordsSchema })),
      }),
    ),
    /** Of a decision, with the steps that each leads to. */
    options: z.array(z.object({ key: z.string(), label: wordsSchema, leadsTo: z.array(z.string()) })),
    /** What is done without an answer by then. */
    otherwise: z.string().nullable(),
    /** What the product has done of it by itself. */
    said: wordsSchema.nullable(),
  })
  .meta({ id: 'TaskStep' });
export type TaskStepView = z.infer<typeof taskStepSchema>;

/** A task with its form and all that a person needs to finish it. */
export const taskViewSchema = taskSummarySchema
  .extend({
    /** What it is about: question and proposal ids, points in conflict, the day offered. */
    facts: z.record(z.string(), z.unknown()),
    /** The body of `…/complete` as a JSON schema. */
    form: z.record(z.string(), z.unknown()),
    orderSummary: orderSummarySchema.nullable(),
    incidentSummary: incidentSummarySchema.nullable(),
    /** What is chased: what for, the order or incident it hangs on, and what was said of it. */
    chase: chaseViewSchema.nullable(),
    /** Of an incident's task that is for a step of the playbook. */
    step: taskStepSchema.nullable(),
    /** Of an incident's: the causes to choose from in the review, and the roles of the team. */
    causes: z.array(z.object({ key: z.string(), name: wordsSchema })),
    team: z.array(z.object({ key: z.string(), name: wordsSchema, person: namedSchema.nullable() })),
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
    /** What it is for; null where that is none. */
    order: z.string().nullable(),
    incident: z.string().nullable(),
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
