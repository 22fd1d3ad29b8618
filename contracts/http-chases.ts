import { z } from 'zod';
import { chaseKindSchema, chasePhaseSchema } from '../domain/chase/shape.js';
import { roleSchema } from '../domain/roles/shape.js';
import { blockText } from '../domain/text/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** A production problem, raised in one call (P09.3); order manager and manufacturing are told. */
export const problemInputSchema = z
  .strictObject({
    what: blockText(2000),
    note: blockText(2000).optional(),
    /** Who is asked to settle it. */
    role: roleSchema.default('manufacturing'),
  })
  .meta({ id: 'NewProblem' });
export type ProblemInput = z.infer<typeof problemInputSchema>;

export const chaseViewSchema = z
  .object({
    number: z.string(),
    kind: chaseKindSchema,
    words: wordsSchema,
    phase: chasePhaseSchema,
    order: z.string().nullable(),
    incident: z.string().nullable(),
    /** The action item that it sees to, or whose effect it checks. */
    actionItem: z.string().nullable(),
    what: z.string().nullable(),
    note: z.string().nullable(),
    /** Who is asked. */
    role: z.string().nullable(),
    task: z.string().nullable(),
    dueAt: instantSchema.nullable(),
    breached: z.boolean(),
    createdBy: namedSchema,
    createdAt: instantSchema,
    endedAt: instantSchema.nullable(),
    /** Who gave it up, and why. */
    gaveUp: z.object({ by: namedSchema, at: instantSchema, because: z.string() }).nullable(),
  })
  .meta({ id: 'Chase' });
export type ChaseView = z.infer<typeof chaseViewSchema>;
