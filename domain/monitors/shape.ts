import { z } from 'zod';
import { type IncidentFacts, incidentFactsSchema } from '../incident/shape.js';
import {
  incidentTypeSchema,
  keySchema,
  obligationSchema,
  severitySchema,
  wordsSchema,
} from '../playbooks/shape.js';
import { roleSchema } from '../roles/shape.js';
import { lineText } from '../text/shape.js';
import { durationMs, durationSchema, type Instant, instantSchema } from '../time/shape.js';

/**
 * What is measured: of each kind its samples' subject and value; higher is worse in every one. A subject that is not
 * sampled any more (received, delivered, in stock again) is well.
 */
export const MONITOR_KINDS = {
  /** Subject an order; its time so far ÷ the usual limit of its class (`usualTime`). */
  processingTime: 'order',
  /** Subject `activities` or `api`; 1 a failed call, 0 a good one, or the share of failed ones with their number as weight. */
  failureRate: 'part',
  /** Subject an order; days that its promise has passed by, or its projected finish passes it, whichever is more. */
  pastPromise: 'order',
  /** Subject a purchase order without the supplier's word; working hours since it was due. */
  supplierSilent: 'purchase order',
  /** Subject a purchase order; days since the confirmed day, or the day needed by, that goods are missing. */
  receiptOverdue: 'purchase order',
  /** Subject `sku@warehouse`; pieces below its reorder level. */
  stockBelowLevel: 'stock',
  /** Subject a provider; 1 a failed payment, 0 a good one. */
  paymentFailures: 'provider',
  /** Subject a shipment under way; hours since its last scan. */
  scansMissing: 'shipment',
  /** Subject a shipment without any scan; minutes since the courier was to fetch it. */
  courierNoPickup: 'shipment',
  /** Subject an endpoint; 1 a failed probe, 0 a good one. */
  endpointProbe: 'endpoint',
  /** Subject a channel; minutes that the oldest unsent notice waits. */
  unsentNotices: 'channel',
} as const;
export const monitorKindSchema = z.enum(Object.keys(MONITOR_KINDS) as [MonitorKind, ...MonitorKind[]]);
export type MonitorKind = keyof typeof MONITOR_KINDS;

// A look more often than this is a load of its own, and no fault here needs it.
const soonestMs = 10_000;

/** Consecutive readings that open and close, so that one bad moment is no incident and one good moment no recovery. */
const hysteresisSchema = z.strictObject({
  /** Bad readings in a row, of one subject, that open. */
  openAfter: z.int().min(1).max(100),
  /** Good readings in a row that close. */
  closeAfter: z.int().min(1).max(100),
  /** Each opening of a subject within this time doubles the good readings that its next closing needs. */
  dampFor: durationSchema.default('P1D'),
});

/** One rule of monitoring, as data (P12.1, P18.6). */
export const monitorRuleSchema = z
  .strictObject({
    key: keySchema,
    kind: monitorKindSchema,
    name: wordsSchema,
    cites: z.array(obligationSchema).min(1),
    /** How often it looks; of endpoints, each is probed no sooner than its own interval. */
    every: durationSchema
      // A text that is no duration has its message already; this check must not throw over it.
      .refine((text) => !durationSchema.safeParse(text).success || durationMs(text) >= soonestMs, {
        message: 'must be at least PT10S',
      })
      .default('PT1M'),
    /** Only these subjects; all where absent. */
    only: z.array(lineText(120)).min(1).max(200).optional(),
    /** How far back samples count. */
    window: durationSchema,
    /**
     * The reading of a subject at an instant: the worst sample of that `instant`; or of the whole window the `mean`,
     * weighted, or the `sum`.
     */
    reads: z.enum(['instant', 'mean', 'sum']),
    /** Samples, by weight, without which a mean says nothing: a single failed call out of one is no rate. */
    leastWeight: z.number().min(0).default(0),
    /** Bad from `openAt` on, good below `closeBelow`; in the band between, a reading opens and closes nothing. */
    threshold: z
      .strictObject({ openAt: z.number(), closeBelow: z.number() })
      .refine(({ openAt, closeBelow }) => closeBelow <= openAt, {
        path: ['closeBelow'],
        message: 'must not be above `openAt`',
      }),
    hysteresis: hysteresisSchema,
    /** Reports of one fault join by it; `{subject}` stands for what was measured. */
    dedupKey: z
      .string()
      .max(120)
      .regex(/^[^{}]*\{subject\}[^{}]*$/, 'must hold {subject} once, like stock/{subject}'),
    opens: incidentTypeSchema,
    /** The level it is taken for at first; without it the rules of the playbook say. */
    severity: severitySchema.optional(),
    /** Of the incident: `{subject}`, `{value}` and `{limit}` are filled in. */
    summary: wordsSchema,
    /** How its value is written. */
    unit: z.enum(['times', 'share', 'days', 'hours', 'minutes', 'pieces', 'count']),
    /** Who is told at once what it found, besides the incident's team (P12.1). */
    tells: z.array(roleSchema).default(['orderManager', 'technicalSupport']),
    active: z.boolean().default(true),
  })
  .meta({ id: 'MonitorRule' });
export type MonitorRule = z.infer<typeof monitorRuleSchema>;
export type MonitorRuleSource = z.input<typeof monitorRuleSchema>;

/** What a sample adds to the report that it makes. */
export interface SampleDetails {
  facts?: IncidentFacts;
  /** Numbers of affected orders. */
  orders?: readonly string[];
  severity?: 1 | 2 | 3;
}

/**
 * One measurement. `value` null: it should have been there and could not be had, as of an endpoint that is registered and
 * was not probed. Without `subject`: nothing could be measured at all.
 */
export interface Sample {
  at: Instant;
  subject?: string;
  value: number | null;
  /** How many calls it stands for; 1 unless said. */
  weight?: number;
  details?: SampleDetails;
}

const watchSchema = z.object({
  /** The instant of the newest reading; older ones count no more. */
  readAt: instantSchema,
  /** The instant of its newest bad reading. */
  badAt: instantSchema,
  /** Bad, or good, readings in a row. */
  bad: z.int().min(0),
  good: z.int().min(0),
  /** Since when it is open; null while it is not. */
  openSince: instantSchema.nullable(),
  /** Openings within the damping time, the oldest first. */
  openings: z.array(instantSchema),
});
export type Watch = z.infer<typeof watchSchema>;

/** An incident to report. */
export const monitorOpeningSchema = z.object({
  rule: keySchema,
  dedupKey: z.string(),
  type: incidentTypeSchema,
  severity: severitySchema.optional(),
  summary: wordsSchema,
  /** `monitor/<rule>`. */
  source: z.string(),
  /** What was measured; null where the monitor itself is blind. */
  subject: z.string().nullable(),
  value: z.number().nullable(),
  at: instantSchema,
  facts: incidentFactsSchema.optional(),
  orders: z.array(z.string()).optional(),
  tells: z.array(roleSchema),
});
export type MonitorOpening = z.infer<typeof monitorOpeningSchema>;

/** What a monitor remembers between two looks: of each subject that is not simply well, and of its own sight. */
export const monitorStateSchema = z.object({
  subjects: z.record(z.string(), watchSchema),
  sight: watchSchema.nullable(),
  /** Openings that a mute keeps quiet, by their dedup key: reported when it ends and the fault is still there (P12.4). */
  held: z.record(z.string(), monitorOpeningSchema).optional(),
});
export type MonitorState = z.infer<typeof monitorStateSchema>;

/** The fault is over: the incident of this key may be told so. */
export const monitorClosingSchema = z.object({
  rule: keySchema,
  dedupKey: z.string(),
  subject: z.string().nullable(),
  at: instantSchema,
  openSince: instantSchema,
});
export type MonitorClosing = z.infer<typeof monitorClosingSchema>;
