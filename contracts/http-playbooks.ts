import { z } from 'zod';
import { incidentTypeSchema, playbookSchema, severitySchema } from '../domain/playbooks/shape.js';
import { blockText } from '../domain/text/shape.js';
import { instantInputSchema, instantSchema } from '../domain/time/shape.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** The number of a revision of a playbook. */
export const revisionSchema = z
  .int('must be a whole number')
  .min(1)
  .max(2_147_483_647)
  .meta({ id: 'PlaybookRevisionNumber' });

/** A type of incident in the list of playbooks (P13.5). */
export const playbookTypeViewSchema = z
  .object({
    type: z.string(),
    name: wordsSchema,
    /** The revision in force; null for a type that has none yet, or is retired. */
    publishedRevision: z.int().nullable(),
    /** The open draft; null where there is none. */
    draftRevision: z.int().nullable(),
  })
  .meta({ id: 'PlaybookType' });
export type PlaybookTypeView = z.infer<typeof playbookTypeViewSchema>;

/** A revision of a playbook, without its content. */
export const playbookRevisionViewSchema = z
  .object({
    type: z.string(),
    revision: z.int(),
    name: wordsSchema,
    /** `retired`: was in force; another one replaced it, or somebody retired it. `discarded`: a draft that never was. */
    state: z.enum(['draft', 'published', 'retired', 'discarded']),
    /** Whether it came with the product, as it is or changed by a person before it was published. */
    builtIn: z.boolean(),
    /** Who saved it last. */
    draftedBy: namedSchema,
    draftedAt: instantSchema,
    publishedBy: namedSchema.nullable(),
    publishedAt: instantSchema.nullable(),
    /** When it went out of force, or was discarded. */
    retiredAt: instantSchema.nullable(),
    /** Who took it out of force without another one in its place, and why. */
    retiredBy: namedSchema.nullable(),
    retiredBecause: z.string().nullable(),
  })
  .meta({ id: 'PlaybookRevision' });
export type PlaybookRevisionView = z.infer<typeof playbookRevisionViewSchema>;

/** A revision of a playbook, whole. */
export const playbookViewSchema = playbookRevisionViewSchema
  .extend({ playbook: playbookSchema })
  .meta({ id: 'PlaybookView' });
export type PlaybookView = z.infer<typeof playbookViewSchema>;

/**
 * The body of `PUT /v1/playbooks/{type}/draft`: the whole playbook, and the newest revision of the type that it was made
 * from, the draft itself where there is one; 0 for a new type.
 */
export const playbookDraftInputSchema = z
  .strictObject({
    baseRevision: z.int('must be a whole number').min(0).max(2_147_483_647),
    playbook: playbookSchema,
  })
  .superRefine(({ playbook }, context) => {
    for (const path of findUnstorable(playbook, ['playbook'])) {
      context.addIssue({ code: 'custom', path, message: 'must be well-formed Unicode without NUL' });
    }
  })
  .meta({ id: 'PlaybookDraft' });
export type PlaybookDraftInput = z.infer<typeof playbookDraftInputSchema>;

/** The body of `POST /v1/playbooks/{type}/draft/publish`: the draft that was read, so that no other is published. */
export const playbookPublishInputSchema = z
  .strictObject({ revision: revisionSchema })
  .meta({ id: 'PlaybookPublish' });
export type PlaybookPublishInput = z.infer<typeof playbookPublishInputSchema>;

/** The body of `POST /v1/playbooks/{type}/retire`. */
export const playbookRetireInputSchema = z
  .strictObject({ reason: blockText(2000) })
  .meta({ id: 'PlaybookRetire' });
export type PlaybookRetireInput = z.infer<typeof playbookRetireInputSchema>;

/** What is wrong with a draft, by path in the playbook (`steps.3.needs.0`), and what would be right. */
export const playbookCheckViewSchema = z
  .object({
    type: z.string(),
    revision: z.int(),
    /** Whether it may be published. */
    valid: z.boolean(),
    problems: z.array(z.object({ path: z.string(), message: wordsSchema })),
  })
  .meta({ id: 'PlaybookCheck' });
export type PlaybookCheckView = z.infer<typeof playbookCheckViewSchema>;

/** What differs between two revisions, by keys (`steps.expedite.due`), and as a line to read. */
export const playbookDiffViewSchema = z
  .object({
    type: z.string(),
    from: z.int(),
    to: z.int(),
    changes: z.array(
      z.object({
        kind: z.enum(['added', 'removed', 'changed']),
        path: z.string(),
        before: z.unknown().optional(),
        after: z.unknown().optional(),
        line: wordsSchema,
      }),
    ),
  })
  .meta({ id: 'PlaybookDiff' });
export type PlaybookDiffView = z.infer<typeof playbookDiffViewSchema>;

/** The body of `POST /v1/playbooks/{type}/simulate`: the revision in force, unless the draft or another is named. */
export const playbookSimulateInputSchema = z
  .strictObject({
    severity: severitySchema,
    /** When the incident would be reported; now, unless given. */
    startAt: instantInputSchema.optional(),
    revision: revisionSchema.optional(),
    draft: z.boolean().optional(),
  })
  .refine(({ revision, draft }) => revision === undefined || draft !== true, {
    path: ['revision'],
    message: 'must stand alone: either revision or draft',
  })
  .meta({ id: 'PlaybookSimulate' });
export type PlaybookSimulateInput = z.infer<typeof playbookSimulateInputSchema>;

/** Part of the address. */
export const playbookParams = z.strictObject({ type: incidentTypeSchema });

/** Where texts stand that PostgreSQL cannot hold: a NUL, half a surrogate pair. */
function findUnstorable(value: unknown, path: (string | number)[]): (string | number)[][] {
  if (typeof value === 'string') return /\0|\p{Surrogate}/u.test(value) ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((entry, index) => findUnstorable(entry, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => findUnstorable(entry, [...path, key]));
}
