import { z } from 'zod';
import { incidentPhaseSchema } from '../domain/incident/shape.js';
import { stepRunSchema } from '../domain/playbooks/run/shape.js';
import { playbookSchema, severitySchema } from '../domain/playbooks/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { openDeadlineSchema } from './order-state.js';

/** The plan of an incident, pinned at its start: the playbook's revision, times and ladder of its level (design §5). */
export const incidentPlanSchema = z.object({
  number: z.string(),
  playbook: playbookSchema,
  playbookRevision: z.int(),
  severity: severitySchema,
  reportedAt: instantSchema,
  policyRevision: z.int(),
  drill: z.boolean(),
  ownerId: z.string().nullable(),
  zone: z.string(),
  /** Where the incident's record answers, for the Temporal UI. */
  incidentUrl: z.string(),
  /** Rounds already used, by task and deadline name. */
  rounds: z.record(z.string(), z.int()),
  /** Acknowledgement and confirmation, planned and written with the report. */
  deadlines: z.array(openDeadlineSchema),
});
export type IncidentPlan = z.infer<typeof incidentPlanSchema>;

/** A task as the workflow of an incident holds it. `step`: of the playbook, where it is for one. */
export const incidentTaskSchema = z.object({
  kind: z.enum([
    'confirm',
    'step',
    'decision',
    'wait',
    'action',
    'report',
    'review',
    'reach',
    'team',
    'update',
  ]),
  role: z.string(),
  department: z.string(),
  round: z.int(),
  deadline: z.string().optional(),
});

/** How far the customers have answered a decision that is theirs: how many are left, and what was chosen by any. */
export const customerChoiceSchema = z.object({ left: z.int(), options: z.array(z.string()) });
export type CustomerChoice = z.infer<typeof customerChoiceSchema>;

/** All a workflow knows of its incident: carried by continue-as-new and stored as `resume` with every step. */
export const incidentStateSchema = z.object({
  version: z.int(),
  phase: incidentPhaseSchema,
  severity: severitySchema,
  begun: z.boolean(),
  acknowledged: z.boolean(),
  /** Whether somebody has confirmed and activated it. */
  activated: z.boolean(),
  /** Who has it, as the record found them; for the Temporal UI. */
  owner: z.string().optional(),
  /** Whether somebody has confirmed or changed the team that was proposed (P12.2). */
  teamConfirmed: z.boolean().optional(),
  /** Whether a step has told those affected: then they hear how it goes on as well (P03.5). */
  affectedTold: z.boolean().optional(),
  /** The incident it is a part of; null where that one ended without a review, and it looks back by itself. */
  parent: z.string().nullable().optional(),
  parentReviewed: z.boolean().optional(),
  /** Decisions that customers take, by their steps. */
  choices: z.record(z.string(), customerChoiceSchema).optional(),
  /** How many reports there were when it last heard of one. */
  reports: z.int().optional(),
  /** The level by the rules on the record, while nobody has overruled them: the incident rises to it by itself. */
  assessed: severitySchema.optional(),
  steps: z.array(stepRunSchema),
  tasks: z.record(z.string(), incidentTaskSchema),
  rounds: z.record(z.string(), z.int()),
  deadlines: z.array(openDeadlineSchema),
  breached: z.boolean(),
  events: z.array(z.object({ at: instantSchema, what: z.string() })),
});
export type IncidentState = z.infer<typeof incidentStateSchema>;

export const incidentInputSchema = z.object({
  plan: incidentPlanSchema,
  resume: incidentStateSchema.optional(),
  unsent: z.array(z.string()).optional(),
});
export type IncidentWorkflowInput = z.infer<typeof incidentInputSchema>;
