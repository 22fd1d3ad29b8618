import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../db/connect.js';
import { lockPlaybook, playbookSubject } from '../../db/queries/playbooks.js';
import { audit, commands } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { findRepeated, requestColumns } from '../idempotency.js';
import { type Principal, principalRef } from '../principal.js';

export type PlaybookContext = Pick<AppContext, 'db' | 'now'>;

/** Who asks for a change of which playbook. */
export interface PlaybookRequest {
  principal: Principal;
  type: string;
  idempotencyKey?: string;
}

/** What a change did. */
export interface Changed<View> {
  view: View;
  /** For the audit log: revisions, no words. */
  detail: { revision: number } & Record<string, unknown>;
}

/**
 * Makes a change of a playbook, its audit entry and its command (design §3.2) in one transaction, and gives what is to
 * be answered. Changes of one type come one after the other, so each sees what the last one left; a repeat of a request
 * gives the first answer. `kept`: what of the body the command keeps; a playbook itself stands in its own row.
 */
export async function recordChange<View>(
  { db, now }: PlaybookContext,
  { principal, type, idempotencyKey: key }: PlaybookRequest,
  { name, route, body, kept = {} }: { name: string; route: string; body: unknown; kept?: object },
  change: (tx: Queryable, at: Instant) => Promise<Changed<View>>,
): Promise<View> {
  const identity = { principal, route, key, body };
  const at = now().toISOString();
  return db.transaction(async (tx) => {
    await lockPlaybook(tx, type);
    // Behind the lock: a repeat at the same moment waits here, and finds what the first one did.
    const repeated = await findRepeated(tx, identity);
    if (repeated) return repeated.answer as View;
    const { view, detail } = await change(tx, at);
    const id = randomUUID();
    const subject = playbookSubject(type);
    await tx.insert(commands).values({
      id,
      ...requestColumns(identity),
      kind: 'record',
      target: subject,
      name,
      body: kept,
      state: 'done',
      status: 200,
      result: detail,
      answer: key === undefined ? null : view,
      createdAt: at,
      settledAt: at,
    });
    await tx.insert(audit).values({
      key: `${subject}/${id}`,
      at,
      subject,
      actor: principalRef(principal),
      credential: principal.credential,
      action: name,
      detail,
    });
    return view;
  });
}
