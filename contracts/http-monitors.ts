import { z } from 'zod';
import { monitorRuleSchema } from '../domain/monitors/shape.js';
import { instantSchema } from '../domain/time/shape.js';

/** A monitor: its rule, and what it sees now. */
export const monitorViewSchema = z
  .object({
    key: z.string(),
    revision: z.int(),
    rule: monitorRuleSchema,
    /** The last look; null before the first. */
    lookedAt: instantSchema.nullable(),
    /** Why it could not measure then; null where it could. */
    lastError: z.string().nullable(),
    /** Since when it is blind, as an incident says; null while it sees. */
    blindSince: instantSchema.nullable(),
    /** What is bad now, and since when; `muted`: a mute keeps it quiet. */
    open: z.array(z.object({ subject: z.string(), since: instantSchema, muted: z.boolean() })),
    updatedBy: z.string(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'Monitor' });
export type MonitorView = z.infer<typeof monitorViewSchema>;

/** Body of `PUT`: the revision that was read, 0 for a rule that is new. */
export const revisionedRuleSchema = z
  .strictObject({ revision: z.int().min(0), rule: monitorRuleSchema })
  .meta({ id: 'RevisionedMonitorRule' });
export type RevisionedRule = z.infer<typeof revisionedRuleSchema>;
