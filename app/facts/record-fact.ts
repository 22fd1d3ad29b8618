import type { Queryable } from '../../db/connect.js';
import type { Role } from '../../domain/roles/shape.js';
import type { WriteScope } from '../../domain/scopes/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import type { Principal } from '../principal.js';
import { type ChangeAnswer, type Changed, recordChange } from '../record-change.js';
import { requireWriter } from './writers.js';

/** A request to put facts on record. */
export interface FactRequest<Body> {
  principal: Principal;
  body: Body;
  idempotencyKey?: string;
}

export interface FactKind {
  scope: WriteScope;
  roles?: readonly Role[];
  /** Method and path with its parameters filled in: scopes the Idempotency-Key. */
  route: string;
  /** Verb of the audit log: `putSupplier`. */
  action: string;
}

/**
 * Puts facts on record like any other change; what was sent stands in the rows it makes. Throws `forbidden` where the
 * principal may not write this kind, and what {@link recordChange} and `write` throw.
 */
export async function recordFact<View>(
  ctx: Pick<AppContext, 'db' | 'now'>,
  { scope, roles, route, action }: FactKind,
  { principal, body, idempotencyKey: key }: FactRequest<unknown>,
  write: (tx: Queryable, at: Instant) => Promise<Changed<View>>,
): Promise<ChangeAnswer<View>> {
  requireWriter(principal, scope, roles);
  return recordChange(ctx, { principal, route, key, body }, { action }, write);
}
