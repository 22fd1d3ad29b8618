import type { Reason } from '../assessment/shape.js';
import type { OrderFacts } from './facts.js';
import { chooseFor, type Locale } from './locale.js';

/** Reasons that quote what a customer typed, without the quotation. */
const PLAIN: Partial<Record<Reason['code'], { zh: string; en: string }>> = {
  specialRequirement: { zh: '有特殊要求', en: 'special requirement' },
  priorityRequested: { zh: '客户要求优先处理', en: 'priority asked for' },
};

/**
 * An order as a group chat may read it: nothing that names or reaches the customer, and no words that a customer, or
 * somebody about a customer, typed. Each field is decided by name, so that a new one cannot slip through: what it is
 * must be said here.
 */
export function withoutCustomer(order: OrderFacts, locale: Locale): OrderFacts {
  return {
    number: order.number,
    class: order.class,
    grade: order.grade,
    keyOrder: order.keyOrder,
    urgency: order.urgency,
    importance: order.importance,
    score: order.score,
    reasons: order.reasons.map(({ code, ...words }) => ({ code, ...(PLAIN[code] ?? words) })),
    phase: order.phase,
    channel: order.channel,
    receivedAt: order.receivedAt,
    requestedDelivery: order.requestedDelivery,
    promisedDelivery: order.promisedDelivery,
    projectedFinish: order.projectedFinish,
    measure: order.measure,
    currency: order.currency,
    amountMinor: order.amountMinor,
    customerName: chooseFor(locale)('客户信息见邮件', 'customer: see the mail'),
    customerPhone: null,
    customerLocale: locale,
    customerReference: null,
    destination: { country: order.destination.country, region: null, city: '' },
    shippingMethod: null,
    process: null,
    specialRequirements: null,
    priorityReason: null,
    ground: order.ground,
    groundStatement: null,
    confirmedAt: order.confirmedAt,
    confirmedByName: order.confirmedByName,
    salesOwner: order.salesOwner,
    team: order.team,
    lines: order.lines,
    milestones: order.milestones,
    deadlines: order.deadlines,
    questions: [],
    proposals: order.proposals.map((proposal) => ({ ...proposal, note: null })),
    objections: [],
    rejectionWords: null,
    declinedWords: null,
  };
}
