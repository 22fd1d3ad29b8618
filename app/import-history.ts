import { assessOrder } from '../domain/assessment/assess-order.js';
import { defaultAssessmentPolicy } from '../domain/assessment/defaults.js';
import { lineAmountMinor, orderAmountMinor } from '../domain/assessment/line-amount.js';
import type { AssessmentPolicy } from '../domain/assessment/shape.js';
import { MAX_AMOUNT_MINOR } from '../domain/money/shape.js';
import { toInstant } from '../domain/time/instant.js';
import { epochMsAt } from '../domain/time/local-date.js';
import type { ImportMapping } from './import-mapping.js';
import type { ImportedOrder } from './import-records.js';
import { ImportRefused } from './import-refused.js';

export type HistoricalOrder = ReturnType<typeof toHistoricalOrder>;

/**
 * The rules the other company's orders are judged by: lead time and amount, as the mapping says. Of our own policy
 * nothing enters, so that the same files always come out the same.
 */
export function assessmentPolicyOf(mapping: ImportMapping): AssessmentPolicy {
  const large = mapping.largeAmountMinor;
  return {
    ...defaultAssessmentPolicy,
    currency: mapping.currency,
    rates: {},
    rules: { shortLeadTime: true, largeAmount: true, specialRequirement: false, priorityRequested: false },
    largeAmountMinorByTier: { strategic: large, key: large, regular: large },
    // Which of another company's customers and orders were key is not in its files.
    keyOrder: { tiers: [], amountMinor: MAX_AMOUNT_MINOR },
  };
}

/**
 * An imported order as history: assessed at its own date, closed, never started. Its instants are noon of their day in
 * `zone`: the files know days alone, and at noon a day is the same in the neighbouring zones.
 */
export function toHistoricalOrder(order: ImportedOrder, mapping: ImportMapping, zone: string) {
  const { lines: imported, orderedOn, shippedOn, ...facts } = order;
  const noon = (date: string) => toInstant(epochMsAt(date, '12:00', zone));
  const lines = imported.map((line, at) => ({ line: at + 1, ...line, amountMinor: amountOf(order, [line]) }));
  const amountMinor = amountOf(order, imported);
  const assessment = assessOrder({
    lines: imported.map(({ quantity }) => ({
      leadTimeKind: mapping.products.leadTimeKind,
      leadTimeDays: mapping.leadTimeDays,
      scalesWithQuantity: mapping.scalesWithQuantity,
      quantity,
    })),
    amountMinor,
    currency: mapping.currency,
    tier: 'regular',
    receivedOn: orderedOn,
    requestedDelivery: order.requestedDelivery,
    policy: assessmentPolicyOf(mapping),
  });
  const { leadTimeToBeStated: _toBeStated, ...assessed } = assessment;
  const receivedAt = noon(orderedOn);
  return {
    orderedOn,
    lines,
    /** The columns of `orders` that come from the files. */
    facts: {
      ...facts,
      ...assessed,
      channel: mapping.channel,
      currency: mapping.currency,
      amountMinor,
      receivedAt,
      phase: 'closed' as const,
      endedAt: noon(shippedOn ?? order.requestedDelivery),
      decisions: [
        {
          class: assessed.class,
          grade: assessed.grade,
          keyOrder: assessed.keyOrder,
          by: 'policy',
          at: receivedAt,
          policyRevision: null,
          reason: `imported from ${mapping.source}, by the rules of its mapping`,
        },
      ],
    },
  };
}

function amountOf(order: ImportedOrder, lines: ImportedOrder['lines']): number {
  try {
    const [only] = lines;
    return lines.length === 1 && only ? lineAmountMinor(only) : orderAmountMinor(lines);
  } catch (error) {
    throw new ImportRefused([`order ${order.customerReference}: ${(error as Error).message}`]);
  }
}
