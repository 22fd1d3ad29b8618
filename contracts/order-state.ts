import { z } from 'zod';
import { evaluationGistSchema } from '../domain/evaluation/gist/shape.js';
import { matrixPolicySchema } from '../domain/evaluation/shape.js';
import {
  evaluatorSchema,
  gradeSchema,
  measureSchema,
  milestoneSchema,
  orderClassSchema,
  orderPhaseSchema,
} from '../domain/order/terms/shape.js';
import { roleSchema } from '../domain/roles/shape.js';
import { instantSchema, localDateSchema } from '../domain/time/shape.js';
import { taskKindSchema } from './forms.js';

/** One instant a deadline still has before it: a warning (50, 80), the breach (0) or a rung (1…). */
export const instantPlanSchema = z.object({
  kind: z.enum(['warning', 'breach', 'rung']),
  index: z.int(),
  at: instantSchema,
});

/** A running deadline as the workflow holds it; the row in Postgres is the record. */
export const openDeadlineSchema = z.object({
  id: z.string(),
  kind: z.string(),
  dueAt: instantSchema,
  provisional: z.boolean(),
  instants: z.array(instantPlanSchema),
});
export type OpenDeadline = z.infer<typeof openDeadlineSchema>;

/** A hold as the workflow of an order holds it: what it stops was read from the policy when it was asked for. */
export const openHoldSchema = z.object({
  id: z.string(),
  reason: z.string(),
  owner: z.string(),
  stops: z.array(z.string()),
  shipping: z.boolean(),
  /** The incident that holds the order, and its step. */
  incident: z.string().optional(),
  step: z.string().optional(),
  /** The owner's task to see to its end. */
  task: z.string().optional(),
});
export type OpenHold = z.infer<typeof openHoldSchema>;

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
  /** The record's version when the plan was made. */
  recordVersion: z.int(),
  ground: z.boolean(),
  salesOwnerId: z.string().nullable(),
  departments: z.array(evaluatorSchema),
  matrix: matrixPolicySchema,
  signerRole: roleSchema,
  /** The delivery asked for comes before the confirmation is due: the order manager is told. */
  deliveryBeforeConfirmation: z.boolean(),
  /** The company's zone, for what people read in the Temporal UI. */
  zone: z.string(),
  /** Where the order's record answers, for the Temporal UI. */
  orderUrl: z.string(),
  contactAttempts: z.int(),
  /** Rounds already used by an earlier process of this order, by task and deadline name. */
  rounds: z.record(z.string(), z.int()),
  /** Evaluation and confirmation, planned and written at intake. */
  deadlines: z.array(openDeadlineSchema),
  /** Holds that were there before the process: of a normal order that became urgent. */
  holds: z.array(openHoldSchema).optional(),
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
  /** As many red bars; with the class, what a manager may overrule. */
  grade: gradeSchema,
  /** Whether the first step, telling the departments, is on record. */
  begun: z.boolean(),
  tasks: z.record(z.string(), openTaskSchema),
  evaluations: z.partialRecord(evaluatorSchema, evaluationGistSchema),
  /** How often each kind of task (and deadline) was opened, by the first part of its id: rounds are never reused. */
  rounds: z.record(z.string(), z.int()),
  measure: measureSchema.nullable(),
  /** The day that is, or is to be, promised; null while it is the one asked for. */
  promised: localDateSchema.nullable(),
  /** A later day the customer was offered and has not answered. */
  offered: localDateSchema.nullable(),
  projectedFinish: localDateSchema.nullable(),
  proposal: z.string().nullable(),
  milestones: z.array(milestoneSchema),
  attempts: z.int(),
  deadlines: z.array(openDeadlineSchema),
  /** Deadlines that stand still, and since when. */
  stopped: z.array(z.object({ id: z.string(), kind: z.string(), since: instantSchema })).optional(),
  /** Open holds. */
  holds: z.array(openHoldSchema).optional(),
  /** Incidents that affect the order. */
  incidents: z.array(z.string()).optional(),
  breached: z.boolean(),
  /** The last three events, for the Temporal UI. */
  events: z.array(z.object({ at: instantSchema, what: z.string() })),
});
export type OrderState = z.infer<typeof orderStateSchema>;

export const urgentOrderInputSchema = z.object({
  plan: orderPlanSchema,
  resume: orderStateSchema.optional(),
  /** Steps whose notices a lost run wrote and did not send. */
  unsent: z.array(z.string()).optional(),
});
export type UrgentOrderInput = z.infer<typeof urgentOrderInputSchema>;

/** How the workflow ended. */
export const urgentOrderResultSchema = z.object({ number: z.string(), phase: z.string() });
export type UrgentOrderResult = z.infer<typeof urgentOrderResultSchema>;
