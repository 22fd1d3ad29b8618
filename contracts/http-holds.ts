import { z } from 'zod';
import { instantSchema } from '../domain/time/shape.js';

/** Why an order stands still, or stood. `note`, people and steps are for staff; null for everybody else. */
export const holdViewSchema = z
  .object({
    id: z.string(),
    reason: z.string(),
    owner: z.object({ id: z.string(), name: z.string() }).nullable(),
    note: z.string().nullable(),
    /** By when it is to be looked at again. */
    dueAt: instantSchema.nullable(),
    /** The incident that asked for it. */
    incident: z.string().nullable(),
    step: z.string().nullable(),
    heldBy: z.string().nullable(),
    heldAt: instantSchema,
    /** Null while it is open. */
    releasedAt: instantSchema.nullable(),
    releasedBy: z.string().nullable(),
    /** What settled it, in words; `incident` and `orderEnded` where nobody said. */
    releasedBecause: z.string().nullable(),
  })
  .meta({ id: 'Hold' });
export type HoldView = z.infer<typeof holdViewSchema>;
