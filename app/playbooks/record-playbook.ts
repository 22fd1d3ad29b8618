import type { Queryable } from '../../db/connect.js';
import { lockPlaybook, playbookSubject } from '../../db/queries/playbooks.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import type { Principal } from '../principal.js';
import { recordChange } from '../record-change.js';

export type PlaybookContext = Pick<AppContext, 'db' | 'now'>;

/** Who asks for a change of which playbook. */
export interface PlaybookRequest {
  principal: Principal;
  type: string;
  idempotencyKey?: string;
}

/**
 * A change of a playbook, on record like any other. Changes of one type come one after the other, so each sees what the
 * last one left. `kept`: what of the body the command keeps; a playbook itself stands in its own row.
 */
export async function recordPlaybook<View>(
  ctx: PlaybookContext,
  { principal, type, idempotencyKey: key }: PlaybookRequest,
  { name, route, body, kept }: { name: string; route: string; body: unknown; kept?: object },
  change: (
    tx: Queryable,
    at: Instant,
  ) => Promise<{ view: View; detail: { revision: number } & Record<string, unknown> }>,
): Promise<View> {
  const identity = { principal, route, key, body };
  const { view } = await recordChange(ctx, identity, { action: name, kept }, async (tx, at) => {
    await lockPlaybook(tx, type);
    const changed = await change(tx, at);
    return { ...changed, subject: playbookSubject(type), result: changed.detail };
  });
  return view;
}
