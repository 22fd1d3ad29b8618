import type { Tier } from '../assessment/shape.js';
import type { Grade, OrderClass } from '../order/shape.js';
import type { Severity } from '../playbooks/shape.js';
import { reasonWords } from './reason-words.js';
import { RISK_CODES, type Risk, type RiskPolicy, type RiskReason } from './shape.js';

/** What is known of an open order at an instant; the caller measures it with the company's calendar. */
export interface RiskFacts {
  class: OrderClass;
  grade: Grade;
  tier: Tier;
  /** Working hours up to the closing of the promised day, or of the one asked for while nothing is promised; 0 past it. */
  hoursLeft: number;
  /** Days since that closing, begun ones counted; 0 before it. */
  daysOverdue: number;
  /** Working hours that what is still to be done usually takes; null where nothing is known of it. */
  workHoursLeft: number | null;
  /** Days by which the projected finish passes the promise; 0 where it does not, or none is projected. */
  projectedDaysLate: number;
  /** Its open deadlines: the share of each that is gone, in its own unit; 1 and above is breached. */
  deadlines: readonly { kind: string; goneShare: number }[];
  /** Purchase orders that it waits for and that are late, by number. */
  latePurchases: readonly string[];
  /** Its products that a single supplier offers, by SKU. */
  singleSource: readonly string[];
  /** Its lines that neither stock nor what is on its way covers, by SKU. */
  shortLines: readonly string[];
  /** Open incidents linked to it. */
  incidents: readonly { number: string; severity: Severity }[];
}

/**
 * The risk that an open order is not delivered as promised, 0 to 100, with its reasons, the heaviest first (P15.5). The
 * points of all reasons are added, 100 at most. A worse fact never lowers it: each reason's points rise with its fact,
 * as the weights' schema sees to.
 */
export function scoreRisk(facts: RiskFacts, weights: RiskPolicy): Risk {
  const reasons = RISK_CODES.flatMap((code): RiskReason[] => {
    const points = Math.round(POINTS[code](facts, weights));
    return points > 0 ? [{ code, points, ...reasonWords(code, facts) }] : [];
  });
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  return { score: Math.min(100, sum), reasons: reasons.sort((a, b) => b.points - a.points) };
}

const POINTS: Record<RiskReason['code'], (facts: RiskFacts, weights: RiskPolicy) => number> = {
  overdue: ({ daysOverdue }, { overdue }) => grow(daysOverdue, overdue),
  projectedLate: ({ projectedDaysLate }, { projectedLate }) => grow(projectedDaysLate, projectedLate),
  timeAgainstWork: (facts, { timeAgainstWork: { from, most } }) =>
    most * clamp((workShare(facts) - from) / (1 - from)),
  deadlineBreached: ({ deadlines }, { deadlines: { breached, eachMore, most } }) =>
    grow(deadlines.filter(isBreached).length, { first: breached, eachMore, most }),
  // A breached one says it already; beside it, one that is still running adds nothing.
  deadlineRunning: ({ deadlines }, { deadlines: { half, fourFifths } }) => {
    if (deadlines.some(isBreached)) return 0;
    const furthest = Math.max(0, ...deadlines.map(({ goneShare }) => goneShare));
    return furthest >= 0.8 ? fourFifths : furthest >= 0.5 ? half : 0;
  },
  incident: ({ incidents }, { incidentByLevel }) => {
    const gravest = Math.max(0, ...incidents.map(({ severity }) => severity));
    return incidentByLevel[gravest - 1] ?? 0;
  },
  latePurchases: (facts, weights) => grow(facts.latePurchases.length, weights.latePurchases),
  shortLines: (facts, weights) => grow(facts.shortLines.length, weights.shortLines),
  singleSource: (facts, weights) => grow(facts.singleSource.length, weights.singleSource),
  class: (facts, { byClass }) => byClass[facts.class],
  grade: (facts, { byGrade }) => byGrade[facts.grade],
  tier: (facts, { byTier }) => byTier[facts.tier],
};

const isBreached = ({ goneShare }: { goneShare: number }) => goneShare >= 1;
const clamp = (share: number) => Math.min(1, Math.max(0, share));

/** Nothing for none, then the first one's points and those of each more. */
function grow(count: number, { first, eachMore, most }: RiskPolicy['overdue']): number {
  return count <= 0 ? 0 : Math.min(most, first + eachMore * Math.max(0, Math.ceil(count) - 1));
}

/** How much of the time left the work fills; with no time left, all of it. */
function workShare({ workHoursLeft, hoursLeft }: RiskFacts): number {
  if (workHoursLeft === null || workHoursLeft <= 0) return 0;
  return hoursLeft <= 0 ? 1 : workHoursLeft / hoursLeft;
}
