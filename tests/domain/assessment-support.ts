import type { AssessmentInput } from '../../domain/assessment/assess-order.js';
import { defaultAssessmentPolicy } from '../../domain/assessment/defaults.js';
import type { TimedLine } from '../../domain/assessment/normal-lead-time.js';
import { addDays } from '../../domain/time/local-date.js';

export const policy = defaultAssessmentPolicy;

/** A line of a product with a normal lead time of 30 days, one piece. */
export const line = (with_: Partial<TimedLine> = {}): TimedLine => ({
  leadTimeKind: 'standardToOrder',
  scalesWithQuantity: true,
  quantity: 1,
  ...with_,
});

/** An order that is not red: a regular customer's, small, delivery after `days` (60 unless said). */
export function order(with_: Partial<AssessmentInput> = {}, days = 60): AssessmentInput {
  const receivedOn = '2026-11-24';
  return {
    lines: [line()],
    amountMinor: 128_000,
    currency: 'CNY',
    tier: 'regular',
    receivedOn,
    requestedDelivery: addDays(receivedOn, days),
    policy,
    ...with_,
  };
}
