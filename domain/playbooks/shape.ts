import { z } from 'zod';
import { roleSchema } from '../roles/shape.js';
import { durationRuleSchema } from '../time/shape.js';
import { actionNameSchema, isNotice } from './actions/shape.js';

/** Words in both languages that people read. */
export const wordsSchema = z.strictObject({
  zh: z.string().trim().min(1).max(1000),
  en: z.string().trim().min(1).max(2000),
});
export type Words = z.infer<typeof wordsSchema>;

/** Name of a step, an option, a field or a cause within its playbook. */
export const keySchema = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'must be words in lower case joined by hyphens, like call-supplier')
  .max(60);

/** An obligation of the procedures: `P18.1`. */
export const obligationSchema = z.string().regex(/^P(0[1-9]|1\d|20)\.\d{1,2}$/, 'must be an id like P18.1');

/** 一级, 二级, 三级 (P11.1). */
export const severitySchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);
export type Severity = z.infer<typeof severitySchema>;

export const incidentTypeSchema = keySchema.meta({ id: 'IncidentType' });

/**
 * Phases in their order. `contain` and `notify` begin together once the incident is confirmed: telling people does not
 * wait for a temporary solution, the notice says when it follows (P03.5). Each later phase waits for those before it.
 */
export const PHASES = ['confirm', 'contain', 'notify', 'recover', 'normal', 'close'] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

/** One field of a task's form. Texts have at most 2,000 characters, a choice one of its options. */
export const fieldSchema = z
  .strictObject({
    key: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be a key like caseNumber'),
    label: wordsSchema,
    kind: z.enum(['text', 'line', 'yesNo', 'choice', 'number', 'date', 'instant', 'money']),
    required: z.boolean().default(true),
    options: z
      .array(z.strictObject({ key: keySchema, label: wordsSchema }))
      .min(2)
      .optional(),
  })
  .refine((field) => (field.kind === 'choice') === (field.options !== undefined), {
    path: ['options'],
    message: 'must stand with the kind "choice", and only with it',
  });
export type Field = z.input<typeof fieldSchema>;

const base = {
  key: keySchema,
  phase: phaseSchema,
  title: wordsSchema,
  /** The obligations it serves. */
  cites: z.array(obligationSchema).min(1),
  /** Steps that must be over first, done or skipped; within the same phase or an earlier one. */
  needs: z.array(keySchema).default([]),
  /** Below this level the step is left out; when the level rises, it is added. */
  minSeverity: severitySchema.default(1),
  /** Runs at once, before anybody has confirmed: isolate, hold shipments, staff safety, the customer who reported. */
  beforeConfirmation: z.boolean().default(false),
};

/** A person does something and says what came of it. Without `form` the answer is one note. */
export const taskStepSchema = z.strictObject({
  ...base,
  kind: z.literal('task'),
  role: roleSchema,
  /** What exactly, in the words of the procedure. */
  instructions: wordsSchema,
  form: z.array(fieldSchema).min(1).max(20).optional(),
  due: durationRuleSchema,
});

/** The product does something by itself, or asks the role that can, with the inputs the automatic form takes. */
export const actionStepSchema = z
  .strictObject({
    ...base,
    kind: z.literal('action'),
    action: actionNameSchema,
    /** Who does it where the product cannot, and who owns it when it fails. */
    role: roleSchema,
    due: durationRuleSchema,
    /** What the notice tells besides the scope, which comes from data (P02.4). */
    nature: wordsSchema.optional(),
    measures: wordsSchema.optional(),
    /** Which channels a notice to the team takes besides mail: group robots (P14.6). */
    urgent: z.boolean().default(false),
    /** Addressees in policy (`notifyAuthorities`), the meeting's subject (`convene`), what is to be improved (`openActionItem`). */
    about: wordsSchema.optional(),
    /** Of `holdShipments`: the orders affected, or every open order of their customers; the orders affected if left out. */
    scope: z.enum(['affected', 'customers']).optional(),
  })
  .refine((step) => isNotice(step.action) === (step.nature !== undefined && step.measures !== undefined), {
    path: ['nature'],
    message: 'nature and measures must stand with a notice, and only with it',
  })
  .refine((step) => step.scope === undefined || step.action === 'holdShipments', {
    path: ['scope'],
    message: 'stands with holdShipments alone',
  });

/** Somebody chooses; what an option leads to runs only when it was chosen. */
export const decisionStepSchema = z.strictObject({
  ...base,
  kind: z.literal('decision'),
  /** `customer`: each affected customer is asked by link, with a phone task of the role beside it. */
  by: z.union([z.literal('customer'), roleSchema]),
  /** Who asks the customer, or answers for them by telephone. */
  role: roleSchema,
  question: wordsSchema,
  options: z
    .array(z.strictObject({ key: keySchema, label: wordsSchema, leadsTo: z.array(keySchema) }))
    .min(2)
    .max(8),
  due: durationRuleSchema,
  /** What is done without an answer by then; without it the decision climbs the ladder until somebody decides. */
  otherwise: keySchema.optional(),
});

/** The playbook waits for something to be so, at most so long; then the role is asked to look (a wait has an end). */
export const waitStepSchema = z.strictObject({
  ...base,
  kind: z.literal('wait'),
  /** What is waited for, in words; a person or a fact that arrives says it is so. */
  until: wordsSchema,
  role: roleSchema,
  atMost: durationRuleSchema,
});

export const stepSchema = z.discriminatedUnion('kind', [
  taskStepSchema,
  actionStepSchema,
  decisionStepSchema,
  waitStepSchema,
]);
export type Step = z.infer<typeof stepSchema>;

/** Facts that severity rules and notices go by; gathered from the record, never from the reporter's memory. */
export const FACTS = [
  'customersAffectedShare',
  'customersAffected',
  'ordersAffected',
  'criticalOrdersAffected',
  'delayHours',
  'amountMinorAffected',
  'peopleInDanger',
] as const;
export const factSchema = z.enum(FACTS);

/** The incident has this level where every condition holds; the highest level that holds counts (P11.1). */
export const severityRuleSchema = z.strictObject({
  level: severitySchema,
  when: z.array(z.strictObject({ fact: factSchema, atLeast: z.number() })).min(1),
  because: wordsSchema,
});

/** How affected orders are found: those that hang on what the incident names (design §5). */
export const AFFECTED_BY = [
  'reported',
  'supplier',
  'product',
  'warehouse',
  'carrier',
  'region',
  'payment',
  'endpoint',
  'everything',
] as const;
export const affectedBySchema = z.enum(AFFECTED_BY);
export type AffectedBy = z.infer<typeof affectedBySchema>;

const timesSchema = z.partialRecord(
  z.enum(['acknowledge', 'confirm', 'firstNotice', 'update', 'mitigate', 'report', 'review']),
  durationRuleSchema,
);

/** 应急预案: what is done about one type of incident, as data (P13.5). */
export const playbookSchema = z
  .strictObject({
    type: incidentTypeSchema,
    name: wordsSchema,
    /** When this playbook applies, in a sentence. */
    applies: wordsSchema,
    cites: z.array(obligationSchema).min(1),
    /** Whose business it is: the owner is found in this role by skill, on-call and load (P03.3). */
    ownerRole: roleSchema,
    skills: z.array(z.string().max(40)).default([]),
    /** 应急小组: its named roles and who fills them (P02.1, P14.1, P16.2, P18.7). */
    team: z.array(z.strictObject({ key: keySchema, name: wordsSchema, role: roleSchema })).min(1),
    /** The team is called in the first step at every level (P19.4). */
    teamFirst: z.boolean().default(false),
    /** One query, or several: an order that any of them finds is affected. */
    affected: z.union([affectedBySchema, z.array(affectedBySchema).min(1).max(4)]),
    /**
     * Types of which an open incident takes this one as its part where both name the same: one storm, forty late
     * deliveries. The first of them that was reported counts.
     */
    childOf: z
      .array(
        z.strictObject({
          types: z.array(incidentTypeSchema).min(1),
          shares: z.enum(['region', 'carrier', 'warehouse', 'supplier', 'endpoint']),
        }),
      )
      .min(1)
      .optional(),
    severity: z.strictObject({ otherwise: severitySchema, rules: z.array(severityRuleSchema) }),
    /** Times of its own, where the procedure asks for haste; else the policy's of the level. */
    times: timesSchema.default({}),
    steps: z.array(stepSchema).min(1).max(60),
    /** Categories of root cause to choose from in the review (P12.3). */
    causes: z.array(z.strictObject({ key: keySchema, name: wordsSchema })).min(2),
  })
  .meta({ id: 'Playbook' });
/** A playbook as it is kept: every default filled in. */
export type Playbook = z.infer<typeof playbookSchema>;
/** A playbook as it is written. */
export type PlaybookSource = z.input<typeof playbookSchema>;
