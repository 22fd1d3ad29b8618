import { type SQL, sql } from 'drizzle-orm';
import type { DayOverride } from '../../domain/calendar/shape.js';
import type { Policy } from '../../domain/policy/shape.js';
import type { Queryable } from '../connect.js';
import { policies } from '../schema/index.js';

/** What names the rules in force without reading them: the revision, and a hash of each of their two parts. */
export interface RulesStamp {
  revision: number;
  policyHash: string;
  daysHash: string;
}

const daysHash = sql`(select md5(coalesce(string_agg(date || working::text, ',' order by date), '')) from calendar_days)`;

const ofRevision = (revision: number | SQL | undefined) =>
  revision === undefined ? sql`order by revision desc limit 1` : sql`where revision = ${revision}`;

/** SQL that gives the {@link RulesStamp} of a revision (a number, or what gives one), or of the newest. */
export const rulesStampSql = (revision?: number | SQL) => sql`
  select revision, md5(policy::text) as "policyHash", ${daysHash} as "daysHash"
  from policies ${ofRevision(revision)}`;

/** The stamp of a revision, or of the newest; undefined when there is none. One small query. */
export async function findRulesStamp(db: Queryable, revision?: number): Promise<RulesStamp | undefined> {
  const found = await db.execute<RulesStamp & Record<string, unknown>>(rulesStampSql(revision));
  return found.rows[0];
}

/** As {@link findRulesStamp}, with the policy and the company's own days, all of one moment. */
export async function readRules(db: Queryable, revision?: number) {
  const found = await db.execute<
    RulesStamp & { policy: Policy; days: DayOverride[] } & Record<string, unknown>
  >(sql`
    select revision, md5(policy::text) as "policyHash", ${daysHash} as "daysHash", policy,
      (select coalesce(json_agg(json_build_object('date', date, 'working', working) order by date), '[]')
       from calendar_days) as days
    from policies ${ofRevision(revision)}`);
  return found.rows[0];
}

/** The newest revision, as it was published; undefined when there is none. */
export async function findNewestPolicy(db: Queryable): Promise<typeof policies.$inferSelect | undefined> {
  return db.query.policies.findFirst({ orderBy: (row, { desc }) => desc(row.revision) });
}

/** Adds a revision. False when that revision exists already: somebody was faster. */
export async function insertPolicy(db: Queryable, row: typeof policies.$inferInsert): Promise<boolean> {
  const inserted = await db
    .insert(policies)
    .values(row)
    .onConflictDoNothing()
    .returning({ revision: policies.revision });
  return inserted.length === 1;
}
