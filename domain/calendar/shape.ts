import { z } from 'zod';
import { instantSchema, localDateSchema } from '../time/shape.js';

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

const clockTimeSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day, like 08:00 (24:00 ends a day)');

/** One stretch of working time within a day, local times `HH:mm`, `from` before `to`. */
export const shiftSchema = z
  .strictObject({ from: clockTimeSchema, to: clockTimeSchema })
  .refine((shift) => shift.from < shift.to, { path: ['to'], error: 'must be after from' });

/** The company's working time: its zone (IANA name) and the shifts of a working day, in order, not overlapping. */
export const workingTimeSchema = z.strictObject({
  zone: z.string().refine(isZone, 'must be the IANA name of a time zone, like Asia/Shanghai'),
  shifts: z
    .array(shiftSchema)
    .min(1, 'must have at least one shift')
    .max(12)
    .superRefine((shifts, context) => {
      shifts.forEach((shift, index) => {
        const before = shifts[index - 1];
        if (before && shift.from < before.to) {
          context.addIssue({
            code: 'custom',
            path: [index, 'from'],
            message: 'must not begin before the last one ends',
          });
        }
      });
    }),
});
export type WorkingTime = z.infer<typeof workingTimeSchema>;

/** A day that the company itself makes a working day or a day off (a Saturday, a plant shutdown). */
export const dayOverrideSchema = z.strictObject({
  date: localDateSchema,
  working: z.boolean(),
  note: z.string().max(200).optional(),
});
export type DayOverride = z.infer<typeof dayOverrideSchema>;

/** Why a day is a working day or not; `override` is the company's own word, either way. */
export const dayKindSchema = z.enum(['workday', 'weekend', 'holiday', 'makeUp', 'override']);
export type DayKind = z.infer<typeof dayKindSchema>;

/** One day of a sum; `counted` when it is one of the n working days, or gave working time to the hours. */
export const countedDaySchema = z.object({
  date: localDateSchema,
  kind: dayKindSchema,
  counted: z.boolean(),
});
export type CountedDay = z.infer<typeof countedDaySchema>;

/** The answer of `GET /v1/calendar/add`; `provisional` when a day in it lies outside the published years. */
export const calendarSumSchema = z.object({
  due: instantSchema,
  provisional: z.boolean(),
  days: z.array(countedDaySchema),
});
export type CalendarSum = z.infer<typeof calendarSumSchema>;
