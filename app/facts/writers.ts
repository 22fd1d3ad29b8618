import type { Role } from '../../domain/roles/shape.js';
import type { WriteScope } from '../../domain/scopes/shape.js';
import { AppError } from '../errors.js';
import { holdsRole, type Principal } from '../principal.js';

/** The department whose facts they are, and ops. Everybody on the staff reads them. */
export const FACT_WRITERS = {
  suppliers: ['purchasing', 'ops'],
  stock: ['inventory', 'ops'],
  purchaseOrders: ['purchasing', 'ops'],
  shipments: ['logistics', 'ops'],
  payments: ['finance', 'ops'],
  endpoints: ['technicalSupport', 'ops'],
} as const satisfies Record<WriteScope, readonly Role[]>;

/** Who books what arrived: incoming inspection and the warehouse, besides purchasing. */
export const RECEIPT_WRITERS = ['inventory', 'quality', ...FACT_WRITERS.purchaseOrders] as const;

/**
 * Throws `forbidden` unless a person of one of `roles` asks, or an API client whose key has the scope. The routes ask
 * for the roles before they read a body; a client's scope is known here.
 */
export function requireWriter(
  principal: Principal,
  scope: WriteScope,
  roles: readonly Role[] = FACT_WRITERS[scope],
): void {
  const may = principal.kind === 'client' ? principal.scopes?.includes(scope) : holdsRole(principal, roles);
  if (may) return;
  throw new AppError(
    'forbidden',
    principal.kind === 'client' ? `the key has not the scope ${scope}` : `this is for ${roles.join(', ')}`,
  );
}
