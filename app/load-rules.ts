import type { Queryable } from '../db/connect.js';
import { findRulesStamp, insertPolicy, type RulesStamp, readRules } from '../db/queries/policies.js';
import { type Calendar, createCalendar } from '../domain/calendar/create-calendar.js';
import { completePolicy } from '../domain/policy/complete-policy.js';
import { defaultPolicy } from '../domain/policy/defaults.js';
import type { Policy } from '../domain/policy/shape.js';
import type { Instant } from '../domain/time/shape.js';

/** A revision of the policy, and the calendar of its working time and the company's own days as they are now. */
export interface Rules {
  revision: number;
  policy: Policy;
  calendar: Calendar;
}

// By content, not by database: what is kept can never be stale, whichever database or transaction asks.
const kept = new Map<string, Rules>();
const mostKept = 50;

/**
 * The rules of a revision (an order keeps that of its intake), or of the newest. One small query when they are known
 * to this process, none where the caller has their `stamp`. Throws when there is no such revision: {@link ensurePolicy} makes the first at start-up.
 */
export async function loadRules(
  db: Queryable,
  { revision, stamp: given }: { revision?: number; stamp?: RulesStamp | null } = {},
): Promise<Rules> {
  const stamp = given ?? (await findRulesStamp(db, revision));
  const found = stamp && kept.get(keyOf(stamp));
  if (found) return found;
  const read = await readRules(db, revision);
  if (!read)
    throw new Error(revision === undefined ? 'there is no policy' : `there is no policy ${revision}`);
  const rules: Rules = {
    revision: read.revision,
    policy: completePolicy(read.policy),
    calendar: createCalendar({ workingTime: read.policy.workingTime, overrides: read.days }),
  };
  kept.set(keyOf(read), rules);
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  return rules;
}

const keyOf = (stamp: RulesStamp) => `${stamp.revision}/${stamp.policyHash}/${stamp.daysHash}`;

/** Publishes revision 1 where there is none yet; changes nothing otherwise. */
export async function ensurePolicy(
  db: Queryable,
  at: Instant,
  policy: Policy = defaultPolicy,
): Promise<void> {
  await insertPolicy(db, { revision: 1, policy, by: 'redmark', at });
}
