import { roundHalfUp } from '../money/fraction.js';
import { MAX_AMOUNT_MINOR } from '../money/shape.js';

/** What the amount of a line comes from: the unit's price in minor units, the discount in basis points. */
export interface PricedLine {
  quantity: number;
  unitPriceMinor: number;
  discountBp?: number;
}

/**
 * Quantity × unit price, net of discount, rounded half up to the minor unit. Exact at any size: the product may be
 * past what a double holds. Throws RangeError above MAX_AMOUNT_MINOR.
 */
export function lineAmountMinor({ quantity, unitPriceMinor, discountBp = 0 }: PricedLine): number {
  const numerator = BigInt(quantity) * BigInt(unitPriceMinor) * BigInt(10_000 - discountBp);
  return withinLimit(roundHalfUp({ numerator, denominator: 10_000n }), 'the line');
}

/** The sum of the lines' amounts, each rounded as it is shown. Throws RangeError above MAX_AMOUNT_MINOR. */
export function orderAmountMinor(lines: readonly PricedLine[]): number {
  const sum = lines.reduce((total, line) => total + BigInt(lineAmountMinor(line)), 0n);
  return withinLimit(sum, 'the order');
}

function withinLimit(amount: bigint, what: string): number {
  if (amount > BigInt(MAX_AMOUNT_MINOR)) throw new RangeError(`the amount of ${what} is too large`);
  return Number(amount);
}
