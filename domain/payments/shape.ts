import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../money/shape.js';
import { orderNumberSchema } from '../order/shape.js';
import { lineText } from '../text/shape.js';
import { instantInputSchema } from '../time/shape.js';

/** In the order a payment goes through them. */
export const PAYMENT_STATES = ['pending', 'failed', 'succeeded', 'refunded'] as const;
export const paymentStateSchema = z.enum(PAYMENT_STATES).meta({ id: 'PaymentState' });
export type PaymentState = z.infer<typeof paymentStateSchema>;

export const providerSchema = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a provider’s name in small letters, like alipay')
  .meta({ id: 'PaymentProvider' });

/** A payment as it stands at its provider. The provider's reference names it; a later state replaces an earlier one. */
export const paymentInputSchema = z
  .strictObject({
    order: orderNumberSchema,
    amountMinor: amountMinorSchema.min(1, 'must be above 0'),
    currency: currencySchema,
    provider: providerSchema,
    reference: lineText(100),
    state: paymentStateSchema,
    /** Why it failed, in the provider's words. */
    failure: lineText(500).optional(),
    at: instantInputSchema,
  })
  .refine((payment) => payment.failure === undefined || payment.state === 'failed', {
    path: ['failure'],
    message: 'stands only with the state "failed"',
  })
  .meta({ id: 'PaymentReport' });
export type PaymentInput = z.infer<typeof paymentInputSchema>;
