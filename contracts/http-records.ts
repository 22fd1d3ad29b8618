import { z } from 'zod';
import { instantSchema } from '../domain/time/shape.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** One thing that happened to an order: a change, a notice, or an instant of a deadline. */
export const timelineEntrySchema = z
  .object({
    at: instantSchema,
    /** What kind of record it stands on. */
    source: z.enum(['audit', 'notice', 'deadline']),
    /** A machine word: `accept`, `evaluate`, `notice.orderConfirmed`, `rung.fired`, … */
    what: z.string(),
    words: wordsSchema,
    /** Who did it; null for a customer's reader where it was one of our people. */
    actor: namedSchema.nullable(),
    task: z.string().nullable(),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof timelineEntrySchema>;

export const noticeViewSchema = z
  .object({
    key: z.string(),
    order: z.string().nullable(),
    /** Of an incident's; one that affects an order stands among that order's as well. */
    incident: z.string().nullable(),
    template: z.string(),
    channel: z.string(),
    recipient: z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() }),
    state: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'joined']),
    subject: z.string().nullable(),
    messageId: z.string().nullable(),
    attempts: z.int(),
    lastError: z.string().nullable(),
    createdAt: instantSchema,
    sentAt: instantSchema.nullable(),
    readAt: instantSchema.nullable(),
  })
  .meta({ id: 'Notice' });
export type NoticeView = z.infer<typeof noticeViewSchema>;

export const auditViewSchema = z
  .object({
    seq: z.int(),
    key: z.string(),
    at: instantSchema,
    subject: z.string(),
    actor: z.string(),
    credential: z.string(),
    action: z.string(),
    detail: z.unknown(),
  })
  .meta({ id: 'AuditEntry' });
export type AuditView = z.infer<typeof auditViewSchema>;
