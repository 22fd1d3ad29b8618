import type { Instant } from '../time/shape.js';
import { PAYMENT_STATES, type PaymentState } from './shape.js';

/** Whether a report of a payment says something later than the record: providers report out of order and twice. */
export function paymentMovesOn(
  recorded: { state: PaymentState; at: Instant },
  reported: { state: PaymentState; at: Instant },
): boolean {
  if (recorded.at !== reported.at) return reported.at > recorded.at;
  return PAYMENT_STATES.indexOf(reported.state) > PAYMENT_STATES.indexOf(recorded.state);
}
