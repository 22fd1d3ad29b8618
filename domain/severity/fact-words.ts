import type { z } from 'zod';
import { formatAmount } from '../money/format-amount.js';
import type { factSchema, Words } from '../playbooks/shape.js';

export type Fact = z.infer<typeof factSchema>;

// Past four decimals a share says no more to anybody.
const number = (value: number) => String(Math.round(value * 10_000) / 10_000);
const percent = (value: number) => `${Math.round(value * 1000) / 10}%`;

const FACT_WORDS: Record<Fact, (value: number, currency: string) => Words> = {
  customersAffectedShare: (value) => ({
    zh: `受影响客户占比 ${percent(value)}`,
    en: `${percent(value)} of the customers affected`,
  }),
  customersAffected: (value) => ({
    zh: `受影响客户 ${number(value)} 家`,
    en: `customers affected: ${number(value)}`,
  }),
  ordersAffected: (value) => ({
    zh: `受影响订单 ${number(value)} 个`,
    en: `orders affected: ${number(value)}`,
  }),
  criticalOrdersAffected: (value) => ({
    zh: `受影响急难订单 ${number(value)} 个`,
    en: `critical orders affected: ${number(value)}`,
  }),
  delayHours: (value) => ({ zh: `延误 ${number(value)} 小时`, en: `delay in hours: ${number(value)}` }),
  amountMinorAffected: (value, currency) => ({
    zh: `涉及金额 ${formatAmount(value, currency, 'zh-CN')}`,
    en: `amount affected: ${formatAmount(value, currency, 'en')}`,
  }),
  peopleInDanger: () => ({ zh: '有人员面临危险', en: 'people are in danger' }),
};

/** A fact with its value, as people read it. Amounts are in minor units of `currency`, the company's. */
export function factWords(fact: Fact, value: number, currency: string): Words {
  return FACT_WORDS[fact](value, currency);
}
