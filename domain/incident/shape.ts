import { z } from 'zod';
import { orderNumberSchema } from '../order/shape.js';
import { incidentTypeSchema, severitySchema } from '../playbooks/shape.js';
import { blockText, lineText } from '../text/shape.js';

/** The life of an incident (P16.3); one that ends at confirmation is a false alarm, or left to routine handling. */
export const INCIDENT_PHASES = [
  'reported',
  'responding',
  'mitigated',
  'resolved',
  'reviewed',
  'archived',
  'falseAlarm',
  'routine',
] as const;
export const incidentPhaseSchema = z.enum(INCIDENT_PHASES).meta({ id: 'IncidentPhase' });
export type IncidentPhase = z.infer<typeof incidentPhaseSchema>;

/** Phases an incident never leaves. */
export const ENDED_INCIDENT_PHASES = ['archived', 'falseAlarm', 'routine'] as const;

export const incidentNumberSchema = z
  .string()
  .regex(/^IN-\d{8}-\d{4,10}$/, 'must be an incident number, e.g. IN-20261123-0001')
  .meta({ id: 'IncidentNumber' });

/** What an incident names: from these, affected orders are found (design §5). Ids and codes, no names of people. */
export const incidentFactsSchema = z
  .strictObject({
    supplier: lineText(64).optional(),
    skus: z.array(lineText(64)).max(200).optional(),
    warehouse: lineText(64).optional(),
    carrier: lineText(64).optional(),
    region: lineText(100).optional(),
    endpoint: lineText(64).optional(),
    purchaseOrder: lineText(64).optional(),
    shipment: lineText(64).optional(),
    payment: lineText(64).optional(),
    delayHours: z.number().min(0).max(100_000).optional(),
    peopleInDanger: z.boolean().optional(),
  })
  .meta({ id: 'IncidentFacts' });
export type IncidentFacts = z.infer<typeof incidentFactsSchema>;

/** A report, by a person, a client or a monitor (P03.2). */
export const incidentInputSchema = z
  .strictObject({
    type: incidentTypeSchema,
    summary: blockText(2000),
    /** What reported it: `monitor/stock`, `alertmanager`, a person's own words. Default: who reports. */
    source: lineText(100).optional(),
    /** Reports with the same key join one open incident and are counted. */
    dedupKey: lineText(200).optional(),
    /** Overrules what the rules of the playbook say. */
    severity: severitySchema.optional(),
    facts: incidentFactsSchema.optional(),
    orders: z.array(orderNumberSchema).max(500).optional(),
    /** The open incident that this one is a part of: one storm, forty late deliveries. */
    parent: incidentNumberSchema.optional(),
  })
  .meta({ id: 'IncidentInput' });
export type IncidentInput = z.infer<typeof incidentInputSchema>;
