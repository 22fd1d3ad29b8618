import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import type { Delegation, Override, RoleShift } from '../../domain/on-call/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { delegations, onCallOverrides, onCallShifts, people } from '../schema/index.js';

/** The on-call tables as they count now; instants are as PostgreSQL writes them in JSON. */
export interface OnCallJson {
  shifts: RoleShift[] | null;
  overrides: Override[] | null;
  delegations: Delegation[] | null;
  /** The company's zone as the newest policy names it; null before there is one. */
  zone: string | null;
}

// Read with every assignment, so what ended long ago is left out; by the machine's clock with a month to spare, for the
// instant asked for may lie behind it.
const isRecent = sql`to_at > now() - interval '30 days'`;

/** SQL that gives the {@link OnCallJson}. It refers to nothing around it: PostgreSQL reads it once a statement. */
export const onCallSql = sql<OnCallJson>`(select json_build_object(
  'shifts', (select json_agg(json_build_object('role', role, 'weekday', weekday, 'from', from_time, 'to', to_time,
      'person', person_id) order by role, weekday, from_time) from on_call_shifts),
  'overrides', (select json_agg(json_build_object('id', id, 'role', role, 'person', person_id, 'reason', reason,
      'from', from_at, 'to', to_at, 'madeAt', made_at) order by id) from on_call_overrides where ${isRecent}),
  'delegations', (select json_agg(json_build_object('id', id, 'person', person_id, 'standIn', stand_in_id,
      'from', from_at, 'to', to_at, 'madeAt', made_at) order by id) from delegations where ${isRecent}),
  'zone', (select policy -> 'workingTime' ->> 'zone' from policies order by revision desc limit 1)))`;

/** The rota of a role, or of all, in the order of the week. */
export function selectShifts(db: Queryable, role?: Role) {
  return db
    .select()
    .from(onCallShifts)
    .where(role && eq(onCallShifts.role, role))
    .orderBy(asc(onCallShifts.role), asc(onCallShifts.weekday), asc(onCallShifts.from));
}

/** Puts a rota in the place of the one a role had. Call it in a transaction: two at once come one after the other. */
export async function replaceShifts(
  db: Queryable,
  role: Role,
  rows: (typeof onCallShifts.$inferInsert)[],
): Promise<void> {
  // Without it, the second one would not see the turns that the first is adding, and meet their keys.
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('on-call rota'), hashtext(${role}))`);
  await db.delete(onCallShifts).where(eq(onCallShifts.role, role));
  if (rows.length > 0) await db.insert(onCallShifts).values(rows);
}

/** Overrides of a role, or of all, that end after an instant, the first to begin at the front. */
export function selectOverrides(
  db: Queryable,
  { after, role }: { after: Instant; role?: Role },
  limit: number,
) {
  return db
    .select()
    .from(onCallOverrides)
    .where(and(gt(onCallOverrides.to, after), role && eq(onCallOverrides.role, role)))
    .orderBy(asc(onCallOverrides.from), asc(onCallOverrides.id))
    .limit(limit);
}

/** Delegations that end after an instant, the first to begin at the front. */
export function selectDelegations(db: Queryable, after: Instant, limit: number) {
  return db
    .select()
    .from(delegations)
    .where(gt(delegations.to, after))
    .orderBy(asc(delegations.from), asc(delegations.id))
    .limit(limit);
}

/** People by id with what decides whether they may be on call; one that is unknown is absent. */
export function selectServing(db: Queryable, ids: readonly string[]) {
  return db
    .select({
      id: people.id,
      name: people.name,
      roles: people.roles,
      department: people.department,
      head: people.head,
      active: people.active,
    })
    .from(people)
    .where(inArray(people.id, [...ids]));
}
