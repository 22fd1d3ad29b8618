import type { Queryable } from '../../db/connect.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import type { RequestIdentity } from '../idempotency.js';
import { recordChange } from '../record-change.js';

/**
 * A change of the on-call tables, on record like any other. `detail`: ids for the audit log, no names, no reasons. Nothing
 * is left to be delivered: the tables themselves are what the next look reads.
 */
export async function recordOnCall<View>(
  ctx: Pick<AppContext, 'db' | 'now'>,
  identity: RequestIdentity,
  action: string,
  change: (tx: Queryable, at: Instant) => Promise<{ view: View; detail: Record<string, unknown> }>,
): Promise<View> {
  const { view } = await recordChange(ctx, identity, { action, kept: identity.body }, async (tx, at) => {
    const changed = await change(tx, at);
    return { ...changed, subject: 'on-call', result: changed.detail };
  });
  return view;
}
