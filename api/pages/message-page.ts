import type { ErrorCode } from '../../app/errors.js';
import type { OrderFacts } from '../../domain/wording/facts.js';
import { type Locale, say, type Words } from '../../domain/wording/locale.js';
import { contactWords } from '../../domain/wording/order-blocks.js';
import { PAGE_WORDS as W } from '../../domain/wording/pages.js';
import { html } from './html.js';
import { layout } from './layout.js';

/** A page that says one thing. */
export interface Message {
  status: number;
  title: Words;
  text: Words;
}

/** What a link says that cannot be followed, or a submission that came to nothing. */
export const MESSAGES = {
  done: { status: 200, title: W.done, text: W.doneText },
  later: { status: 202, title: W.later, text: W.laterText },
  used: { status: 410, title: W.usedTitle, text: W.usedText },
  withdrawn: { status: 410, title: W.withdrawnTitle, text: W.withdrawnText },
  expired: { status: 410, title: W.expiredTitle, text: W.expiredText },
  gone: { status: 410, title: W.goneTitle, text: W.goneText },
  unknown: { status: 404, title: W.unknownTitle, text: W.unknownText },
  forbidden: { status: 403, title: W.forbiddenTitle, text: W.forbiddenText },
  signOffClosed: { status: 403, title: W.forbiddenTitle, text: W.signOffClosedText },
  duties: { status: 409, title: W.forbiddenTitle, text: W.dutiesText },
  changed: { status: 409, title: W.changedTitle, text: W.changedText },
  unreadable: { status: 400, title: W.unreadableTitle, text: W.unreadableText },
  trouble: { status: 503, title: W.troubleTitle, text: W.troubleText },
} as const satisfies Record<string, Message>;

/** What a refusal is called on a page; a code that is not here means that things have changed meanwhile. */
const BY_CODE: Partial<Record<ErrorCode, keyof typeof MESSAGES>> = {
  'task-not-open': 'used',
  'order-ended': 'used',
  'link-gone': 'gone',
  'not-found': 'gone',
  forbidden: 'forbidden',
  'separation-of-duties': 'duties',
  unavailable: 'trouble',
  internal: 'trouble',
};

/** The message for a refusal of the use case. */
export function messageOf(code: ErrorCode): Message {
  return MESSAGES[BY_CODE[code] ?? 'changed'];
}

/** The goods did not arrive: on record, and whom to call, for no page can see to it as fast. */
export function notArrivedPage(order: OrderFacts, locale: Locale): string {
  const words = [say(W.notArrivedText, locale), contactWords(order, locale)];
  return layout({ locale, title: say(W.done, locale), content: words.map((text) => html`<p>${text}</p>`) });
}

/** The page of a message. */
export function messagePage({ title, text }: Message, locale: Locale): string {
  return layout({ locale, title: say(title, locale), content: html`<p>${say(text, locale)}</p>` });
}
