import { z } from 'zod';
import { rotaShiftSchema } from '../domain/on-call/shape.js';
import { roleSchema } from '../domain/roles/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { namedSchema } from './http-page.js';

/** The body of `PUT /v1/on-call/{role}`: the whole weekly rota of the role; an empty list ends it. */
export const rotaInputSchema = z
  .strictObject({ shifts: z.array(rotaShiftSchema).max(100) })
  .meta({ id: 'WeeklyRota' });
export type RotaInput = z.infer<typeof rotaInputSchema>;

const shiftViewSchema = rotaShiftSchema.extend({ person: namedSchema });

/** The rota of a role. */
export const rotaViewSchema = z
  .object({ role: roleSchema, shifts: z.array(shiftViewSchema) })
  .meta({ id: 'Rota' });
export type RotaView = z.infer<typeof rotaViewSchema>;

const madeView = {
  id: z.string(),
  from: instantSchema,
  to: instantSchema,
  by: namedSchema,
  madeAt: instantSchema,
};

export const overrideViewSchema = z
  .object({ ...madeView, role: roleSchema, person: namedSchema, reason: z.string() })
  .meta({ id: 'OnCallOverride' });
export type OverrideView = z.infer<typeof overrideViewSchema>;

export const delegationViewSchema = z
  .object({ ...madeView, person: namedSchema, standIn: namedSchema })
  .meta({ id: 'Delegation' });
export type DelegationView = z.infer<typeof delegationViewSchema>;

/** Whom a role reaches, and why that one. */
export const dutyViewSchema = z
  .object({
    role: roleSchema,
    person: namedSchema.nullable(),
    /** `onCall` by rota or override; else `holds` the role, with the fewest open tasks; `nobody` is reachable. */
    why: z.enum(['onCall', 'holds', 'nobody']),
    /** The one who is away and for whom `person` stands in. */
    onBehalfOf: namedSchema.nullable(),
    by: z.enum(['rota', 'override']).nullable(),
    override: z.string().nullable(),
    /** When this turn on call began and ends; null for who simply holds the role. */
    from: instantSchema.nullable(),
    to: instantSchema.nullable(),
  })
  .meta({ id: 'Duty' });
export type DutyView = z.infer<typeof dutyViewSchema>;

/** The answer of `GET /v1/on-call`: whom each role reaches at an instant, and the tables that say so. */
export const onCallViewSchema = z
  .object({
    at: instantSchema,
    /** Of the rota's local times. */
    zone: z.string(),
    items: z.array(dutyViewSchema),
    rotas: z.array(rotaViewSchema),
    /** Those that have not ended at `at`, the first to begin at the front. */
    overrides: z.array(overrideViewSchema),
    delegations: z.array(delegationViewSchema),
  })
  .meta({ id: 'OnCall' });
export type OnCallView = z.infer<typeof onCallViewSchema>;
