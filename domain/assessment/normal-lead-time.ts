import { type Fraction, fractionOf, multiplyFractions } from '../money/fraction.js';
import type { AssessmentPolicy, LeadTimeKind } from './shape.js';

/** What the normal lead time of a line comes from; `leadTimeDays` is the product's own, before its kind's. */
export interface TimedLine {
  leadTimeKind: LeadTimeKind;
  leadTimeDays?: number | null;
  scalesWithQuantity: boolean;
  quantity: number;
}

export interface NormalLeadTime {
  /** Calendar days, exact: 6 days × 1.3 are 7.8. */
  days: Fraction;
  /**
   * The quantity is past the last factor, so manufacturing states the time (P20.1). `days` is then the least it can
   * be: that of the largest quantity that has a factor.
   */
  toBeStated: boolean;
}

/** Normal lead time for one unit × the factor of the quantity, where the product scales with it (P20.1). */
export function normalLeadTime(
  line: TimedLine,
  { daysByKind, quantityFactors }: AssessmentPolicy['leadTime'],
) {
  const forOne = fractionOf(line.leadTimeDays ?? daysByKind[line.leadTimeKind]);
  if (!line.scalesWithQuantity) return { days: forOne, toBeStated: false } satisfies NormalLeadTime;
  const step = quantityFactors.find(({ upTo }) => line.quantity <= upTo);
  const factor = (step ?? quantityFactors.at(-1))?.factor ?? 1;
  return {
    days: multiplyFractions(forOne, fractionOf(factor)),
    toBeStated: step === undefined,
  } satisfies NormalLeadTime;
}
