import { z } from 'zod';

/**
 * An instant: ISO-8601 UTC exactly as `Date.toISOString()` writes it, `2026-11-24T01:30:00.000Z`.
 * One spelling only, so that instants compare and sort as plain strings.
 */
export const instantSchema = z.iso
  .datetime({ precision: 3, error: 'must be an instant in UTC, like 2026-11-24T01:30:00.000Z' })
  .describe('An instant in UTC');
export type Instant = z.infer<typeof instantSchema>;

// A sum that starts within these years stays within four digits, which the spelling above and PostgreSQL rely on.
const isPlausible = (text: string) => text >= '1900' && text < '2200';
const implausible = 'must lie between the years 1900 and 2199';

// zod runs this on a text that the pattern refused, too; that one stays as it is, for its message.
const inUtc = (text: string) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString());

/**
 * What a client may send for an instant: any ISO-8601 date-time with a zone (`Z` or an offset). Gives an
 * {@link Instant}. A time without a zone is refused: it would mean another instant on each machine.
 */
export const instantInputSchema = z.iso
  .datetime({ offset: true, error: 'must be a date and time with its zone, like 2026-11-24T09:30:00+08:00' })
  .overwrite(inUtc)
  .refine(isPlausible, implausible)
  .describe('A date and time with its zone');

/** A day of the company's zone, `2026-11-24`. Real days only: 31 February is refused. */
export const localDateSchema = z.iso
  .date({ error: 'must be a real date, like 2026-11-24' })
  .refine(isPlausible, implausible);
export type LocalDate = z.infer<typeof localDateSchema>;

// Days, hours, minutes and seconds alone: a month or a year has no fixed length.
const durationPattern =
  /^P(?=\d|T\d)(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})S)?)?$/;
const longestMs = 366 * 86_400_000;

/**
 * The length of an ISO-8601 duration of days, hours, minutes and seconds, in milliseconds; a day is 24 hours.
 * Throws RangeError on anything that {@link durationSchema} refuses to read.
 */
export function durationMs(duration: string): number {
  const parts = durationPattern.exec(duration);
  if (!parts) throw new RangeError(`not a duration of days, hours, minutes and seconds: ${duration}`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

/** An ISO-8601 duration of days, hours, minutes and seconds (`PT15M`, `P1DT12H`), above zero, at most 366 days. */
export const durationSchema = z
  .string()
  .regex(durationPattern, 'must be a duration of days, hours, minutes and seconds, like PT15M or P1DT12H')
  .refine((text) => {
    // A text that the pattern refused has its message already; this check must not throw over it.
    const ms = durationPattern.test(text) ? durationMs(text) : 1;
    return ms > 0 && ms <= longestMs;
  }, 'must be longer than nothing and at most 366 days');

const unitsOf = (rule: { elapsed?: unknown; workingHours?: unknown; workingDays?: unknown }) =>
  [rule.elapsed, rule.workingHours, rule.workingDays].filter((unit) => unit !== undefined).length;

/**
 * A duration in the policy: exactly one of `elapsed` (runs day and night), `workingHours` (working time alone) or
 * `workingDays` (closing of the n-th working day after the day of effective receipt; 0 is that day). `atLeast`
 * is a floor in elapsed time under either of the last two. `elapsed` alone replaces a whole rule, so that a
 * demonstration in seconds can be watched.
 */
export const durationRuleSchema = z
  .strictObject({
    elapsed: durationSchema.optional(),
    workingHours: z.number().positive('must be above 0').max(2000, 'must be at most 2000').optional(),
    workingDays: z
      .number()
      .int('must be a whole number of days')
      .min(0, 'must be at least 0')
      .max(250, 'must be at most 250')
      .optional(),
    atLeast: durationSchema.optional(),
  })
  .superRefine((rule, context) => {
    if (unitsOf(rule) !== 1) {
      context.addIssue({
        code: 'custom',
        message: 'must have exactly one of elapsed, workingHours, workingDays',
      });
    } else if (rule.elapsed !== undefined && rule.atLeast !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['atLeast'],
        message: 'stands only with workingHours or workingDays',
      });
    }
  });
export type DurationRule = z.infer<typeof durationRuleSchema>;
