import { findNewestPolicy } from '../db/queries/policies.js';
import { completePolicy } from '../domain/policy/complete-policy.js';
import type { PolicySource, RevisionedPolicy } from '../domain/policy/shape.js';
import type { AppContext } from './context.js';

/** The policy in force and its revision, which a change must name. */
export async function getPolicy({ db }: Pick<AppContext, 'db'>): Promise<RevisionedPolicy> {
  const row = await findNewestPolicy(db);
  if (!row) throw new Error('there is no policy: the first is made at start-up');
  return { revision: row.revision, policy: completePolicy(row.policy as PolicySource) };
}
