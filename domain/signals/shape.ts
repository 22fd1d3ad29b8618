import { z } from 'zod';
import { type IncidentFacts, incidentFactsSchema } from '../incident/shape.js';
import { orderNumberSchema } from '../order/shape.js';
import { incidentTypeSchema, type Severity, severitySchema } from '../playbooks/shape.js';
import { blockText, lineText } from '../text/shape.js';

export const SIGNAL_STATUSES = ['firing', 'resolved'] as const;

/** An alert in our own form, as any system can send it. */
export const signalInputSchema = z
  .strictObject({
    /** Without it the source's map says. */
    type: incidentTypeSchema.optional(),
    /** The sender's name for the fault: the same while it lasts, and in the word that it is over. */
    key: lineText(150),
    summary: blockText(2000),
    status: z.enum(SIGNAL_STATUSES),
    severity: severitySchema.optional(),
    facts: incidentFactsSchema.optional(),
    /** Orders that it is known to affect; more are found by what its facts name. */
    orders: z.array(orderNumberSchema).max(500).optional(),
  })
  .meta({ id: 'Signal' });
export type SignalInput = z.infer<typeof signalInputSchema>;

/** An alert of any source, as maps see it. */
export interface Alert {
  status: (typeof SIGNAL_STATUSES)[number];
  /** The same for one fault while it lasts. */
  fingerprint: string;
  labels: Readonly<Record<string, string>>;
  annotations: Readonly<Record<string, string>>;
  /** What the sender said outright; a map does not overrule it. */
  said: {
    type?: string;
    severity?: Severity;
    facts?: IncidentFacts;
    summary?: string;
    orders?: readonly string[];
  };
}

const labelName = lineText(100);
const labelValue = z.string().max(500);

/** A label that must be so; one that is missing is empty. */
const matcherSchema = z.union([
  z.strictObject({ label: labelName, is: labelValue }),
  z.strictObject({ label: labelName, isNot: labelValue }),
  z.strictObject({ label: labelName, startsWith: labelValue }),
  z.strictObject({ label: labelName, oneOf: z.array(labelValue).min(1).max(100) }),
]);
export type Matcher = z.infer<typeof matcherSchema>;

const placeholders = /\{(labels\.[^{}]{1,100}|annotations\.[^{}]{1,100}|fingerprint|source)\}/g;

/** Text with `{labels.name}`, `{annotations.name}`, `{fingerprint}`, `{source}` filled in; what is missing is empty. */
const templateOf = (max: number) =>
  lineText(max).refine((text) => !/[{}]/.test(text.replace(placeholders, '')), {
    message: 'may hold {labels.name}, {annotations.name}, {fingerprint} and {source} alone',
  });

const { shape: facts } = incidentFactsSchema;
type TextFact = Exclude<keyof IncidentFacts, 'skus' | 'delayHours' | 'peopleInDanger'>;
const textFacts = Object.keys(facts).filter(
  (key) => !['skus', 'delayHours', 'peopleInDanger'].includes(key),
) as [TextFact, ...TextFact[]];

/** One mapping: alerts that all its matchers fit are reports of this type. */
export const signalRuleSchema = z
  .strictObject({
    /** All must fit; none fits every alert. */
    matchers: z.array(matcherSchema).max(20),
    type: incidentTypeSchema,
    /** Without it the rules of the playbook say. */
    severity: severitySchema.optional(),
    /** Alerts with one key are one incident; without it each fingerprint is its own. */
    dedupKey: templateOf(150).optional(),
    summary: templateOf(500).optional(),
    /** What the incident names; one that turns out empty is left out. */
    facts: z.partialRecord(z.enum(textFacts), templateOf(200)).optional(),
    /** Articles, joined by commas. */
    skus: templateOf(500).optional(),
  })
  .meta({ id: 'SignalRule' });
export type SignalRule = z.infer<typeof signalRuleSchema>;

/** How a source's alerts become reports: the first mapping that fits counts (P12.1). */
export const signalMapSchema = z
  .strictObject({ rules: z.array(signalRuleSchema).max(200) })
  .meta({ id: 'SignalMap' });
export type SignalMap = z.infer<typeof signalMapSchema>;
