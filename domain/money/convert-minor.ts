import { divideFractions, type Fraction, fractionOf, multiplyFractions, roundHalfUp } from './fraction.js';
import { minorDigits } from './minor-digits.js';

/** What conversion needs of the policy: the company's currency, and what a major unit of each other is worth in it. */
export interface Rates {
  currency: string;
  rates: Readonly<Record<string, number>>;
}

/** Whether the company trades in a currency: it is the company's own, or the policy has a rate for it. */
export function tradesIn(currency: string, policy: Rates): boolean {
  return currency === policy.currency || Object.hasOwn(policy.rates, currency);
}

/**
 * An amount in minor units of `from` as an exact, unrounded count of minor units of `to`; by way of the company's
 * currency when neither is it. Throws RangeError for a currency the company does not trade in.
 */
export function convertExactly(amountMinor: number, from: string, to: string, policy: Rates): Fraction {
  const amount = { numerator: BigInt(amountMinor), denominator: 1n };
  if (from === to) return amount;
  const worth = divideFractions(rateOf(from, policy), rateOf(to, policy));
  const scale = divideFractions(tenToThe(minorDigits(to)), tenToThe(minorDigits(from)));
  return multiplyFractions(multiplyFractions(amount, worth), scale);
}

/** As {@link convertExactly}, rounded half up to the minor unit. */
export function convertMinor(amountMinor: number, from: string, to: string, policy: Rates): number {
  return Number(roundHalfUp(convertExactly(amountMinor, from, to, policy)));
}

function rateOf(currency: string, { currency: own, rates }: Rates): Fraction {
  const rate = currency === own ? 1 : Object.hasOwn(rates, currency) ? rates[currency] : undefined;
  if (rate === undefined) throw new RangeError(`no rate for ${currency}`);
  return fractionOf(rate);
}

const tenToThe = (digits: number): Fraction => ({ numerator: 10n ** BigInt(digits), denominator: 1n });
