import { z } from 'zod';
import { actionItemIdSchema, actionItemStateSchema } from '../domain/chase/shape.js';
import { incidentNumberSchema } from '../domain/incident/shape.js';
import { blockText, lineText } from '../domain/text/shape.js';
import { instantInputSchema, instantSchema } from '../domain/time/shape.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** 整改措施: what is to be improved, by whom, until when (P16.7). Without `dueAt` the policy says: seven days. */
export const actionItemInputSchema = z
  .strictObject({
    what: blockText(2000),
    /** A person’s id. */
    owner: lineText(100),
    dueAt: instantInputSchema.optional(),
  })
  .meta({ id: 'NewActionItem' });
export type ActionItemInput = z.infer<typeof actionItemInputSchema>;

/** Those that a review names. */
export const reviewedItemsSchema = z.array(actionItemInputSchema).max(50);

export const actionItemViewSchema = z
  .object({
    id: actionItemIdSchema,
    incident: incidentNumberSchema,
    /** The step of the playbook that asked for it, or null. */
    step: z.string().nullable(),
    /** In the words of the playbook, or of whoever opened it. */
    what: wordsSchema,
    owner: namedSchema,
    dueAt: instantSchema,
    overdue: z.boolean(),
    state: actionItemStateSchema,
    /** What sees to it now, and its open task; null once it is closed. */
    chase: z.string().nullable(),
    task: z.string().nullable(),
    openedBy: namedSchema,
    openedAt: instantSchema,
    doneBy: namedSchema.nullable(),
    doneAt: instantSchema.nullable(),
    doneNote: z.string().nullable(),
    /** The second person, and what they found. */
    checkedBy: namedSchema.nullable(),
    checkedAt: instantSchema.nullable(),
    checkNote: z.string().nullable(),
    /** How often it was opened again, and the incident that repeated it. */
    reopened: z.int(),
    reopenedBecause: z.string().nullable(),
  })
  .meta({ id: 'ActionItem' });
export type ActionItemView = z.infer<typeof actionItemViewSchema>;
