import { MILESTONES } from '../../domain/order/shape.js';
import type { OrderFacts } from '../../domain/wording/facts.js';
import { type Locale, say } from '../../domain/wording/locale.js';
import { momentWords } from '../../domain/wording/moments.js';
import { contactWords, dueWords, lineWords } from '../../domain/wording/order-blocks.js';
import { TRACKING_PHASES, TRACKING_WORDS as W } from '../../domain/wording/pages.js';
import { redMark } from '../../domain/wording/red-mark.js';
import { MILESTONE_WORDS, wordsOf } from '../../domain/wording/terms.js';
import { layout, renderBlocks } from './layout.js';

const ENDED_WITHOUT_DELIVERY: readonly string[] = ['rejected', 'declined', 'cancelled'];

/** Where an order stands, for its customer: recorded facts alone, and nothing internal (P01.4, P01.5). */
export function trackingPage(order: OrderFacts, zone: string, locale: Locale): string {
  const words = (key: keyof typeof W) => say(W[key], locale);
  const confirmed = order.confirmedAt !== null;
  const reply = order.deadlines.findLast(({ kind, state }) => kind === 'confirmation' && state === 'open');
  const ended = ENDED_WITHOUT_DELIVERY.includes(order.phase);
  return layout({
    locale,
    title: `${words('title')} ${order.number}`,
    mark: redMark(order, locale),
    content: renderBlocks([
      {
        facts: [
          [words('phase'), say(wordsOf(TRACKING_PHASES, order.phase), locale)],
          [words('reference'), order.customerReference],
          [words('products'), lineWords(order, locale).join('\n')],
          [words('requested'), order.requestedDelivery],
          [words('promised'), confirmed ? order.promisedDelivery : ended ? null : words('notConfirmed')],
          [words('confirmedAt'), order.confirmedAt && momentWords(order.confirmedAt, zone, locale)],
          [words('replyBy'), reply && !ended ? dueWords(reply, zone, locale) : null],
          [words('shipping'), order.shippingMethod],
        ],
      },
      ...(confirmed ? [{ h: words('progress') }, { facts: progress(order, zone, locale) }] : []),
      { p: contactWords(order, locale) },
    ]),
  });
}

function progress(order: OrderFacts, zone: string, locale: Locale): [string, string][] {
  return MILESTONES.map((milestone) => {
    const reached = order.milestones.find((one) => one.milestone === milestone && one.done);
    const when = reached ? `✓ ${momentWords(reached.at, zone, locale)}` : say(W.notYet, locale);
    return [say(MILESTONE_WORDS[milestone], locale), when];
  });
}
