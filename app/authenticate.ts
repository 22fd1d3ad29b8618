import type { Queryable } from '../db/connect.js';
import { findCredential } from '../db/queries/credentials.js';
import { AppError } from './errors.js';
import { findTokenHash } from './hash-token.js';
import type { Principal } from './principal.js';

/** A revoked credential is refused everywhere within this time. */
const KEPT_MS = 5_000;
/** Enough for every person and client of a company of this size; the oldest entries make room. */
const KEPT_AT_MOST = 1_000;
const LONGEST_TOKEN = 512;

export type Authenticate = (authorization: string | undefined) => Promise<Principal>;

/**
 * Makes the function that turns an `Authorization` header into who asks (design §10): an API client by its key, a
 * person by a token. `developmentTokens`: whether people's printed tokens count, in the embedded default alone.
 * What was found is kept for a few seconds, so that not every request asks the database.
 * Throws `unauthenticated`; a credential that is revoked, or whose person or client is inactive, is as good as none.
 */
export function createAuthenticate(options: {
  db: Queryable;
  developmentTokens: boolean;
  now: () => Date;
}): Authenticate {
  const kept = new Map<string, { principal: Principal; untilMs: number }>();
  return async (authorization) => {
    const hash = findTokenHash(readToken(authorization));
    const nowMs = options.now().getTime();
    const known = kept.get(hash);
    if (known && known.untilMs > nowMs) return known.principal;
    kept.delete(hash);
    const principal = toPrincipal(await findCredential(options.db, hash), options.developmentTokens);
    if (!principal) throw new AppError('unauthenticated', 'the credential is unknown or has been revoked');
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_AT_MOST && oldest !== undefined) kept.delete(oldest);
    kept.set(hash, { principal, untilMs: nowMs + KEPT_MS });
    return principal;
  };
}

function readToken(authorization: string | undefined): string {
  const token = /^Bearer +([\x21-\x7e]+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined || token.length > LONGEST_TOKEN) {
    throw new AppError('unauthenticated', 'send the header "Authorization: Bearer <token>"');
  }
  return token;
}

function toPrincipal(
  found: Awaited<ReturnType<typeof findCredential>>,
  developmentTokens: boolean,
): Principal | undefined {
  if (!found || found.revokedAt) return undefined;
  const { client, person } = found;
  if (found.kind === 'key') {
    if (!client?.active) return undefined;
    const { id, scopes } = client;
    return { kind: 'client', id, scopes, credentialId: found.id, credential: 'key' };
  }
  if (!person?.active || !developmentTokens) return undefined;
  const { id, name, department } = person;
  // A token for one role speaks for that role alone, and for none that its person has lost.
  const roles = found.role === null ? person.roles : person.roles.filter((role) => role === found.role);
  return { kind: 'person', id, name, roles, department, credentialId: found.id, credential: 'token' };
}
