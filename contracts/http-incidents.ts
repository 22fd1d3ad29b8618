import { z } from 'zod';
import { incidentFactsSchema, incidentPhaseSchema } from '../domain/incident/shape.js';
import { gradeSchema, orderClassSchema, orderPhaseSchema } from '../domain/order/terms/shape.js';
import { stepStateSchema } from '../domain/playbooks/run/shape.js';
import { incidentTypeSchema, severitySchema } from '../domain/playbooks/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { deadlineViewSchema } from './http.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** What a report is answered: `joined` with the number and count alone, or the incident as it was opened. */
export const reportedViewSchema = z
  .object({
    number: z.string(),
    /** It was counted in the open incident of the same `dedupKey`. */
    joined: z.boolean(),
    /** How many reports there are with it. */
    count: z.int(),
    type: incidentTypeSchema.optional(),
    name: wordsSchema.optional(),
    phase: incidentPhaseSchema.optional(),
    severity: severitySchema.optional(),
    /** `rules`, or who named the level. */
    severityBy: z.string().optional(),
    severityBecause: wordsSchema.optional(),
    /** Named by its process, right after the report. */
    owner: namedSchema.nullable().optional(),
    deadlines: z.array(deadlineViewSchema).optional(),
    /** How many orders, of how many customers; null for an API client. */
    affected: z.object({ orders: z.int(), customers: z.int() }).nullable().optional(),
    parent: z.string().nullable().optional(),
    recurrenceOf: z.string().nullable().optional(),
  })
  .meta({ id: 'ReportedIncident' });
export type ReportedView = z.infer<typeof reportedViewSchema>;

/** An incident in a list. */
export const incidentSummarySchema = z
  .object({
    number: z.string(),
    type: incidentTypeSchema,
    /** What its playbook calls it. */
    name: wordsSchema,
    phase: incidentPhaseSchema,
    phaseWords: wordsSchema,
    severity: severitySchema,
    /** Null for an API client that did not write it. */
    summary: z.string().nullable(),
    /** The summary in both languages, where a monitor wrote it; null for what a person or another system wrote. */
    summaryWords: z.object({ zh: z.string(), en: z.string() }).nullable(),
    count: z.int(),
    drill: z.boolean(),
    owner: namedSchema.nullable(),
    reportedAt: instantSchema,
    acknowledgedAt: instantSchema.nullable(),
    confirmedAt: instantSchema.nullable(),
    mitigatedAt: instantSchema.nullable(),
    resolvedAt: instantSchema.nullable(),
    endedAt: instantSchema.nullable(),
    /** The next open deadline, or null. */
    dueAt: instantSchema.nullable(),
    breached: z.boolean(),
    parent: z.string().nullable(),
    /** How many orders are linked; null for an API client. */
    orders: z.int().nullable(),
  })
  .meta({ id: 'IncidentSummary' });
export type IncidentSummary = z.infer<typeof incidentSummarySchema>;

/** A step of the playbook as it stands in this incident. */
export const incidentStepViewSchema = z
  .object({
    key: z.string(),
    phase: z.string(),
    kind: z.enum(['task', 'action', 'decision', 'wait']),
    title: wordsSchema,
    role: z.string(),
    minSeverity: severitySchema,
    beforeConfirmation: z.boolean(),
    needs: z.array(z.string()),
    /** `waiting`: not begun; `leftOut`: not part of this run, because of a decision or of the level. */
    state: stepStateSchema,
    /** The option chosen, or why it failed or was skipped. */
    outcome: z.string().nullable(),
    outcomeWords: wordsSchema.nullable(),
    /** What the product did by itself, in plain words. */
    said: wordsSchema.nullable(),
    openedAt: instantSchema.nullable(),
    settledAt: instantSchema.nullable(),
    by: namedSchema.nullable(),
    /** Its tasks, the newest last. */
    tasks: z.array(
      z.object({
        id: z.string(),
        state: z.string(),
        assignee: namedSchema.nullable(),
        dueAt: instantSchema.nullable(),
      }),
    ),
  })
  .meta({ id: 'IncidentStep' });
export type IncidentStepView = z.infer<typeof incidentStepViewSchema>;

export const affectedOrderViewSchema = z
  .object({
    number: z.string(),
    /** Why it is linked: by which query, and which of its keys; or `reported`. */
    because: z.string(),
    class: orderClassSchema,
    grade: gradeSchema,
    phase: orderPhaseSchema,
    customer: namedSchema,
  })
  .meta({ id: 'AffectedOrder' });

/** `reachable`: whether it has a mail address. `purchaseOrders`: its own that affected orders wait for. */
export const affectedSupplierViewSchema = z
  .object({
    number: z.string(),
    name: z.string(),
    reachable: z.boolean(),
    purchaseOrders: z.array(z.string()),
  })
  .meta({ id: 'AffectedSupplier' });

/** `shipments`: tracking numbers of what is under way, 20 at most; `total` says how many there are. */
export const affectedPartnerViewSchema = z
  .object({
    kind: z.enum(['carrier']),
    name: z.string(),
    shipments: z.array(z.string()),
    total: z.int(),
  })
  .meta({ id: 'AffectedPartner' });

/** An earlier incident that is like this one, and what was done then (P12.3). */
export const similarIncidentSchema = z
  .object({
    number: z.string(),
    at: instantSchema,
    summary: z.string(),
    supplier: z.string().nullable(),
    skus: z.array(z.string()),
    cause: z.object({ category: wordsSchema, words: z.string().nullable() }).nullable(),
    chosen: z.array(z.object({ step: wordsSchema, option: wordsSchema })),
    worked: z.string().nullable(),
  })
  .meta({ id: 'SimilarIncident' });

/** An incident, whole. A client that reported it gets its own report, phase and times; the rest is null or empty. */
export const incidentViewSchema = incidentSummarySchema
  .extend({
    playbookRevision: z.int(),
    /** `rules`, or who overruled them. */
    severityBy: namedSchema.nullable(),
    severityBecause: wordsSchema.nullable(),
    source: z.string().nullable(),
    dedupKey: z.string().nullable(),
    facts: incidentFactsSchema.partial().nullable(),
    reportedBy: namedSchema.nullable(),
    acknowledgedBy: namedSchema.nullable(),
    confirmedBy: namedSchema.nullable(),
    /** 应急小组: the playbook's roles with who has them. */
    team: z.array(
      z.object({ key: z.string(), name: wordsSchema, role: z.string(), person: namedSchema.nullable() }),
    ),
    deadlines: z.array(deadlineViewSchema),
    /** In the playbook's order. */
    steps: z.array(incidentStepViewSchema),
    affected: z.object({
      total: z.int(),
      customers: z.int(),
      /** The most urgent first, 200 at most. */
      orders: z.array(affectedOrderViewSchema),
      /** Named by the incident, or with open purchase orders that affected orders wait for. */
      suppliers: z.array(affectedSupplierViewSchema),
      /** Carriers with open shipments of affected orders, or named by the incident. */
      partners: z.array(affectedPartnerViewSchema),
    }),
    /** The newest first, 50 at most; `count` says how many there are. */
    reports: z.array(
      z.object({ by: namedSchema, source: z.string(), summary: z.string(), at: instantSchema }),
    ),
    children: z.array(
      z.object({
        number: z.string(),
        type: z.string(),
        phase: incidentPhaseSchema,
        severity: severitySchema,
      }),
    ),
    recurrenceOf: z.string().nullable(),
    rootCause: z.object({ category: z.string(), name: wordsSchema, words: z.string() }).nullable(),
    similar: z.array(similarIncidentSchema),
    archiveHash: z.string().nullable(),
    version: z.int(),
    /** With `?live=true`: whether the workflow answered, and its state if it did. */
    live: z.boolean().optional(),
    workflow: z.unknown().optional(),
  })
  .meta({ id: 'IncidentView' });
export type IncidentView = z.infer<typeof incidentViewSchema>;
