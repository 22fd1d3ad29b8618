import type { OrderView } from '../contracts/http.js';
import type { Queryable } from '../db/connect.js';
import { type FoundOrder, findOrder } from '../db/queries/orders.js';
import { AppError } from './errors.js';
import { viewHold } from './hold-view.js';
import type { Principal } from './principal.js';
import { isStaff, mayReadContacts, scopeOf } from './read-rights.js';

const instantOf = (text: string) => new Date(text).toISOString();
const instantOrNull = (text: string | null) => (text === null ? null : instantOf(text));

/**
 * An order, whole, as `viewer` may see it: staff read every order, an API client those it placed, a customer their own.
 * Where it goes (name, telephone, address) is left out for roles that have no need of it; our own notes are for staff.
 * Throws `not-found` for another's order, too: whether it exists is nobody else's business.
 */
export async function getOrder(db: Queryable, number: string, viewer: Principal): Promise<OrderView> {
  const found = await findOrder(db, number, scopeOf(viewer));
  const isOther = viewer.kind === 'customer' && found?.customer.id !== viewer.id;
  if (!found || isOther) throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
  return viewOrder(found, viewer);
}

/** An order as `viewer` may see it, from what was read or has just been stored. */
export function viewOrder({ order, customer, ...parts }: FoundOrder, viewer: Principal): OrderView {
  const names = new Map(parts.names.map(({ id, name }) => [id, name]));
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? id });
  const staff = isStaff(viewer);
  const decisions = order.decisions.map((made) => (staff ? made : { ...made, reason: null }));
  const decision = decisions.at(-1);
  if (!decision) throw new Error(`order ${order.number} has no handling decision`);
  const proposals = parts.proposals.map((proposal) => ({
    ...proposal,
    decidedAt: instantOrNull(proposal.decidedAt),
    note: staff ? proposal.note : null,
  }));
  const open = parts.deadlines.filter(({ state }) => state === 'open');
  return {
    number: order.number,
    class: order.class,
    grade: order.grade,
    keyOrder: order.keyOrder,
    red: order.red,
    score: order.score,
    phase: order.phase,
    customer,
    salesOwner: named(order.salesOwnerId),
    currency: order.currency,
    amountMinor: order.amountMinor,
    requestedDelivery: order.requestedDelivery,
    promisedDelivery: order.promisedDelivery,
    receivedAt: order.receivedAt,
    dueAt: open[0] ? instantOf(open[0].dueAt) : null,
    breached: parts.deadlines.some(({ state }) => state === 'breached'),
    atRisk: order.atRisk,
    risk: staff && order.endedAt === null ? order.risk : null,
    riskReasons: (staff && order.endedAt === null && order.riskReasons) || [],
    riskAt: staff && order.endedAt === null ? order.riskAt : null,
    channel: order.channel,
    customerReference: order.customerReference,
    urgency: order.urgency,
    importance: order.importance,
    keyOrderReason: order.keyOrderReason,
    reasons: order.reasons,
    decision,
    decisions,
    policyRevision: order.policyRevision,
    deadlines: parts.deadlines.map((deadline) => ({
      ...deadline,
      dueAt: instantOf(deadline.dueAt),
      metAt: instantOrNull(deadline.metAt),
    })),
    deliveryBeforeConfirmation: order.deliveryBeforeConfirmation,
    lines: parts.lines.map(({ nameZh, nameEn, ...line }) => ({ ...line, name: { zh: nameZh, en: nameEn } })),
    requestedReplyBy: order.requestedReplyBy,
    shipTo: mayReadContacts(viewer) ? order.shipTo : null,
    shippingMethod: order.shippingMethod,
    process: order.process,
    specialRequirements: order.specialRequirements,
    priorityReason: order.priorityReason,
    ground: order.ground,
    groundStatement: order.groundStatement,
    groundConfirmed: order.groundConfirmed,
    team: teamOf(order.team, named),
    measure: order.measure,
    proposal: proposals.find(({ state }) => state === 'open') ?? proposals.at(-1) ?? null,
    proposals,
    confirmedAt: order.confirmedAt,
    confirmedBy: named(order.confirmedBy),
    milestones: parts.milestones.map((one) => ({ ...one, at: instantOf(one.at) })),
    projectedFinish: order.projectedFinish,
    // What threatens it inside the house is ours; its customer is told of it by notices (P03.5).
    incidents: staff ? parts.incidents : [],
    holds: parts.holds.map((one) =>
      viewHold({ ...one, heldAt: instantOf(one.heldAt), dueAt: instantOrNull(one.dueAt) }, viewer),
    ),
    endReason: order.endReason,
    endedAt: order.endedAt,
    version: order.stateVersion,
  };
}

type Named = { id: string; name: string };

function teamOf(team: Record<string, string> | null, named: (id: string) => Named | null) {
  if (!team) return null;
  const members = Object.entries(team).map(([role, id]): [string, Named] => [
    role,
    named(id) ?? { id, name: id },
  ]);
  return Object.fromEntries(members);
}
