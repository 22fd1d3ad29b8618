import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { IncidentState } from '../../contracts/incident-state.js';
import type { IncidentFacts, IncidentPhase } from '../../domain/incident/shape.js';
import type { Playbook, Severity } from '../../domain/playbooks/shape.js';
import { instant } from './columns.js';
import { orders } from './orders.js';

/** 应急预案 with their revisions (P13.5, P15.6): a draft is written, another person publishes it. */
export const playbooks = pgTable(
  'playbooks',
  {
    type: text('type').notNull(),
    revision: integer('revision').notNull(),
    state: text('state').$type<'draft' | 'published' | 'retired'>().notNull(),
    playbook: jsonb('playbook').$type<Playbook>().notNull(),
    /** Hash of the built-in this revision came from; null for one the company wrote. */
    builtIn: text('built_in'),
    draftedBy: text('drafted_by').notNull(),
    draftedAt: instant('drafted_at').notNull(),
    publishedBy: text('published_by'),
    publishedAt: instant('published_at'),
    retiredAt: instant('retired_at'),
    retiredBy: text('retired_by'),
    retiredBecause: text('retired_because'),
  },
  (t) => [
    primaryKey({ columns: [t.type, t.revision] }),
    uniqueIndex('playbooks_one_published').on(t.type).where(sql`${t.state} = 'published'`),
    uniqueIndex('playbooks_one_draft').on(t.type).where(sql`${t.state} = 'draft'`),
  ],
);

/** One record an incident. Facts; what happens next is the workflow's. */
export const incidents = pgTable(
  'incidents',
  {
    number: text('number').primaryKey(),
    type: text('type').notNull(),
    playbookRevision: integer('playbook_revision').notNull(),
    summary: text('summary').notNull(),
    /** What the product itself wrote of it, in both languages; null for what a person or another system wrote. */
    summaryWords: jsonb('summary_words').$type<{ zh: string; en: string }>(),
    source: text('source').notNull(),
    /** Open reports with this key join this incident. */
    dedupKey: text('dedup_key'),
    /** How many reports there were, the first one included. */
    count: integer('count').notNull().default(1),
    facts: jsonb('facts').$type<IncidentFacts>().notNull().default({}),
    /** The incident this one is a part of: one storm, forty late deliveries. */
    parent: text('parent'),
    /** The earlier incident of the same key or cause that this one repeats (P16.7). */
    recurrenceOf: text('recurrence_of'),
    drill: boolean('drill').notNull().default(false),
    phase: text('phase').$type<IncidentPhase>().notNull(),
    severity: integer('severity').$type<Severity>().notNull(),
    /** `rules`, or who overruled them, and why. */
    severityBy: text('severity_by').notNull(),
    severityBecause: jsonb('severity_because').$type<{ zh: string; en: string }>().notNull(),
    reportedBy: text('reported_by').notNull(),
    reportedAt: instant('reported_at').notNull(),
    ownerId: text('owner_id'),
    acknowledgedBy: text('acknowledged_by'),
    acknowledgedAt: instant('acknowledged_at'),
    /** Person ids by the key of the role in the playbook's team. */
    team: jsonb('team').$type<Record<string, string>>(),
    confirmedBy: text('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    mitigatedAt: instant('mitigated_at'),
    resolvedAt: instant('resolved_at'),
    /** Category of the playbook's causes, and words (P12.3). */
    rootCause: jsonb('root_cause').$type<{ category: string; words: string }>(),
    endedAt: instant('ended_at'),
    /** The sealed record, canonical JSON, and its sha256 (P16.4). */
    archive: text('archive'),
    archiveHash: text('archive_hash'),
    policyRevision: integer('policy_revision').notNull(),
    /** As of orders. */
    stateVersion: integer('state_version').notNull().default(0),
    workflowRunId: text('workflow_run_id'),
    resume: jsonb('resume').$type<IncidentState>(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('incidents_open_key')
      .on(t.dedupKey)
      .where(sql`${t.dedupKey} is not null and ${t.resolvedAt} is null and ${t.endedAt} is null`),
    index('incidents_open').on(t.phase).where(sql`${t.endedAt} is null`),
    index('incidents_created').on(t.createdAt.desc(), t.number.desc()),
    index('incidents_key').on(t.dedupKey, t.createdAt.desc()).where(sql`${t.dedupKey} is not null`),
    index('incidents_type').on(t.type),
    index('incidents_parent').on(t.parent),
  ],
);

/** Every report, those that joined an open incident as well. */
export const incidentReports = pgTable(
  'incident_reports',
  {
    id: text('id').primaryKey(),
    incident: text('incident')
      .notNull()
      .references(() => incidents.number),
    by: text('by').notNull(),
    source: text('source').notNull(),
    summary: text('summary').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [index('incident_reports_incident').on(t.incident), index('incident_reports_by').on(t.by)],
);

/** Which orders an incident affects, and why: found by the playbook's query, or named in a report. */
export const incidentOrders = pgTable(
  'incident_orders',
  {
    incident: text('incident')
      .notNull()
      .references(() => incidents.number),
    order: text('order_number')
      .notNull()
      .references(() => orders.number),
    because: text('because').notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.incident, t.order] }), index('incident_orders_order').on(t.order)],
);

/** The steps of an incident's playbook as they were carried out. */
export const incidentSteps = pgTable(
  'incident_steps',
  {
    incident: text('incident')
      .notNull()
      .references(() => incidents.number),
    key: text('key').notNull(),
    state: text('state').$type<'open' | 'done' | 'skipped' | 'failed' | 'leftOut'>().notNull(),
    /** The option that was chosen, or why it failed or was skipped. */
    outcome: text('outcome'),
    /** In plain words, what it did. */
    said: jsonb('said').$type<{ zh: string; en: string }>(),
    openedAt: instant('opened_at').notNull(),
    settledAt: instant('settled_at'),
    by: text('by'),
  },
  (t) => [primaryKey({ columns: [t.incident, t.key] })],
);
