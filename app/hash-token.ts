import { createHash } from 'node:crypto';

/**
 * The hash a credential is stored and found by: sha256 in hex. Fast on purpose: tokens are random and long, so there
 * is nothing to guess, and each request asks.
 */
export function findTokenHash(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
