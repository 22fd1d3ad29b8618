import { z } from 'zod';
import { roleSchema } from '../roles/shape.js';
import { lineText } from '../text/shape.js';
import { instantInputSchema, instantSchema } from '../time/shape.js';

const clockTimeSchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, like 18:00 (00:00 is midnight)');

/** A person's id as it stands in a body. */
const personIdSchema = lineText(100);

/**
 * One turn of a weekly rota 值班表: `weekday` as in ISO-8601, 1 Monday to 7 Sunday, `from` and `to` local times of the
 * company's zone. A `to` that is not after `from` lies on the next day: 18:00 to 08:00 is a night, 08:00 to 08:00 a day
 * and a night.
 */
export const rotaShiftSchema = z
  .strictObject({
    weekday: z
      .int('must be a whole number')
      .min(1, 'must be 1 (Monday) to 7 (Sunday)')
      .max(7, 'must be 1 (Monday) to 7 (Sunday)'),
    from: clockTimeSchema,
    to: clockTimeSchema,
    person: personIdSchema,
  })
  .meta({ id: 'RotaShift' });
export type RotaShift = z.infer<typeof rotaShiftSchema>;

/** A turn with the role it serves. */
export type RoleShift = RotaShift & { role: string };

const endsAfterItBegins = (span: { from: string; to: string }) => span.from < span.to;
const endsTooSoon = { path: ['to'], error: 'must be after from' };

/** What is asked for with an override: for this time somebody else than the rota says, with the reason. */
export const overrideInputSchema = z
  .strictObject({
    role: roleSchema,
    from: instantInputSchema,
    to: instantInputSchema,
    person: personIdSchema,
    reason: lineText(200),
  })
  .refine(endsAfterItBegins, endsTooSoon)
  .meta({ id: 'NewOnCallOverride' });
export type OverrideInput = z.infer<typeof overrideInputSchema>;

/** What is asked for with a delegation 授权代班: who is away, and who stands in (design §10, absence). */
export const delegationInputSchema = z
  .strictObject({
    person: personIdSchema,
    standIn: personIdSchema,
    from: instantInputSchema,
    to: instantInputSchema,
  })
  .refine(endsAfterItBegins, endsTooSoon)
  .refine(({ person, standIn }) => person !== standIn, {
    path: ['standIn'],
    error: 'must be somebody else than who is away',
  })
  .meta({ id: 'NewDelegation' });
export type DelegationInput = z.infer<typeof delegationInputSchema>;

const made = { id: z.string(), from: instantSchema, to: instantSchema, madeAt: instantSchema };

/** An override as it stands; of two for one moment the one made later counts. `to` itself is no part of it. */
export const overrideSchema = z.object({ ...made, role: z.string(), person: z.string(), reason: z.string() });
export type Override = z.infer<typeof overrideSchema>;

/** A delegation as it stands; of two of one person for one moment the one made later counts. */
export const delegationSchema = z.object({ ...made, person: z.string(), standIn: z.string() });
export type Delegation = z.infer<typeof delegationSchema>;

/** Who is on call, until when, and by what. `onBehalfOf` is the one whose turn it is, where a stand-in serves. */
export const onCallSchema = z.object({
  person: z.string(),
  onBehalfOf: z.string().optional(),
  by: z.enum(['rota', 'override']),
  from: instantSchema,
  to: instantSchema,
  /** The override's id. */
  override: z.string().optional(),
});
export type OnCall = z.infer<typeof onCallSchema>;
