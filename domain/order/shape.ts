import { z } from 'zod';
import { addressSchema } from '../address/shape.js';
import { amountMinorSchema, currencySchema } from '../money/shape.js';
import { blockText, lineText, mailAddressSchema, phoneSchema } from '../text/shape.js';
import { instantInputSchema, localDateSchema } from '../time/shape.js';
import { channelSchema, groundSchema } from './terms/shape.js';

// The words of an order stand by themselves: a workflow, which builds its schemas anew each time, needs no more of it.
export * from './terms/shape.js';

export const skuSchema = lineText(64).meta({ id: 'Sku' });
export const orderNumberSchema = z
  .string()
  .regex(/^[A-Z]{2}-\d{8}-\d{4,10}$/, 'must be an order number, e.g. SO-20261123-0001')
  .meta({ id: 'OrderNumber' });

/** One line as ordered. Quantity in the product's unit; a missing price is the catalogue's at acceptance. */
export const orderLineInputSchema = z
  .strictObject({
    sku: skuSchema,
    quantity: z
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(1_000_000, 'must be at most 1,000,000'),
    unitPriceMinor: amountMinorSchema.optional(),
    /** Discount in basis points: 250 = 2.5 %. */
    discountBp: z.int().min(0).max(10_000).optional(),
  })
  .meta({ id: 'OrderLineInput' });
export type OrderLineInput = z.infer<typeof orderLineInputSchema>;

/** By id alone, or by name with mail and telephone; e-mail is matched before telephone. */
export const customerRefSchema = z
  .strictObject({
    id: lineText(64).optional(),
    name: lineText(200).optional(),
    email: mailAddressSchema.optional(),
    phone: phoneSchema.optional(),
  })
  .refine((c) => c.id !== undefined || c.name !== undefined, {
    path: ['name'],
    message: 'must name the customer, unless an id is given',
  })
  .refine((c) => c.id === undefined || (c.name ?? c.email ?? c.phone) === undefined, {
    path: ['id'],
    message: 'must stand alone: either an id, or a name with e-mail and telephone',
  })
  .meta({ id: 'CustomerRef' });
export type CustomerRef = z.infer<typeof customerRefSchema>;

/** An instant with its zone, or a date; read as an {@link Instant} or left as the date it is. */
export const instantOrDateSchema = z
  .string()
  .overwrite((text) => {
    const read = instantInputSchema.safeParse(text);
    return read.success ? read.data : text;
  })
  .refine(
    (text) => localDateSchema.safeParse(text).success || instantInputSchema.safeParse(text).success,
    'must be a date like 2026-11-24, or a date and time with its zone, like 2026-11-24T09:30:00+08:00',
  );

/** An order as it comes in over any of the three channels (P05.1, P06.1). */
export const orderInputSchema = z
  .strictObject({
    channel: channelSchema,
    /** When the company received it; up to 24 hours back, never in the future. Default: now. */
    receivedAt: instantInputSchema.optional(),
    customer: customerRefSchema,
    lines: z.array(orderLineInputSchema).min(1, 'must have at least one line').max(200),
    currency: currencySchema.optional(),
    requestedDelivery: localDateSchema,
    /** When the customer wants the answer: an instant, or a date meaning that day's closing (P07.6). */
    requestedReplyBy: instantOrDateSchema.optional(),
    shipTo: addressSchema,
    shippingMethod: lineText(100).optional(),
    process: blockText(2000).optional(),
    specialRequirements: blockText(4000).optional(),
    priorityRequested: z.strictObject({ reason: blockText(1000) }).optional(),
    ground: groundSchema.optional(),
    groundStatement: blockText(2000).optional(),
    customerReference: lineText(100).optional(),
  })
  .meta({ id: 'OrderInput' });
export type OrderInput = z.infer<typeof orderInputSchema>;
