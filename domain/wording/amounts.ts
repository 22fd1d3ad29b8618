import type { Locale } from './locale.js';

/** Digits after the point of a currency: 2 for CNY, 0 for JPY, 3 for KWD. */
function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  );
}

/** An amount of minor units with its currency's code: `CNY 1,280.00`. */
export function amountWords(amountMinor: number, currency: string, locale: Locale): string {
  const digits = minorDigits(currency);
  const number = new Intl.NumberFormat(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${currency} ${number.format(amountMinor / 10 ** digits)}`;
}
