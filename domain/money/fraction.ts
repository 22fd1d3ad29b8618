/** An exact quotient of two integers; the denominator is above zero. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/**
 * The exact value of a finite decimal as it is written: 0.1 is one tenth here, not the nearest double. Rates and
 * factors are decimals that a person typed. Throws RangeError on what is not finite.
 */
export function fractionOf(decimal: number): Fraction {
  const parts = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(decimal));
  if (!parts) throw new RangeError(`not a finite decimal: ${decimal}`);
  const [, whole = '0', decimals = '', exponent = '0'] = parts;
  const shift = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return shift >= 0
    ? { numerator: digits * 10n ** BigInt(shift), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-shift) };
}

/** Below 0, 0 or above 0 as `a` is less than, equal to or more than `b`. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The product, not reduced. */
export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return { numerator: a.numerator * b.numerator, denominator: a.denominator * b.denominator };
}

/** The quotient. Throws RangeError when `b` is not above zero: a rate never is. */
export function divideFractions(a: Fraction, b: Fraction): Fraction {
  if (b.numerator <= 0n) throw new RangeError('a divisor must be above zero');
  return { numerator: a.numerator * b.denominator, denominator: a.denominator * b.numerator };
}

/** The nearest integer, a half rounded up (四舍五入); for values of zero and above. */
export function roundHalfUp({ numerator, denominator }: Fraction): bigint {
  return (2n * numerator + denominator) / (2n * denominator);
}
