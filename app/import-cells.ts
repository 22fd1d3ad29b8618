import { z } from 'zod';
import { minorDigits } from '../domain/money/minor-digits.js';
import { amountMinorSchema } from '../domain/money/shape.js';
import { toInstant } from '../domain/time/instant.js';
import { epochMsAt } from '../domain/time/local-date.js';
import { instantInputSchema, localDateSchema } from '../domain/time/shape.js';

/** A day: `1996-07-04`, also as `1996/7/4` or with a time behind it, as spreadsheets write it. */
export const dateCell = z
  .string()
  .overwrite((text) => {
    const [, year, month = '', day = ''] = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?$/.exec(text) ?? [];
    return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  })
  .pipe(localDateSchema);

/** An amount in major units, exact, as minor units: `12.5` is 1250 of USD. */
export function amountCell(currency: string) {
  const digits = minorDigits(currency);
  return z
    .string()
    .regex(/^\d{1,15}(?:\.\d{1,10})?$/, 'must be an amount like 12.50')
    .transform((text) => Number(`${text}e${digits}`))
    .refine(Number.isInteger, `must have at most ${digits} decimals: it is in ${currency}`)
    .pipe(amountMinorSchema);
}

export const quantityCell = z
  .string()
  .regex(/^\d{1,9}(?:\.0+)?$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.int().min(1, 'must be at least 1').max(1_000_000, 'must be at most 1,000,000'));

/** A discount as basis points; empty is none. */
export function discountCell(as: 'fraction' | 'percent') {
  return z
    .string()
    .regex(/^\d{0,3}(?:\.\d{1,10})?$/, `must be a ${as} like ${as === 'fraction' ? '0.15' : '15'}`)
    .transform((text) => Number(`${text || '0'}e${as === 'fraction' ? 4 : 2}`))
    .refine((bp) => bp <= 10_000, `must be at most ${as === 'fraction' ? '1' : '100'}`)
    .refine(Number.isInteger, 'must be whole basis points (0.0001)');
}

const flags: Record<string, boolean> = { '': false, '0': false, '1': true, 否: false, 是: true };
for (const word of ['false', 'f', 'no', 'n']) flags[word] = false;
for (const word of ['true', 't', 'yes', 'y']) flags[word] = true;

/** Yes or no in the spellings that databases and spreadsheets export. */
export const flagCell = z
  .string()
  .refine((text) => Object.hasOwn(flags, text.toLowerCase()), 'must be 1 or 0')
  .transform((text) => flags[text.toLowerCase()] ?? false);

/** A whole number from `min` on; `7.0` is 7, as spreadsheets write it. */
export const countCell = (min = 0) =>
  z
    .string()
    .regex(/^\d{1,9}(?:\.0+)?$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(min, `must be at least ${min}`).max(1_000_000, 'must be at most 1,000,000'));

/** An instant with its zone, or a local date and time of `zone`: `2026-11-24 09:30`, also `2026/11/24 9:30:15`. */
export function instantCell(zone: string) {
  return z
    .string()
    .overwrite((text) => {
      const local = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
      if (!local) return text;
      const [year, month, day, hour, minute, second = '00'] = local
        .slice(1)
        .map((part) => part?.padStart(2, '0'));
      try {
        return toInstant(epochMsAt(`${year}-${month}-${day}`, `${hour}:${minute}:${second}`, zone));
      } catch {
        return text;
      }
    })
    .pipe(instantInputSchema);
}
