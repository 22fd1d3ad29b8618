import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { Department, Role } from '../../domain/roles/shape.js';
import type { WriteScope } from '../../domain/scopes/shape.js';
import { instant } from './columns.js';

/** Everyone who can be assigned, told, or sign. Every department has at most one person marked head (design §10). */
export const people = pgTable(
  'people',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    email: text('email').notNull(),
    phone: text('phone'),
    /** `zh-CN` or `en`: the language of what this person is sent. */
    locale: text('locale').notNull().default('zh-CN'),
    department: text('department').$type<Department>().notNull(),
    roles: text('roles').array().$type<Role[]>().notNull(),
    skills: text('skills').array().notNull().default(sql`'{}'`),
    head: boolean('head').notNull().default(false),
    active: boolean('active').notNull().default(true),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex('people_email').on(sql`lower(${t.email})`),
    uniqueIndex('people_one_head_a_department').on(t.department).where(sql`${t.head} and ${t.active}`),
    index('people_roles').using('gin', t.roles),
  ],
);

/** An API client: a program with a key, nobody's person. Owns the customers it brings. */
export const apiClients = pgTable('api_clients', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  active: boolean('active').notNull().default(true),
  /** What its key may write besides orders of its own. */
  scopes: text('scopes').array().$type<WriteScope[]>().notNull().default(sql`'{}'`),
  createdAt: instant('created_at').notNull().default(sql`now()`),
});

/** Bearer credentials, hashed at rest (sha256 of a random token): a client's key or a person's development token. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    tokenHash: text('token_hash').notNull().unique(),
    kind: text('kind').$type<'key' | 'token'>().notNull(),
    clientId: text('client_id').references(() => apiClients.id),
    personId: text('person_id').references(() => people.id),
    /** Where a development token speaks for one role alone. */
    role: text('role').$type<Role>(),
    createdAt: instant('created_at').notNull().default(sql`now()`),
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('credentials_person').on(t.personId)],
);
