import { z } from 'zod';
import { deadlineClassSchema } from '../domain/deadlines/shape.js';
import { evaluationGistSchema, matrixPolicySchema } from '../domain/evaluation/shape.js';
import {
  evaluatorSchema,
  gradeSchema,
  measureSchema,
  milestoneSchema,
  orderClassSchema,
  orderPhaseSchema,
} from '../domain/order/shape.js';
import { roleSchema } from '../domain/roles/shape.js';
import { instantSchema, localDateSchema } from '../domain/time/shape.js';
import { taskKindSchema } from './forms.js';

/** One instant a deadline still has before it: a warning (50, 80), the breach (0) or a rung (1…). */
export const instantPlanSchema = z.object({
  kind: z.enum(['warning', 'breach', 'rung']),
  index: z.int(),
  at: instantSchema,
});
export type InstantPlan = z.infer<typeof instantPlanSchema>;

/** A running deadline as the workflow holds it; the row in Postgres is the record. */
export const openDeadlineSchema = z.object({
  id: z.string(),
  kind: z.string(),
  dueAt: instantSchema,
  provisional: z.boolean(),
  instants: z.array(instantPlanSchema),
});
export type OpenDeadline = z.infer<typeof openDeadlineSchema>;

/** The plan: what domain/ made of order, catalogue, calendar, policy and people at intake (design §3.3). */
export const orderPlanSchema = z.object({
  number: z.string(),
  class: orderClassSchema,
  grade: gradeSchema,
  red: z.boolean(),
  keyOrder: z.boolean(),
  tier: z.string(),
  receivedAt: instantSchema,
  requestedDelivery: localDateSchema,
  policyRevision: z.int(),
  /** Which handling decision this plan follows: 1 at intake, one more with each overruling. */
  planNumber: z.int(),
  ground: z.boolean(),
  salesOwnerId: z.string().nullable(),
  departments: z.array(evaluatorSchema),
  matrix: matrixPolicySchema,
  signerRole: roleSchema,
  signBySignal: z.boolean(),
  contactAttempts: z.int(),
  /** Evaluation and confirmation, planned and written at intake. */
  deadlines: z.array(openDeadlineSchema),
  /** Deadline class of those opened later. */
  deadlineClass: deadlineClassSchema,
});
export type OrderPlan = z.infer<typeof orderPlanSchema>;

export const openTaskSchema = z.object({
  kind: taskKindSchema,
  role: z.string(),
  department: z.string(),
  round: z.int(),
  deadline: z.string().optional(),
});
export type OpenTask = z.infer<typeof openTaskSchema>;

/**
 * All a workflow knows of its order: carried by continue-as-new and stored as `resume` with every record transaction,
 * so that a lost workflow starts again from it.
 */
export const orderStateSchema = z.object({
  /** The record's version this state was stored with. */
  version: z.int(),
  phase: orderPhaseSchema,
  class: orderClassSchema,
  /** Whether the first step, telling the departments, is on record. */
  begun: z.boolean(),
  tasks: z.record(z.string(), openTaskSchema),
  /** How often each department has been asked to evaluate. */
  rounds: z.partialRecord(evaluatorSchema, z.int()),
  evaluations: z.partialRecord(evaluatorSchema, evaluationGistSchema),
  /** Times the evaluation, the measure, a proposal and an alternative were gone through. */
  measureRound: z.int(),
  proposalRound: z.int(),
  alternativeRound: z.int(),
  conflictRound: z.int(),
  evaluationRound: z.int(),
  measure: measureSchema.nullable(),
  promised: localDateSchema.nullable(),
  proposal: z.string().nullable(),
  milestones: z.array(milestoneSchema),
  attempts: z.int(),
  deadlines: z.array(openDeadlineSchema),
  breached: z.boolean(),
  /** Signals taken and steps without a command so far: parts of their keys. */
  signals: z.int(),
  steps: z.int(),
  /** The last three events, for the Temporal UI. */
  events: z.array(z.object({ at: instantSchema, what: z.string() })),
});
export type OrderState = z.infer<typeof orderStateSchema>;

export const urgentOrderInputSchema = z.object({
  plan: orderPlanSchema,
  resume: orderStateSchema.optional(),
});
export type UrgentOrderInput = z.infer<typeof urgentOrderInputSchema>;

/** How the workflow ended. */
export const urgentOrderResultSchema = z.object({ number: z.string(), phase: z.string() });
export type UrgentOrderResult = z.infer<typeof urgentOrderResultSchema>;
