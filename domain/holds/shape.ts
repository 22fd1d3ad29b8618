import { z } from 'zod';
import { deadlineKindSchema } from '../deadlines/shape.js';

/** Why an order is held, a machine key. Open, so that a new reason is a row of the policy. */
export const holdReasonSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'must be a key like customerAsked')
  .meta({ id: 'HoldReason' });

/** What a hold of one reason stops. Everything else of the order goes on. */
export const holdRuleSchema = z.strictObject({
  /** Deadlines that stand still; at release they get the time back that they had left. */
  stops: z.array(deadlineKindSchema).max(40),
  /** Whether the goods may not leave meanwhile. */
  shipping: z.boolean(),
});
export type HoldRule = z.infer<typeof holdRuleSchema>;

/** What each reason stops. A reason that is not in it cannot be given. */
export const holdsPolicySchema = z.record(holdReasonSchema, holdRuleSchema);
export type HoldsPolicy = z.infer<typeof holdsPolicySchema>;

/**
 * 暂停. What the customer asks for stops our own clocks: nobody is chased for what the customer does not want yet. What we
 * or a carrier are the cause of stops the goods alone: the promise to the customer stands, and its clock runs.
 */
export const defaultHoldsPolicy: HoldsPolicy = {
  customerAsked: {
    stops: ['evaluation', 'measure', 'alternatives', 'confirmation', 'question', 'conflict', 'delivery'],
    shipping: true,
  },
  /** P01.6: goods leave when the payment is settled; until then delivery is not late by our doing. */
  payment: { stops: ['delivery'], shipping: true },
  /** P10.4: no goods leave while their quality is in question. */
  quality: { stops: [], shipping: true },
  /** P08.2, P13.2: an incident holds what is to be sent. */
  shipment: { stops: [], shipping: true },
  other: { stops: [], shipping: true },
};
