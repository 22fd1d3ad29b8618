import { z } from 'zod';

/** ISO 4217 alphabetic code; whether the company trades in it is the policy's word (`assessment.currencies`). */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code of three capital letters, e.g. CNY')
  .meta({ id: 'Currency' });

/** The largest amount that is accepted for one line or order, in minor units: keeps sums exact in a double. */
export const MAX_AMOUNT_MINOR = 1_000_000_000_000_000;

/** An integer count of the currency's minor unit (分 for CNY; JPY has none, KWD has three digits). */
export const amountMinorSchema = z.int().min(0).max(MAX_AMOUNT_MINOR);
