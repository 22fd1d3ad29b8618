import { minorDigits } from './minor-digits.js';

/** The amount in major units as a plain decimal, exact: 128000 of CNY is `1280.00`. */
export function majorUnits(amountMinor: number, currency: string): `${number}` {
  const digits = minorDigits(currency);
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0');
  const sign = amountMinor < 0 ? '-' : '';
  const decimals = digits === 0 ? '' : `.${text.slice(-digits)}`;
  return `${sign}${text.slice(0, text.length - digits)}${decimals}` as `${number}`;
}

/** An amount as people read it: `¥1,280.00` (zh-CN) or `CN¥1,280.00` (en). Minor units in, of any currency. */
export function formatAmount(amountMinor: number, currency: string, locale: 'zh-CN' | 'en'): string {
  const digits = minorDigits(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(majorUnits(amountMinor, currency));
}
