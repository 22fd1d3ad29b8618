import type { Locale } from './locale.js';

// Making a formatter costs more than a hundred uses of one, and a letter needs several.
const formatters = new Map<string, { digits: number; format: Intl.NumberFormat }>();

function formatterFor(currency: string, locale: Locale) {
  const key = `${locale} ${currency}`;
  let formatter = formatters.get(key);
  if (!formatter) {
    // Digits after the point: 2 for CNY, 0 for JPY, 3 for KWD.
    const money = new Intl.NumberFormat('en', { style: 'currency', currency });
    const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
    const format = new Intl.NumberFormat(locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    formatter = { digits, format };
    formatters.set(key, formatter);
  }
  return formatter;
}

/** An amount of minor units with its currency's code: `CNY 1,280.00`. */
export function amountWords(amountMinor: number, currency: string, locale: Locale): string {
  const { digits, format } = formatterFor(currency, locale);
  return `${currency} ${format.format(amountMinor / 10 ** digits)}`;
}
