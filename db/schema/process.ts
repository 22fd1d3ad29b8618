import { sql } from 'drizzle-orm';
import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/**
 * Every change a client or person asks for: the idempotency record and the relay in one (design §3.2). Inserted before
 * it is delivered; delivered at least once with its id as `updateId`; answered from here when repeated.
 */
export const commands = pgTable(
  'commands',
  {
    id: text('id').primaryKey(),
    /** `Idempotency-Key`, scoped to credential and route; null where none was sent. */
    key: text('key'),
    credentialId: text('credential_id').notNull(),
    route: text('route').notNull(),
    /** sha256 of the canonical body: the same key with another body is refused. */
    bodyHash: text('body_hash').notNull(),
    /** Person or client id, and by what it acted: `token`, `key`, `link`. */
    principal: text('principal').notNull(),
    credential: text('credential').notNull(),
    kind: text('kind').$type<'start' | 'update' | 'signal' | 'record'>().notNull(),
    /** Workflow id, e.g. `order/SO-20261123-0001`. */
    target: text('target').notNull(),
    /** Workflow type, update or signal name. */
    name: text('name').notNull(),
    /** What the person sent, words included; the workflow gets the gist alone. */
    body: jsonb('body').notNull(),
    /** What is delivered: the workflow's input or the message's argument. */
    payload: jsonb('payload'),
    state: text('state').$type<'pending' | 'done' | 'refused' | 'failed'>().notNull(),
    status: integer('status'),
    result: jsonb('result'),
    /** The body that was answered, for a repeat of the same request. */
    answer: jsonb('answer'),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    nextAttemptAt: instant('next_attempt_at'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('commands_key').on(t.credentialId, t.route, t.key).where(sql`${t.key} is not null`),
    index('commands_pending').on(t.createdAt).where(sql`${t.state} = 'pending'`),
    index('commands_target').on(t.target),
  ],
);

/** Human steps (design §3.4). The id is deterministic and URL-safe: `SO-20261123-0001.evaluate.quality.2`. */
export const tasks = pgTable(
  'tasks',
  {
    id: text('id').primaryKey(),
    workflowId: text('workflow_id').notNull(),
    /** What it is for: an order, an incident, or what is chased. */
    orderNumber: text('order_number'),
    incidentNumber: text('incident_number'),
    chaseNumber: text('chase_number'),
    kind: text('kind').notNull(),
    /** Role that may finish it; `customer` where the customer answers by link. */
    role: text('role').notNull(),
    department: text('department').notNull(),
    round: integer('round').notNull().default(1),
    assigneeId: text('assignee_id'),
    /** Why that one: machine code with facts (`salesOwner`, `leastLoad`, …). */
    assignedBecause: text('assigned_because'),
    state: text('state').$type<'open' | 'done' | 'withdrawn'>().notNull(),
    /** Facts the form needs: question ids, proposal id, conflicting points. */
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    deadlineId: text('deadline_id'),
    openedAt: instant('opened_at').notNull(),
    dueAt: instant('due_at'),
    result: jsonb('result'),
    finishedBy: text('finished_by'),
    finishedCredential: text('finished_credential'),
    finishedAt: instant('finished_at'),
  },
  (t) => [
    index('tasks_order').on(t.orderNumber),
    index('tasks_incident').on(t.incidentNumber),
    index('tasks_chase').on(t.chaseNumber).where(sql`${t.chaseNumber} is not null`),
    index('tasks_open_assignee').on(t.assigneeId).where(sql`${t.state} = 'open'`),
    index('tasks_open_role').on(t.role).where(sql`${t.state} = 'open'`),
    index('tasks_deadline').on(t.deadlineId),
  ],
);

/** A promise of time: `SO-20261123-0001.evaluation`, from the second round on `….2`. */
export const deadlines = pgTable(
  'deadlines',
  {
    id: text('id').primaryKey(),
    workflowId: text('workflow_id').notNull(),
    orderNumber: text('order_number'),
    incidentNumber: text('incident_number'),
    chaseNumber: text('chase_number'),
    kind: text('kind').notNull(),
    round: integer('round').notNull().default(1),
    class: text('class').notNull(),
    policyRevision: integer('policy_revision').notNull(),
    from: instant('from_at').notNull(),
    dueAt: instant('due_at').notNull(),
    provisional: boolean('provisional').notNull(),
    basis: text('basis').notNull(),
    /** `stopped` while a hold stops it: its instants stay planned, and nothing of it fires. */
    state: text('state').$type<'open' | 'stopped' | 'met' | 'breached' | 'withdrawn'>().notNull(),
    /** When it was met, after a breach too (then the state stays `breached`). */
    metAt: instant('met_at'),
  },
  (t) => [
    index('deadlines_order').on(t.orderNumber),
    index('deadlines_incident').on(t.incidentNumber),
    index('deadlines_chase').on(t.chaseNumber).where(sql`${t.chaseNumber} is not null`),
    index('deadlines_open').on(t.dueAt).where(sql`${t.state} = 'open'`),
  ],
);

/**
 * Planned instants and fired rungs as rows, so that the watchman can check them without the workflow: warnings
 * (index 50, 80), the breach (0) and rungs (1…).
 */
export const deadlineInstants = pgTable(
  'deadline_instants',
  {
    deadlineId: text('deadline_id')
      .notNull()
      .references(() => deadlines.id),
    kind: text('kind').$type<'warning' | 'breach' | 'rung'>().notNull(),
    index: integer('index').notNull(),
    role: text('role'),
    at: instant('at').notNull(),
    state: text('state').$type<'planned' | 'fired' | 'superseded' | 'skipped' | 'withdrawn'>().notNull(),
    settledAt: instant('settled_at'),
    /** Person ids reached, and why those: `[{person, why}]`. */
    reached: jsonb('reached').$type<{ person: string; why: string }[]>(),
    why: text('why'),
    /** When ops were mailed that this one is overdue; once. */
    reportedAt: instant('reported_at'),
  },
  (t) => [
    primaryKey({ columns: [t.deadlineId, t.kind, t.index] }),
    index('deadline_instants_planned').on(t.at).where(sql`${t.state} = 'planned'`),
  ],
);

/** One row a notice (design §3.5). Erasable: it holds the address it went to. */
export const notices = pgTable(
  'notices',
  {
    /** `workflowId/step/round/recipient`. */
    key: text('key').primaryKey(),
    /** The step that asked for it; `notify` sends all of one step. */
    step: text('step').notNull(),
    orderNumber: text('order_number'),
    incidentNumber: text('incident_number'),
    chaseNumber: text('chase_number'),
    /** `person:<id>`, `customer:<id>`, `supplier:<id>` or `ops`. */
    recipient: text('recipient').notNull(),
    channel: text('channel').notNull().default('mail'),
    template: text('template').notNull(),
    facts: jsonb('facts').$type<Record<string, unknown>>().notNull().default({}),
    state: text('state')
      .$type<'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'joined'>()
      .notNull(),
    /** `joined`: the notice that says it too, so that nobody is told twice. */
    joinedTo: text('joined_to'),
    address: text('address'),
    subject: text('subject'),
    messageId: text('message_id'),
    attempts: integer('attempts').notNull().default(0),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
    readAt: instant('read_at'),
  },
  (t) => [
    index('notices_step').on(t.step),
    index('notices_order').on(t.orderNumber),
    index('notices_incident').on(t.incidentNumber),
    index('notices_chase').on(t.chaseNumber).where(sql`${t.chaseNumber} is not null`),
    index('notices_unsent').on(t.createdAt).where(sql`${t.state} in ('queued','sending','failed')`),
  ],
);

/**
 * The audit log: written with the change, never changed or deleted, ids instead of personal values. Its unique key
 * makes each record step idempotent; `outcome` is what the step answered, for a step that runs again.
 */
export const audit = pgTable(
  'audit',
  {
    seq: bigserial('seq', { mode: 'number' }).primaryKey(),
    /** `workflowId/step/round` or `workflowId/<command id>`. */
    key: text('key').notNull().unique(),
    at: instant('at').notNull(),
    subject: text('subject').notNull(),
    actor: text('actor').notNull(),
    credential: text('credential').notNull(),
    action: text('action').notNull(),
    detail: jsonb('detail').notNull(),
    outcome: jsonb('outcome'),
  },
  (t) => [index('audit_subject').on(t.subject, t.seq)],
);

/** The policy's revisions; the highest is in force. */
export const policies = pgTable('policies', {
  revision: integer('revision').primaryKey(),
  policy: jsonb('policy').notNull(),
  by: text('by').notNull(),
  at: instant('at').notNull(),
});

/** Days the company itself makes working days or days off. */
export const calendarDays = pgTable('calendar_days', {
  date: text('date').primaryKey(),
  working: boolean('working').notNull(),
  note: text('note'),
});
