import { z } from 'zod';
import { carrierScanSchema } from '../domain/logistics/shape.js';
import { paymentInputSchema } from '../domain/payments/shape.js';
import { stockInputSchema } from '../domain/supply/shape.js';
import { lineText } from '../domain/text/shape.js';

/** What a source may be allowed to send. */
export const WEBHOOK_KINDS = ['scans', 'payments', 'stock'] as const;
export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

const most = 200;

/** A signed delivery: its id, and what its source is allowed to send; all of it is taken, or nothing. */
export const webhookBodySchema = z
  .strictObject({
    /** Of the sender; the same one is taken once. */
    id: lineText(100),
    scans: z.array(carrierScanSchema).min(1).max(most).optional(),
    payments: z.array(paymentInputSchema).min(1).max(most).optional(),
    stock: z
      .array(stockInputSchema.required({ countedAt: true }))
      .min(1)
      .max(most)
      .optional(),
  })
  .refine((body) => WEBHOOK_KINDS.some((kind) => body[kind] !== undefined), {
    path: ['scans'],
    message: 'must hold scans, payments or stock',
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookBody = z.infer<typeof webhookBodySchema>;

/** How many of each were new; the others stood on record already, or something later does. */
export const webhookAnswerSchema = z
  .object({ id: z.string(), scans: z.int(), payments: z.int(), stock: z.int() })
  .meta({ id: 'WebhookAnswer' });
export type WebhookAnswer = z.infer<typeof webhookAnswerSchema>;
