import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Role } from '../../domain/roles/shape.js';
import { instant } from './columns.js';
import { people } from './people.js';

/** The weekly rota: who is on call for a role, by weekday (1 Monday to 7 Sunday) and local time of the company's zone. */
export const onCallShifts = pgTable(
  'on_call_shifts',
  {
    role: text('role').$type<Role>().notNull(),
    weekday: integer('weekday').notNull(),
    /** `18:00` */
    from: text('from_time').notNull(),
    /** `08:00`; not after `from_time`: on the next day. */
    to: text('to_time').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
  },
  (t) => [
    primaryKey({ columns: [t.role, t.weekday, t.from] }),
    index('on_call_shifts_person').on(t.personId),
    check('on_call_shifts_weekday', sql`${t.weekday} between 1 and 7`),
  ],
);

/** Dated exceptions to the rota. The reason may be about a person: it stands here and not in the audit log. */
export const onCallOverrides = pgTable(
  'on_call_overrides',
  {
    id: text('id').primaryKey(),
    role: text('role').$type<Role>().notNull(),
    from: instant('from_at').notNull(),
    to: instant('to_at').notNull(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    reason: text('reason').notNull(),
    by: text('by').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    index('on_call_overrides_person').on(t.personId, t.to),
    check('on_call_overrides_span', sql`${t.from} < ${t.to}`),
  ],
);

/** Absences with who stands in (design §10). */
export const delegations = pgTable(
  'delegations',
  {
    id: text('id').primaryKey(),
    personId: text('person_id')
      .notNull()
      .references(() => people.id),
    standInId: text('stand_in_id')
      .notNull()
      .references(() => people.id),
    from: instant('from_at').notNull(),
    to: instant('to_at').notNull(),
    by: text('by').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    index('delegations_person').on(t.personId, t.to),
    check('delegations_span', sql`${t.from} < ${t.to} and ${t.personId} <> ${t.standInId}`),
  ],
);
