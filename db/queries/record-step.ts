import { eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Role } from '../../domain/roles/shape.js';
import type { Queryable } from '../connect.js';
import { prepareOnce } from '../prepare-once.js';
import { audit, commands, orders, people, proposals, tasks } from '../schema/index.js';
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

const stepFacts = prepareOnce((db) =>
  db
    .select({
      order: getTableColumns(orders),
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
        from ${tasks} t where t.order_number = ${orders.number}`),
      proposal: read<StepFacts['proposal']>(sql`
        select jsonb_build_object('id', p.id, 'promisedDelivery', p.promised_delivery)
        from ${proposals} p where p.order_number = ${orders.number} and p.state = 'open'`),
      rules: read<RulesStamp | null>(
        sql`select to_jsonb(stamp) from (${rulesStampSql(sql`${orders.policyRevision}`)}) stamp`,
      ),
    })
    .from(orders)
    .where(eq(orders.number, sql.placeholder('order')))
    .prepare('step-facts'),
);

/** Reads what every step needs, of one moment; undefined where there is no such order. */
export async function findStepFacts(
  db: Queryable,
  { key, order, command, person }: { key: string; order: string; command?: string; person?: string },
): Promise<StepFacts | undefined> {
  const [facts] = await stepFacts(db).execute({
    key,
    order,
    command: command ?? null,
    person: person ?? null,
  });
  return facts;
}
