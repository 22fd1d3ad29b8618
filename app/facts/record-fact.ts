import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Queryable } from '../../db/connect.js';
import { audit, commands } from '../../db/schema/index.js';
import type { Role } from '../../domain/roles/shape.js';
import type { WriteScope } from '../../domain/scopes/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { findRepeated, type RequestIdentity, requestColumns } from '../idempotency.js';
import { type Principal, principalRef } from '../principal.js';
import { requireWriter } from './writers.js';

/** A request to put facts on record. */
export interface FactRequest<Body> {
  principal: Principal;
  body: Body;
  idempotencyKey?: string;
}

/** What was done: the answer, and for the audit log ids and numbers, never personal values. */
export interface WrittenFact<View> {
  status: 200 | 201;
  view: View;
  /** `supplier/SUP-0001`. */
  subject: string;
  detail: Record<string, unknown>;
}

export interface FactAnswer<View> {
  status: 200 | 201;
  view: View;
}

export interface FactKind {
  scope: WriteScope;
  roles?: readonly Role[];
  /** Method and path with its parameters filled in: scopes the Idempotency-Key. */
  route: string;
  /** Verb of the audit log: `putSupplier`. */
  action: string;
}

type FactContext = Pick<AppContext, 'db' | 'now'>;

/**
 * Puts facts on record in one transaction with their audit entry and the request's command, all or none. A repeat with
 * the same Idempotency-Key gives the first answer again, a repeat at the same moment waits for the first.
 * Throws `forbidden`, `idempotency-key-reused`, and what `write` throws.
 */
export async function recordFact<View>(
  { db, now }: FactContext,
  kind: FactKind,
  { principal, body, idempotencyKey }: FactRequest<unknown>,
  write: (tx: Queryable, at: Instant) => Promise<WrittenFact<View>>,
): Promise<FactAnswer<View>> {
  requireWriter(principal, kind.scope, kind.roles);
  const identity: RequestIdentity = { principal, route: kind.route, key: idempotencyKey, body };
  const repeated = await findAnswer<View>(db, identity);
  if (repeated) return repeated;
  const at = now().toISOString();
  const written = await db.transaction(async (tx) => {
    const id = await claim(tx, kind, identity, at);
    if (id === undefined) return undefined;
    const fact = await write(tx, at);
    const answer = idempotencyKey === undefined ? null : fact.view;
    await tx
      .update(commands)
      .set({ target: fact.subject, status: fact.status, answer })
      .where(eq(commands.id, id));
    await tx.insert(audit).values({
      key: `${fact.subject}/${id}`,
      at,
      subject: fact.subject,
      actor: principalRef(principal),
      credential: principal.credential,
      action: kind.action,
      detail: fact.detail,
    });
    return { status: fact.status, view: fact.view };
  });
  if (written) return written;
  const winner = await findAnswer<View>(db, identity);
  if (!winner) throw new Error('a repeated request lost its first one');
  return winner;
}

/** The answer of an earlier request with the same key. */
async function findAnswer<View>(
  db: Queryable,
  identity: RequestIdentity,
): Promise<FactAnswer<View> | undefined> {
  const command = await findRepeated(db, identity);
  return command && { status: command.status === 200 ? 200 : 201, view: command.answer as View };
}

/** The request's command; nothing where another request with its key was first. */
async function claim(tx: Queryable, { action }: FactKind, identity: RequestIdentity, at: Instant) {
  const [claimed] = await tx
    .insert(commands)
    .values({
      id: randomUUID(),
      ...requestColumns(identity),
      kind: 'record',
      target: identity.route,
      name: action,
      // What was sent stands in the rows it makes; here it would be a second copy of personal data.
      body: {},
      state: 'done',
      createdAt: at,
      settledAt: at,
    })
    .onConflictDoNothing()
    .returning({ id: commands.id });
  return claimed?.id;
}
