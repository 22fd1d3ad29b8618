import { convertExactly } from '../money/convert-minor.js';
import { compareFractions } from '../money/fraction.js';
import type { Grade, OrderInput } from '../order/shape.js';
import type { LocalDate } from '../time/shape.js';
import { assessKeyOrder } from './assess-key-order.js';
import { assessLeadTime } from './assess-lead-time.js';
import type { TimedLine } from './normal-lead-time.js';
import {
  groundReason,
  largeAmountReason,
  priorityReason,
  shortLeadTimeReason,
  specialRequirementReason,
} from './reason-words.js';
import type { Assessment, AssessmentPolicy, Reason, Tier } from './shape.js';

/** All that an assessment looks at. Amounts in minor units of `currency`, net of discount. */
export interface AssessmentInput {
  lines: readonly TimedLine[];
  amountMinor: number;
  currency: string;
  tier: Tier;
  /** The day of effective receipt in the company's zone; lead time counts from it. */
  receivedOn: LocalDate;
  requestedDelivery: LocalDate;
  specialRequirements?: string | null;
  priorityRequested?: { reason: string } | null;
  ground?: OrderInput['ground'] | null;
  policy: AssessmentPolicy;
}

/**
 * 评估紧急性和重要性 (P01.1, P09.1): class, grade, key-order mark and score, each reason in words. A declared ground
 * makes an order critical (P06.2), any other reason urgent; without a reason it is normal, grade 0. The grade comes
 * from the lead time; red for another reason alone is grade 1 (P20.1). Throws RangeError for a currency without a rate
 * and for an order without lines.
 */
export function assessOrder(input: AssessmentInput): Assessment {
  const { policy, tier, amountMinor, currency } = input;
  const { rules } = policy;
  const leadTime = assessLeadTime(input.lines, input.receivedOn, input.requestedDelivery, policy.leadTime);
  const amount = convertExactly(amountMinor, currency, policy.currency, policy);
  const reaches = (minor: number) =>
    compareFractions(amount, { numerator: BigInt(minor), denominator: 1n }) >= 0;
  const largeFrom = policy.largeAmountMinorByTier[tier];

  const reasons: Reason[] = [];
  const isShort = rules.shortLeadTime && leadTime.short;
  if (isShort) reasons.push(shortLeadTimeReason(leadTime));
  const isLarge = rules.largeAmount && reaches(largeFrom);
  if (isLarge) reasons.push(largeAmountReason(input, { amountMinor: largeFrom, currency: policy.currency }));
  if (rules.specialRequirement && input.specialRequirements?.trim()) {
    reasons.push(specialRequirementReason(input.specialRequirements));
  }
  const asksPriority = rules.priorityRequested && Boolean(input.priorityRequested);
  if (asksPriority && input.priorityRequested) reasons.push(priorityReason(input.priorityRequested.reason));
  if (input.ground) reasons.push(groundReason(input.ground));

  const red = reasons.length > 0;
  const grade: Grade = isShort ? leadTime.grade : red ? 1 : 0;
  const isHighValue = reaches(policy.keyOrder.amountMinor);
  const keyOrderReason = assessKeyOrder({ red, tier, amountMinor, currency, isHighValue }, policy);
  return {
    class: input.ground ? 'critical' : red ? 'urgent' : 'normal',
    grade,
    red,
    keyOrder: keyOrderReason !== null,
    keyOrderReason,
    ...scoreOf({ grade, isLarge, asksPriority, tier, ground: input.ground ?? null }, policy.score),
    reasons,
    leadTimeToBeStated: leadTime.toBeStated,
  };
}

/**
 * Urgency × importance ÷ 100, each 0–100, rounded half up (P01.1). Of several grounds for urgency or importance the
 * highest holds, so that one more never lowers the score.
 */
function scoreOf(
  found: {
    grade: Grade;
    isLarge: boolean;
    asksPriority: boolean;
    tier: Tier;
    ground: OrderInput['ground'] | null;
  },
  score: AssessmentPolicy['score'],
): Pick<Assessment, 'urgency' | 'importance' | 'score'> {
  const urgency = Math.max(
    score.urgencyByGrade[found.grade],
    found.asksPriority ? score.urgencyOfPriority : 0,
    found.ground ? score.urgencyOfGround : 0,
  );
  const importance = Math.max(
    score.importanceByTier[found.tier],
    found.isLarge ? score.importanceOfLargeAmount : 0,
    found.ground ? score.importanceByGround[found.ground] : 0,
  );
  return { urgency, importance, score: Math.floor((urgency * importance + 50) / 100) };
}
