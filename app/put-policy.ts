import { findNewestPolicy, insertPolicy } from '../db/queries/policies.js';
import { audit } from '../db/schema/index.js';
import { checkPolicy } from '../domain/policy/check-policy.js';
import { completePolicy } from '../domain/policy/complete-policy.js';
import {
  type Policy,
  type PolicySource,
  type RevisionedPolicy,
  revisionedPolicySchema,
} from '../domain/policy/shape.js';
import type { AppContext } from './context.js';
import { AppError, type FieldError } from './errors.js';
import { toFieldErrors } from './field-errors.js';
import { holdsRole, type Principal, principalRef } from './principal.js';

/**
 * Puts a policy in force as the next revision; orders already taken in keep theirs. `input` names the revision it was
 * made from. Order manager only.
 *
 * Errors: `forbidden`; `invalid-input` with each field's path, like `policy.deadlines.urgent.evaluation`;
 * `stale-revision` when somebody changed it meanwhile.
 */
export async function putPolicy(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  principal: Principal,
  input: unknown,
): Promise<RevisionedPolicy> {
  if (!holdsRole(principal, ['orderManager'])) {
    throw new AppError('forbidden', 'Only the order manager may change the policy.');
  }
  const { revision: from, policy } = readInput(input);
  const at = now().toISOString();
  const revision = from + 1;
  await db.transaction(async (tx) => {
    const newest = await findNewestPolicy(tx);
    const isNext = newest?.revision === from;
    // Two at once: the second one's row meets the first one's key.
    if (!isNext || !(await insertPolicy(tx, { revision, policy, by: principalRef(principal), at }))) {
      throw new AppError('stale-revision', `Revision ${from} is not the policy in force: read it again.`);
    }
    await tx.insert(audit).values({
      key: `policy/${revision}`,
      at,
      subject: 'policy',
      actor: principalRef(principal),
      credential: principal.credential,
      action: 'publishPolicy',
      detail: { revision, changed: changedParts(completePolicy(newest.policy as PolicySource), policy) },
    });
  });
  return { revision, policy };
}

function readInput(input: unknown): RevisionedPolicy {
  const read = revisionedPolicySchema.safeParse(input);
  if (!read.success) throw refuse(toFieldErrors(read.error));
  const faults = checkPolicy(read.data.policy);
  if (faults.length > 0) {
    throw refuse(faults.map(({ path, message }) => ({ field: ['policy', ...path].join('.'), message })));
  }
  return read.data;
}

function refuse(errors: FieldError[]): AppError {
  const [first] = errors;
  return new AppError(
    'invalid-input',
    first ? `${first.field}: ${first.message}` : 'The policy is wrong.',
    errors,
  );
}

/** The parts that differ, by name: the revisions themselves hold the rest. */
function changedParts(before: Policy, after: Policy): string[] {
  const parts = Object.keys(after) as (keyof Policy)[];
  return parts.filter((part) => sorted(before[part]) !== sorted(after[part]));
}

/** As JSON with its keys in order: jsonb keeps them in its own. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
