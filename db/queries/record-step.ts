import { sql } from 'drizzle-orm';
import type { Role } from '../../domain/roles/shape.js';
import type { Queryable } from '../connect.js';
import type { commands, tasks } from '../schema/index.js';
import { type RulesStamp, rulesStampSql } from './policies.js';

type Task = typeof tasks.$inferSelect;

/** A task as the steps of its order see it. */
export type StepTask = Pick<
  Task,
  'id' | 'kind' | 'role' | 'department' | 'state' | 'assigneeId' | 'finishedBy' | 'facts'
>;

/** What the record knows before a step. */
export interface StepFacts {
  /** The answer of the same step, where it has run before. */
  outcome: unknown;
  /** The command that the step carries out, as the API stored it; null where there is none. */
  command: Pick<typeof commands.$inferSelect, 'target' | 'payload' | 'body'> | null;
  /** Who acts: found by id, or by mail address where a person typed it into Temporal; null for nobody active. */
  person: { id: string; roles: Role[] } | null;
  /** All tasks of the order. */
  tasks: StepTask[];
  /** Names the rules of the order's revision. */
  rules: RulesStamp | null;
}

/**
 * Reads what every step needs, in one statement: a transaction holds its order's lock through each round trip. Comes
 * after the lock, for what a statement sees is settled when it begins.
 */
export async function findStepFacts(
  db: Queryable,
  asked: { key: string; order: string; policyRevision: number; command?: string; person?: string },
): Promise<StepFacts> {
  const { key, order, policyRevision, command = null, person = null } = asked;
  const found = await db.execute<StepFacts & Record<string, unknown>>(sql`
    select
      (select outcome from audit where key = ${key}) outcome,
      (select jsonb_build_object('target', target, 'payload', payload, 'body', body)
        from commands where id = ${command}) command,
      (select jsonb_build_object('id', id, 'roles', roles) from people
        where active and (id = ${person} or lower(email) = lower(${person}))
        order by id = ${person} desc limit 1) person,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'role', role, 'department', department,
          'state', state, 'assigneeId', assignee_id, 'finishedBy', finished_by, 'facts', facts) order by id), '[]')
        from tasks where order_number = ${order}) tasks,
      (select to_jsonb(stamp) from (${rulesStampSql(policyRevision)}) stamp) rules`);
  const [facts] = found.rows;
  if (!facts) throw new Error('a select without from gives one row');
  return facts;
}
