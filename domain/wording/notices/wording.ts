import type { NoticeFacts } from '../facts.js';
import type { Block } from '../letter.js';
import type { Choose, Locale } from '../locale.js';

/** Subject and body of a notice, before mark, greeting and footer. */
export interface Draft {
  subject: string;
  blocks: Block[];
}

/** Writes a notice: `t` chooses between the two languages, side by side. Throws MissingFactError. */
export type Write = (f: NoticeFacts, t: Choose, locale: Locale) => Draft;

/** A notice by whom it goes to. What is written for our people alone never goes to a customer or a supplier. */
export interface Wording {
  customer?: Write;
  supplier?: Write;
  staff?: Write;
}
