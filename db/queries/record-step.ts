import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { DeadlineClass } from '../../domain/deadlines/shape.js';
import type { Playbook, Severity } from '../../domain/playbooks/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { Queryable } from '../connect.js';
import { prepareOnce } from '../prepare-once.js';
import {
  actionItems,
  audit,
  chases,
  commands,
  deadlines,
  incidentOrders,
  incidents,
  orders,
  people,
  playbooks,
  proposals,
  tasks,
} from '../schema/index.js';
import { type RulesStamp, rulesStampSql } from './policies.js';

type Task = typeof tasks.$inferSelect;

/** A task as the steps of its order see it. */
export type StepTask = Pick<
  Task,
  'id' | 'kind' | 'role' | 'department' | 'state' | 'assigneeId' | 'finishedBy' | 'facts'
>;

/** What the record knows before a step. */
export interface StepFacts {
  order: typeof orders.$inferSelect;
  /** The answer of the same step, where it has run before. */
  outcome: unknown;
  /** The command that the step carries out, as the API stored it; null where there is none. */
  command: Pick<typeof commands.$inferSelect, 'target' | 'payload' | 'body'> | null;
  /** Who acts: found by id, or by mail address where a person typed it into Temporal; null for nobody active. */
  person: { id: string; roles: Role[] } | null;
  /** All tasks of the order. */
  tasks: StepTask[];
  /** The proposal that waits for its signature; null where none does. */
  proposal: { id: string; promisedDelivery: string } | null;
  /** Names the rules of the order's revision. */
  rules: RulesStamp | null;
}

const read = <T>(query: SQL) => sql<T>`(${query})`;
const person = sql.placeholder('person');

/** What the record knows of a step, and of the row it is about, in the terms of the row's own select. */
const knownOf = (workflowId: SQL, policyRevision: SQL) => ({
  outcome: read<unknown>(
    sql`select ${audit.outcome} from ${audit} where ${audit.key} = ${sql.placeholder('key')}`,
  ),
  command: read<StepFacts['command']>(sql`
    select jsonb_build_object('target', target, 'payload', payload, 'body', body)
    from ${commands} where id = ${sql.placeholder('command')}`),
  person: read<StepFacts['person']>(sql`
    select jsonb_build_object('id', id, 'roles', roles) from ${people}
    where active and (id = ${person} or lower(email) = lower(${person}))
    order by id = ${person} desc limit 1`),
  tasks: read<StepTask[]>(sql`
    select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'role', t.role,
      'department', t.department, 'state', t.state, 'assigneeId', t.assignee_id,
      'finishedBy', t.finished_by, 'facts', t.facts) order by t.id), '[]')
    from ${tasks} t where ${workflowId}`),
  rules: read<RulesStamp | null>(sql`select to_jsonb(stamp) from (${rulesStampSql(policyRevision)}) stamp`),
});

const orderFacts = prepareOnce((db) =>
  db
    .select({
      order: getTableColumns(orders),
      ...knownOf(sql`t.order_number = ${orders.number}`, sql`${orders.policyRevision}`),
      proposal: read<StepFacts['proposal']>(sql`
        select jsonb_build_object('id', p.id, 'promisedDelivery', p.promised_delivery)
        from ${proposals} p where p.order_number = ${orders.number} and p.state = 'open'`),
    })
    .from(orders)
    .where(eq(orders.number, sql.placeholder('number')))
    .prepare('order-step-facts'),
);

const incidentFacts = prepareOnce((db) =>
  db
    .select({
      incident: getTableColumns(incidents),
      playbook: playbooks.playbook,
      ...knownOf(sql`t.incident_number = ${incidents.number}`, sql`${incidents.policyRevision}`),
      affected: read<string[]>(sql`
        select coalesce(jsonb_agg(i.order_number order by i.order_number), '[]')
        from ${incidentOrders} i where i.incident = ${incidents.number}`),
    })
    .from(incidents)
    .innerJoin(
      playbooks,
      and(eq(playbooks.type, incidents.type), eq(playbooks.revision, incidents.playbookRevision)),
    )
    .where(eq(incidents.number, sql.placeholder('number')))
    .prepare('incident-step-facts'),
);

interface StepAsked {
  key: string;
  number: string;
  command?: string | undefined;
  /** Id, or mail address as it was typed. */
  person?: string | undefined;
}

const given = ({ key, number, command, person }: StepAsked) => ({
  key,
  number,
  command: command ?? null,
  person: person ?? null,
});

/** Reads what every step of an order needs, of one moment; undefined where there is no such order. */
export async function findStepFacts(db: Queryable, asked: StepAsked): Promise<StepFacts | undefined> {
  const [facts] = await orderFacts(db).execute(given(asked));
  return facts;
}

/** What the record knows before a step of an incident. */
export type IncidentFacts = Omit<StepFacts, 'order' | 'proposal'> & {
  incident: typeof incidents.$inferSelect;
  /** Of the revision that the incident goes by. */
  playbook: Playbook;
  /** Numbers of the orders that are linked. */
  affected: string[];
};

/** Reads what every step of an incident needs, of one moment; undefined where there is no such incident. */
export async function findIncidentFacts(db: Queryable, asked: StepAsked): Promise<IncidentFacts | undefined> {
  const [facts] = await incidentFacts(db).execute(given(asked));
  return facts;
}

const chaseFacts = prepareOnce((db) =>
  db
    .select({
      chase: getTableColumns(chases),
      ...knownOf(sql`t.chase_number = ${chases.number}`, sql`${chases.policyRevision}`),
      item: read<ChaseFacts['item']>(sql`
        select jsonb_build_object('id', a.id, 'incident', a.incident_number, 'step', a.step, 'what', a.what,
          'ownerId', a.owner_id, 'doneBy', a.done_by, 'reopened', a.reopened)
        from ${actionItems} a where a.id = ${chases.facts} ->> 'item'`),
      class: read<DeadlineClass | null>(sql`
        select d.class from ${deadlines} d where d.chase_number = ${chases.number} order by d.from_at limit 1`),
      severity: read<Severity | null>(sql`
        select i.severity from ${incidents} i where i.number = ${chases.incidentNumber}`),
    })
    .from(chases)
    .where(eq(chases.number, sql.placeholder('number')))
    .prepare('chase-step-facts'),
);

/** What the record knows before a step of a chase. */
export type ChaseFacts = Omit<StepFacts, 'order' | 'proposal'> & {
  chase: typeof chases.$inferSelect;
  /** The action item that is chased, or whose effect is checked; null where it is another kind of chase. */
  item: Pick<
    typeof actionItems.$inferSelect,
    'id' | 'incident' | 'step' | 'what' | 'ownerId' | 'doneBy' | 'reopened'
  > | null;
  /** What its deadline was planned by: the class of the order, or the level of the incident, of then. */
  class: DeadlineClass | null;
  /** Of the incident that it hangs on, now. */
  severity: Severity | null;
};

/** Reads what every step of a chase needs, of one moment; undefined where there is no such chase. */
export async function findChaseFacts(db: Queryable, asked: StepAsked): Promise<ChaseFacts | undefined> {
  const [facts] = await chaseFacts(db).execute(given(asked));
  return facts;
}
