import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Queryable } from '../db/connect.js';
import { audit, commands } from '../db/schema/index.js';
import type { Instant } from '../domain/time/shape.js';
import type { AppContext } from './context.js';
import { findRepeated, type RequestIdentity, requestColumns } from './idempotency.js';
import { principalRef } from './principal.js';

/** What a change did. */
export interface Changed<View> {
  view: View;
  /** What it is about, for audit log and command: `supplier/SUP-0001`, `playbook/no-courier`, `on-call`. */
  subject: string;
  /** For the audit log: ids and numbers, never personal values or words. */
  detail: Record<string, unknown>;
  /** 200 unless something was made. */
  status?: 200 | 201;
  /** What `GET /v1/commands/{id}` shows as the result. */
  result?: unknown;
}

/** What was answered, now or by the first request with the same key. */
export interface ChangeAnswer<View> {
  status: 200 | 201;
  view: View;
}

/**
 * Makes a change that no workflow has to be told of: with its audit entry and its command (design §3.2) in one
 * transaction, all or none. A repeat with the same Idempotency-Key gives the first answer again; one at the same moment
 * waits for the first. `kept`: what of the body the command keeps; what stands in rows of its own is not kept twice.
 * Throws `idempotency-key-reused`, and what `change` throws.
 */
export async function recordChange<View>(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  identity: RequestIdentity,
  { action, kept = {} }: { action: string; kept?: unknown },
  change: (tx: Queryable, at: Instant) => Promise<Changed<View>>,
): Promise<ChangeAnswer<View>> {
  const repeated = await findAnswer<View>(db, identity);
  if (repeated) return repeated;
  const at = now().toISOString();
  const changed = await db.transaction(async (tx) => {
    const id = await claim(tx, identity, { action, kept, at });
    if (id === undefined) return undefined;
    const { view, subject, detail, status = 200, result = null } = await change(tx, at);
    const answer = identity.key === undefined ? null : view;
    await tx.update(commands).set({ target: subject, status, result, answer }).where(eq(commands.id, id));
    await tx.insert(audit).values({
      key: `${subject}/${id}`,
      at,
      subject,
      actor: principalRef(identity.principal),
      credential: identity.principal.credential,
      action,
      detail,
    });
    return { status, view };
  });
  if (changed) return changed;
  const winner = await findAnswer<View>(db, identity);
  if (!winner) throw new Error('a repeated request lost its first one');
  return winner;
}

/** The answer of an earlier request with the same key. */
async function findAnswer<View>(
  db: Queryable,
  identity: RequestIdentity,
): Promise<ChangeAnswer<View> | undefined> {
  const command = await findRepeated(db, identity);
  return command && { status: command.status === 201 ? 201 : 200, view: command.answer as View };
}

/** The request's command; nothing where another request with its key was first. */
async function claim(
  tx: Queryable,
  identity: RequestIdentity,
  { action, kept, at }: { action: string; kept: unknown; at: Instant },
): Promise<string | undefined> {
  const [claimed] = await tx
    .insert(commands)
    .values({
      id: randomUUID(),
      ...requestColumns(identity),
      kind: 'record',
      target: identity.route,
      name: action,
      body: kept,
      state: 'done',
      createdAt: at,
      settledAt: at,
    })
    .onConflictDoNothing()
    .returning({ id: commands.id });
  return claimed?.id;
}
