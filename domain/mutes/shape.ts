import { z } from 'zod';
import { incidentTypeSchema, keySchema } from '../playbooks/shape.js';
import { blockText, lineText } from '../text/shape.js';
import { durationMs, instantInputSchema } from '../time/shape.js';

/** 静默: known and being worked on. 维护时段: planned work on what is watched. */
export const MUTE_KINDS = ['mute', 'maintenance'] as const;
export const muteKindSchema = z.enum(MUTE_KINDS).meta({ id: 'MuteKind' });

const longest = 'P30D';

/**
 * Keeps what monitors find from being reported for a time (P12.4): dated, owned, and over by itself. What it names is
 * quiet, all that it names at once; it must name something.
 */
export const muteInputSchema = z
  .strictObject({
    kind: muteKindSchema,
    /** A rule's key. */
    monitor: keySchema.optional(),
    /** What is measured: an endpoint’s id, an order’s number, `sku@warehouse`. */
    subject: lineText(200).optional(),
    /** The type of the incident that would be opened. */
    type: incidentTypeSchema.optional(),
    reason: blockText(500),
    /** Id of the person who answers for it. */
    owner: lineText(64),
    /** Now, where absent. */
    from: instantInputSchema.optional(),
    until: instantInputSchema,
  })
  .refine(({ monitor, subject, type }) => monitor ?? subject ?? type, {
    path: ['monitor'],
    message: 'must name what is quiet: a monitor, a subject or a type',
  })
  .meta({ id: 'NewMute' });
export type MuteInput = z.infer<typeof muteInputSchema>;

/** A mute of a month is a monitor that is switched off; that is said by its rule. */
export const LONGEST_MUTE_MS = durationMs(longest);
