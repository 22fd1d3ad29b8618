import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '../db/connect.js';
import { commands } from '../db/schema/index.js';
import { canonicalJson, sha256 } from './canonical-json.js';
import { AppError } from './errors.js';
import type { Principal } from './principal.js';

export type CommandRow = typeof commands.$inferSelect;

/** What makes a request the same request: credential, route, key (design §9), and the body it came with. */
export interface RequestIdentity {
  principal: Principal;
  /** Method and path pattern with its parameters filled in. */
  route: string;
  key?: string;
  body: unknown;
}

/** sha256 of a body with its keys sorted, so that the order of fields does not matter. */
export function hashBody(body: unknown): string {
  return sha256(canonicalJson(body));
}

/**
 * The command that an earlier request with the same key made, or nothing. Throws `idempotency-key-reused` when that
 * request had another body.
 */
export async function findRepeated(db: Queryable, request: RequestIdentity): Promise<CommandRow | undefined> {
  if (request.key === undefined) return undefined;
  const [row] = await db
    .select()
    .from(commands)
    .where(
      and(
        eq(commands.credentialId, request.principal.credentialId),
        eq(commands.route, request.route),
        eq(commands.key, request.key),
      ),
    );
  if (row && row.bodyHash !== hashBody(request.body)) {
    throw new AppError('idempotency-key-reused', 'this Idempotency-Key was sent before with another body');
  }
  return row;
}

/** The columns of a command's row that identify its request. */
export function requestColumns({ principal, route, key, body }: RequestIdentity) {
  return {
    key: key ?? null,
    credentialId: principal.credentialId,
    route,
    bodyHash: hashBody(body),
    principal: principal.id,
    credential: principal.credential,
  };
}

/** The row of a request's command as it is first written; nothing has come of it yet. */
export function newCommand(
  identity: RequestIdentity,
  about: Pick<CommandRow, 'kind' | 'target' | 'name' | 'body' | 'payload' | 'answer' | 'state' | 'createdAt'>,
): CommandRow {
  return {
    id: randomUUID(),
    ...requestColumns(identity),
    ...about,
    status: null,
    result: null,
    attempts: 0,
    lastError: null,
    nextAttemptAt: null,
    settledAt: null,
  };
}

/** Whether PostgreSQL refused a second command with the same key (SQLSTATE 23505, unique_violation). */
export function isKeyTaken(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return (
    cause instanceof Error &&
    'code' in cause &&
    cause.code === '23505' &&
    'constraint' in cause &&
    cause.constraint === 'commands_key'
  );
}
