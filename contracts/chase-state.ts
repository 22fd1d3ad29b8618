import { z } from 'zod';
import { chaseKindSchema, chasePhaseSchema, chaseReaderSchema } from '../domain/chase/shape.js';
import { roleSchema } from '../domain/roles/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { openDeadlineSchema } from './order-state.js';

/** The plan of a chase: who is asked, until when, who is told. Ids alone; what is asked for stands in its row. */
export const chasePlanSchema = z.object({
  number: z.string(),
  kind: chaseKindSchema,
  role: roleSchema,
  /** Whom its task is never given to: who did what is checked. */
  not: z.array(z.string()),
  tell: z.array(chaseReaderSchema),
  tellDone: z.array(chaseReaderSchema),
  /** What it hangs on. */
  order: z.string().nullable(),
  incident: z.string().nullable(),
  /** Ids for the task: `item`. */
  facts: z.record(z.string(), z.string()),
  openedAt: instantSchema,
  policyRevision: z.int(),
  zone: z.string(),
  rounds: z.record(z.string(), z.int()),
  /** Its deadline, planned and written with its row. */
  deadlines: z.array(openDeadlineSchema),
});
export type ChasePlan = z.infer<typeof chasePlanSchema>;

export const chaseTaskSchema = z.object({
  kind: z.enum([...chaseKindSchema.options, 'reach']),
  role: z.string(),
  department: z.string(),
  round: z.int(),
  deadline: z.string().optional(),
});

/** All a workflow knows of its chase: carried by continue-as-new and stored as `resume` with every step. */
export const chaseStateSchema = z.object({
  version: z.int(),
  phase: chasePhaseSchema,
  begun: z.boolean(),
  tasks: z.record(z.string(), chaseTaskSchema),
  rounds: z.record(z.string(), z.int()),
  deadlines: z.array(openDeadlineSchema),
  breached: z.boolean(),
  events: z.array(z.object({ at: instantSchema, what: z.string() })),
});
export type ChaseState = z.infer<typeof chaseStateSchema>;

export const chaseInputSchema = z.object({
  plan: chasePlanSchema,
  resume: chaseStateSchema.optional(),
  unsent: z.array(z.string()).optional(),
});
export type ChaseInput = z.infer<typeof chaseInputSchema>;
