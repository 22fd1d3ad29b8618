import { randomUUID } from 'node:crypto';
import type { Queryable } from '../../db/connect.js';
import { audit, commands } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { findRepeated, type RequestIdentity, requestColumns } from '../idempotency.js';
import { principalRef } from '../principal.js';

/** What a change of the on-call tables did. */
export interface Changed<View> {
  view: View;
  /** Ids for the audit log: no names, no reasons. */
  detail: Record<string, unknown>;
}

/** Another request with the same key came first: what this one did is rolled back. */
class KeyTaken extends Error {}

/**
 * Makes a change of the on-call tables, its audit entry and its command (design §3.2) in one transaction, and gives what
 * is to be answered; a repeat of the request gives the first answer. Nothing is left to be delivered: the tables
 * themselves are what the next look reads.
 */
export async function recordChange<View>(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  identity: RequestIdentity,
  action: string,
  change: (tx: Queryable, at: Instant) => Promise<Changed<View>>,
): Promise<View> {
  const repeated = await findRepeated(db, identity);
  if (repeated) return repeated.answer as View;
  const at = now().toISOString();
  const { principal } = identity;
  try {
    return await db.transaction(async (tx) => {
      const { view, detail } = await change(tx, at);
      const id = randomUUID();
      const stored = await tx
        .insert(commands)
        .values({
          id,
          ...requestColumns(identity),
          kind: 'record',
          target: 'on-call',
          name: action,
          body: identity.body,
          state: 'done',
          status: 200,
          result: detail,
          answer: view,
          createdAt: at,
          settledAt: at,
        })
        .onConflictDoNothing()
        .returning({ id: commands.id });
      if (stored.length === 0) throw new KeyTaken();
      await tx.insert(audit).values({
        key: `on-call/${id}`,
        at,
        subject: 'on-call',
        actor: principalRef(principal),
        credential: principal.credential,
        action,
        detail,
      });
      return view;
    });
  } catch (error) {
    const winner = error instanceof KeyTaken ? await findRepeated(db, identity) : undefined;
    if (winner) return winner.answer as View;
    throw error;
  }
}
