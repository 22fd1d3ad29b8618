import { formatAmount } from '../money/format-amount.js';
import type { Fraction } from '../money/fraction.js';
import type { OrderInput } from '../order/shape.js';
import type { LeadTimeFinding } from './assess-lead-time.js';
import type { Reason, Tier } from './shape.js';

/** Customer tiers in words (P15.4). */
export const TIER_WORDS: Record<Tier, { zh: string; en: string }> = {
  strategic: { zh: '战略客户', en: 'strategic customers' },
  key: { zh: '重点客户', en: 'key customers' },
  regular: { zh: '普通客户', en: 'regular customers' },
};

const GROUND_WORDS: Record<NonNullable<OrderInput['ground']>, { zh: string; en: string }> = {
  life: { zh: '人身安全', en: "people's lives" },
  property: { zh: '财产安全', en: 'property' },
  'major-interest': { zh: '重大利益', en: 'a major interest' },
};

const quotedLength = 80;

/** A person's words on one line, cut where they are long: the whole stands with the order. */
function quote(words: string): string {
  const characters = [...words.replace(/\s+/g, ' ').trim()];
  return characters.length > quotedLength
    ? `${characters.slice(0, quotedLength - 1).join('')}…`
    : characters.join('');
}

/** Days with at most two decimals: 7.8. */
const daysText = ({ numerator, denominator }: Fraction) =>
  String(Math.round((Number(numerator) / Number(denominator)) * 100) / 100);

const plural = (days: string) => (days === '1' ? '1 day' : `${days} days`);

/** 要求交期短于正常交期 (P09.1). */
export function shortLeadTimeReason({ requestedDays, normal }: LeadTimeFinding): Reason {
  const days = daysText(normal.days);
  // Past the last factor the figure is the least it can be.
  const least = normal.toBeStated
    ? { zh: '（按数量至少）', en: ' (at least, for this quantity)' }
    : { zh: '', en: '' };
  return {
    code: 'shortLeadTime',
    zh: `要求交期 ${requestedDays} 天，短于正常交期 ${days} 天${least.zh}`,
    en: `${plural(String(requestedDays))} asked for, shorter than the normal lead time of ${plural(days)}${least.en}`,
  };
}

/** 金额大 (P09.1); the threshold is in the company's currency. */
export function largeAmountReason(
  order: { amountMinor: number; currency: string; tier: Tier },
  threshold: { amountMinor: number; currency: string },
): Reason {
  const zh = (a: { amountMinor: number; currency: string }) =>
    formatAmount(a.amountMinor, a.currency, 'zh-CN');
  const en = (a: { amountMinor: number; currency: string }) => formatAmount(a.amountMinor, a.currency, 'en');
  const tier = TIER_WORDS[order.tier];
  return {
    code: 'largeAmount',
    zh: `订单金额 ${zh(order)}，达到${tier.zh}的大额标准 ${zh(threshold)}`,
    en: `amount of ${en(order)}, at or above ${en(threshold)}, which is large for ${tier.en}`,
  };
}

/** 特殊要求 (P09.1). */
export function specialRequirementReason(words: string): Reason {
  return {
    code: 'specialRequirement',
    zh: `有特殊要求：${quote(words)}`,
    en: `special requirement: ${quote(words)}`,
  };
}

/** 优先级要求, with its reason (P09.1). */
export function priorityReason(words: string): Reason {
  return {
    code: 'priorityRequested',
    zh: `客户要求优先处理：${quote(words)}`,
    en: `priority asked for: ${quote(words)}`,
  };
}

/** 急难 (P06.2): what is at stake, as declared. */
export function groundReason(ground: NonNullable<OrderInput['ground']>): Reason {
  const words = GROUND_WORDS[ground];
  return { code: 'ground', zh: `声明涉及${words.zh}`, en: `declared to concern ${words.en}` };
}
