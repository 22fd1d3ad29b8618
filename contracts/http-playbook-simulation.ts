import { z } from 'zod';
import { rungOutcomeSchema } from '../domain/ladder/shape.js';
import { actionNameSchema } from '../domain/playbooks/actions/shape.js';
import { PHASES, severitySchema } from '../domain/playbooks/shape.js';
import { roleSchema } from '../domain/roles/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { namedSchema, wordsSchema } from './http-page.js';

const timeKindSchema = z.enum([
  'acknowledge',
  'confirm',
  'firstNotice',
  'update',
  'mitigate',
  'report',
  'review',
]);

/** A step of the playbook, or one of the times that are kept for every incident. */
const subject = { step: z.string().optional(), deadline: timeKindSchema.optional() };

const reachedSchema = z
  .object({
    person: z.string(),
    why: z.enum(['onCall', 'team', 'head', 'salesOwner', 'evaluates', 'skill', 'leastLoad', 'onlyOne']),
    onBehalfOf: z.string().optional(),
  })
  .meta({ id: 'Reached' });

const event = { at: instantSchema, line: wordsSchema };

/** One thing that would happen; `line` says it in words. */
const eventSchema = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.literal('called'),
      ...event,
      ...subject,
      role: roleSchema,
      reached: reachedSchema.nullable(),
      dueAt: instantSchema,
      customers: z.boolean(),
    }),
    z.object({ kind: z.literal('warned'), ...event, ...subject, percent: z.int(), person: z.string() }),
    z.object({ kind: z.literal('rung'), ...event, ...subject, rung: rungOutcomeSchema }),
    z.object({
      kind: z.literal('told'),
      ...event,
      step: z.string(),
      action: actionNameSchema,
      audience: z.enum(['team', 'customers', 'suppliers', 'partners', 'authorities']),
      people: z.array(z.string()),
      urgent: z.boolean(),
      nature: wordsSchema.optional(),
      measures: wordsSchema.optional(),
      about: wordsSchema.optional(),
    }),
    z.object({ kind: z.literal('acted'), ...event, step: z.string(), action: actionNameSchema }),
    z.object({
      kind: z.literal('waits'),
      ...event,
      step: z.string(),
      until: wordsSchema,
      dueAt: instantSchema,
    }),
    z.object({
      kind: z.literal('done'),
      ...event,
      ...subject,
      option: z.string().optional(),
      byDefault: z.boolean().optional(),
    }),
    z.object({ kind: z.literal('activated'), ...event, severity: severitySchema }),
    z.object({ kind: z.literal('phase'), ...event, phase: z.enum([...PHASES, 'over']) }),
  ])
  .meta({ id: 'SimulatedEvent' });

const sceneSchema = z
  .object({ events: z.array(eventSchema), endsAt: instantSchema })
  .meta({ id: 'SimulatedScene' });

/** What a revision of a playbook would do (P02.6): `POST /v1/playbooks/{type}/simulate`. Nothing of it happens. */
export const playbookSimulationSchema = z
  .object({
    type: z.string(),
    revision: z.int(),
    severity: severitySchema,
    startAt: instantSchema,
    /** The policy whose times and ladder it goes by. */
    policyRevision: z.int(),
    /** Whether a day in it lies outside the published holiday years. */
    provisional: z.boolean(),
    owner: reachedSchema.nullable(),
    team: z.array(
      z.object({
        key: z.string(),
        name: wordsSchema,
        role: roleSchema,
        reached: reachedSchema.nullable(),
      }),
    ),
    /** Steps, roles of the team and times that nobody would be there for. */
    nobody: z.array(z.object({ ...subject, team: z.string().optional(), role: roleSchema })),
    decisions: z.array(
      z.object({
        step: z.string(),
        at: instantSchema,
        taken: z.string(),
        others: z.array(z.object({ option: z.string(), leadsTo: z.array(z.string()) })),
      }),
    ),
    leftOut: z.array(z.object({ step: z.string(), because: z.enum(['severity', 'decision']) })),
    times: z.array(
      z.object({
        time: timeKindSchema,
        dueAt: instantSchema,
        doneAt: instantSchema.optional(),
        kept: z.boolean(),
      }),
    ),
    everybodyActsAtDue: sceneSchema,
    nobodyActs: sceneSchema,
    ladders: z.array(z.object({ ...subject, dueAt: instantSchema, rungs: z.array(rungOutcomeSchema) })),
    /** Everybody whom the parts above name by id. */
    people: z.array(namedSchema),
  })
  .meta({ id: 'PlaybookSimulation' });
export type PlaybookSimulationView = z.infer<typeof playbookSimulationSchema>;
