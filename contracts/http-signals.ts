import { z } from 'zod';
import { SIGNAL_STATUSES, signalInputSchema, signalMapSchema } from '../domain/signals/shape.js';
import { instantSchema } from '../domain/time/shape.js';

// Whatever its rules carry: names are Prometheus' own, values are anybody's.
const labels = z
  .record(z.string().max(200), z.string().max(5000))
  .refine((all) => Object.keys(all).length <= 100, 'must have at most 100 entries');

const alertSchema = z.looseObject({
  status: z.enum(SIGNAL_STATUSES),
  labels,
  annotations: labels.default({}),
  startsAt: z.string().max(50),
  endsAt: z.string().max(50).optional(),
  generatorURL: z.string().max(5000).optional(),
  fingerprint: z.string().min(1).max(100),
});

/** What Prometheus' Alertmanager posts to a webhook, version 4, as it is; fields that it gains later are let through. */
export const alertmanagerSchema = z
  .looseObject({
    version: z.literal('4'),
    groupKey: z.string().max(5000),
    truncatedAlerts: z.int().min(0).optional(),
    status: z.enum(SIGNAL_STATUSES),
    receiver: z.string().max(500).optional(),
    groupLabels: labels.optional(),
    commonLabels: labels.optional(),
    commonAnnotations: labels.optional(),
    externalURL: z.string().max(5000).optional(),
    alerts: z.array(alertSchema).min(1, 'must have at least one alert').max(500),
  })
  .meta({ id: 'AlertmanagerWebhook' });
export type AlertmanagerBody = z.infer<typeof alertmanagerSchema>;

/** Either form. */
export const signalBodySchema = z.union([alertmanagerSchema, signalInputSchema]);
export type SignalBody = z.infer<typeof signalBodySchema>;

/** What came of each alert, in the order they were sent. */
export const signalAnswerSchema = z
  .object({
    /** Whether this very delivery had been taken before; then nothing was done again. */
    repeated: z.boolean(),
    alerts: z.array(
      z.object({
        status: z.enum(SIGNAL_STATUSES),
        /** The incident that it opened or joined, or that it is noted on; null where none is open. */
        incident: z.string().nullable(),
        joined: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'SignalAnswer' });
export type SignalAnswer = z.infer<typeof signalAnswerSchema>;

/** A source's map, and who set it; nobody while it is empty from the start. */
export const signalMapViewSchema = signalMapSchema
  .extend({
    source: z.string(),
    updatedBy: z.string().nullable(),
    updatedAt: instantSchema.nullable(),
  })
  .meta({ id: 'SignalMapView' });
export type SignalMapView = z.infer<typeof signalMapViewSchema>;
