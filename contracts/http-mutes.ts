import { z } from 'zod';
import { muteKindSchema } from '../domain/mutes/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { namedSchema } from './http-page.js';

/** A mute or a maintenance window (P12.4). */
export const muteViewSchema = z
  .object({
    id: z.string(),
    kind: muteKindSchema,
    monitor: z.string().nullable(),
    subject: z.string().nullable(),
    type: z.string().nullable(),
    reason: z.string(),
    owner: namedSchema,
    from: instantSchema,
    until: instantSchema,
    /** Whether it is in force now. */
    inForce: z.boolean(),
    /** Openings that it has kept quiet. */
    quieted: z.int(),
    createdBy: z.string(),
    createdAt: instantSchema,
    endedBy: z.string().nullable(),
    endedAt: instantSchema.nullable(),
  })
  .meta({ id: 'Mute' });
export type MuteView = z.infer<typeof muteViewSchema>;
