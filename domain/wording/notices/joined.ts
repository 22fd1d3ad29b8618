import type { NoticeFacts } from '../facts.js';
import type { Block } from '../letter.js';
import { type Choose, type Locale, say, type Words } from '../locale.js';

/** What another incident has to say to the same customer, as the record gives it along. */
interface Joined {
  nature: Words | null;
  measures: Words | null;
  words: string | null;
  orders: string[];
}

/** One letter tells a customer of all incidents that concern their orders now. */
export function joinedBlocks(f: NoticeFacts, t: Choose, locale: Locale): Block[] {
  const joined = (Array.isArray(f.given.joined) ? f.given.joined : []) as Joined[];
  const items = joined.flatMap(({ nature, measures, words, orders }) => {
    const told = [nature && say(nature, locale), measures && say(measures, locale), words].filter(Boolean);
    if (told.length === 0) return [];
    const about =
      orders.length > 0 ? t(`（订单 ${orders.join('、')}）`, ` (order ${orders.join(', ')})`) : '';
    return [`${told.join(t('：', ': '))}${about}`];
  });
  return items.length === 0 ? [] : [{ h: t('另外请您知悉', 'Please also note') }, { items }];
}
