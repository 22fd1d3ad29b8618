import { z } from 'zod';
import { instantInputSchema } from '../../domain/time/shape.js';

/** A grade in an address. */
export const gradeQuery = z.enum(['0', '1', '2', '3']).transform((text) => Number(text) as 0 | 1 | 2 | 3);

/** A level of an incident in an address. */
export const severityQuery = z.enum(['1', '2', '3']).transform((text) => Number(text) as 1 | 2 | 3);

/**
 * An instant in an address. The plus of `+08:00` arrives as a space where it was not written `%2B`: everybody makes
 * that slip once, and nothing else can be meant.
 */
export const instantQuery = z
  .string()
  .overwrite((text) => text.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:\d\d)$/, '$1+$2'))
  .pipe(instantInputSchema)
  .meta({ format: 'date-time' });

/** The number of a revision in an address. */
export const revisionQuery = z.coerce.number().int('must be a whole number').min(1).max(2_147_483_647);
