import { chaseBlocks } from './chase-blocks.js';
import { type NoticeFacts, needed } from './facts.js';
import { incidentBlocks, incidentName } from './incident-blocks.js';
import type { Block } from './letter.js';
import { chooseFor, type Locale } from './locale.js';
import { staffBlocks } from './order-blocks.js';

/** What a notice is about, as our people read of it: one wording serves orders and incidents. */
export interface Matter {
  /** Within a sentence: `订单 SO-…`, `突发情况 IN-…（供应商延迟）`. */
  name: string;
  blocks: Block[];
}

/** The order or the incident of a notice, with what is chased about it. Throws MissingFactError where it is about neither. */
export function matterOf(f: NoticeFacts, locale: Locale): Matter {
  const { name, blocks } = subjectOf(f, locale);
  return { name, blocks: f.chase ? [...chaseBlocks(f, f.chase, locale), ...blocks] : blocks };
}

function subjectOf(f: NoticeFacts, locale: Locale): Matter {
  if (f.incident) {
    return { name: incidentName(f.incident, locale), blocks: incidentBlocks(f, f.incident, locale) };
  }
  const order = needed(f.order, 'order');
  const name = chooseFor(locale)(`订单 ${order.number}`, `order ${order.number}`);
  return { name, blocks: staffBlocks(f, order, locale) };
}
