import { formatAmount } from '../money/format-amount.js';
import { TIER_WORDS } from './reason-words.js';
import type { Assessment, AssessmentPolicy, Tier } from './shape.js';

/**
 * 标记关键订单: urgently needed by a customer of the named tiers, or of high value, whoever orders (P04.2). Gives the
 * reason in words, or null. `isHighValue` is the amount against the policy's, compared in the company's currency.
 */
export function assessKeyOrder(
  order: { red: boolean; tier: Tier; amountMinor: number; currency: string; isHighValue: boolean },
  policy: AssessmentPolicy,
): Assessment['keyOrderReason'] {
  if (order.isHighValue) {
    const zh = [
      formatAmount(order.amountMinor, order.currency, 'zh-CN'),
      formatAmount(policy.keyOrder.amountMinor, policy.currency, 'zh-CN'),
    ];
    const en = [
      formatAmount(order.amountMinor, order.currency, 'en'),
      formatAmount(policy.keyOrder.amountMinor, policy.currency, 'en'),
    ];
    return {
      zh: `高价值：订单金额 ${zh[0]}，达到关键订单标准 ${zh[1]}`,
      en: `high value: ${en[0]}, at or above ${en[1]}`,
    };
  }
  if (order.red && policy.keyOrder.tiers.includes(order.tier)) {
    const tier = TIER_WORDS[order.tier];
    return { zh: `急需：${tier.zh}的紧急订单`, en: `urgently needed: an urgent order of ${tier.en}` };
  }
  return null;
}
