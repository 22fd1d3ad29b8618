import { z } from 'zod';
import { paymentStateSchema } from '../domain/payments/shape.js';
import { instantSchema } from '../domain/time/shape.js';

/** A payment as its provider last reported it. */
export const paymentViewSchema = z
  .object({
    id: z.string(),
    order: z.string(),
    amountMinor: z.int(),
    currency: z.string(),
    provider: z.string(),
    reference: z.string(),
    state: paymentStateSchema,
    failure: z.string().nullable(),
    at: instantSchema,
  })
  .meta({ id: 'Payment' });
export type PaymentView = z.infer<typeof paymentViewSchema>;
