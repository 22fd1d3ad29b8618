import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { MonitorRule, MonitorState } from '../../domain/monitors/shape.js';
import { instant } from './columns.js';
import { endpoints } from './endpoints.js';

/** Rules of monitoring as data (P12.1, P18.6), with what each remembers between two looks. */
export const monitors = pgTable('monitors', {
  key: text('key').primaryKey(),
  rule: jsonb('rule').$type<MonitorRule>().notNull(),
  /** Raised by each change of the rule; a change that names another one is refused. */
  revision: integer('revision').notNull().default(1),
  state: jsonb('state').$type<MonitorState>().notNull(),
  /** The last look, and why it could not measure, if so. */
  lookedAt: instant('looked_at'),
  lastError: text('last_error'),
  updatedBy: text('updated_by').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** 静默与维护时段: dated, owned, and over by themselves (P12.4). */
export const mutes = pgTable(
  'mutes',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'mute' | 'maintenance'>().notNull(),
    /** What is muted: a rule's key, an endpoint's id, a type of incident; null is any. */
    monitor: text('monitor'),
    subject: text('subject'),
    type: text('type'),
    reason: text('reason').notNull(),
    ownerId: text('owner_id').notNull(),
    from: instant('from_at').notNull(),
    until: instant('until_at').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    endedBy: text('ended_by'),
    endedAt: instant('ended_at'),
    /** How many openings it kept quiet. */
    quieted: integer('quieted').notNull().default(0),
  },
  (t) => [index('mutes_until').on(t.until)],
);

/** Probes of registered servers and endpoints. */
export const probes = pgTable(
  'probes',
  {
    endpoint: text('endpoint_id')
      .notNull()
      .references(() => endpoints.id),
    at: instant('at').notNull(),
    ok: boolean('ok').notNull(),
    tookMs: integer('took_ms').notNull(),
    error: text('error'),
  },
  (t) => [primaryKey({ columns: [t.endpoint, t.at] }), index('probes_at').on(t.at)],
);

/** Calls and failures by part and minute: what the failure rates go by. */
export const callCounts = pgTable(
  'call_counts',
  {
    part: text('part').$type<'activities' | 'api'>().notNull(),
    /** Beginning of the minute. */
    minute: instant('minute').notNull(),
    /** Which process counted. */
    process: text('process').notNull(),
    calls: integer('calls').notNull(),
    failed: integer('failed').notNull(),
  },
  (t) => [primaryKey({ columns: [t.part, t.minute, t.process] }), index('call_counts_minute').on(t.minute)],
);

/** How the alerts of a foreign source become reports, as data: the first mapping that matches counts. */
export const signalMaps = pgTable('signal_maps', {
  source: text('source').primaryKey(),
  map: jsonb('map').notNull(),
  updatedBy: text('updated_by').notNull(),
  updatedAt: instant('updated_at').notNull(),
});
