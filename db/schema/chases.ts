import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { ProcessState } from '../../contracts/process.js';
import { instant } from './columns.js';
import { incidents } from './incidents.js';

/** What has no process of its own is chased: one task, its deadline, its ladder (design §3.4). */
export const chases = pgTable(
  'chases',
  {
    /** `CH-20261123-0001`. */
    number: text('number').primaryKey(),
    /** What is chased, a machine word: `actionItem`, `effectCheck`, `problem`, … */
    kind: text('kind').notNull(),
    orderNumber: text('order_number'),
    incidentNumber: text('incident_number'),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    phase: text('phase').$type<'open' | 'done' | 'givenUp'>().notNull(),
    ownerId: text('owner_id'),
    endedAt: instant('ended_at'),
    policyRevision: integer('policy_revision').notNull(),
    /** As of orders. */
    stateVersion: integer('state_version').notNull().default(0),
    workflowRunId: text('workflow_run_id'),
    resume: jsonb('resume').$type<ProcessState>(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('chases_open').on(t.phase).where(sql`${t.endedAt} is null`),
    index('chases_incident').on(t.incidentNumber),
    index('chases_order').on(t.orderNumber),
  ],
);

/** 整改措施: what is improved after an incident; closed only after a second person has checked its effect (P16.7). */
export const actionItems = pgTable(
  'action_items',
  {
    /** `IN-20261123-0001.actionItem`, from the second on `….2`. */
    id: text('id').primaryKey(),
    incident: text('incident_number')
      .notNull()
      .references(() => incidents.number),
    /** The step of the playbook that asked for it, if one did. */
    step: text('step'),
    what: text('what').notNull(),
    ownerId: text('owner_id').notNull(),
    dueAt: instant('due_at').notNull(),
    state: text('state').$type<'open' | 'done' | 'closed'>().notNull(),
    /** The process that chases it now. */
    chase: text('chase'),
    openedBy: text('opened_by').notNull(),
    openedAt: instant('opened_at').notNull(),
    doneBy: text('done_by'),
    doneAt: instant('done_at'),
    doneNote: text('done_note'),
    /** The second person, and what they found. */
    checkedBy: text('checked_by'),
    checkedAt: instant('checked_at'),
    checkNote: text('check_note'),
    /** How often it was opened again, and the incident that repeated it. */
    reopened: integer('reopened').notNull().default(0),
    reopenedBecause: text('reopened_because'),
  },
  (t) => [
    index('action_items_incident').on(t.incident),
    index('action_items_open').on(t.dueAt).where(sql`${t.state} <> 'closed'`),
  ],
);
