import type { Role } from '../domain/roles/shape.js';
import type { WriteScope } from '../domain/scopes/shape.js';

/** A person known by a token (or, later, an identity provider). `roles` are those the credential speaks for. */
export interface PersonPrincipal {
  kind: 'person';
  id: string;
  name: string;
  roles: Role[];
  department: string;
  credentialId: string;
  credential: 'token' | 'link';
}

/** A program with a key; nobody's person (design §10). */
export interface ClientPrincipal {
  kind: 'client';
  id: string;
  /** What it may write besides orders of its own; none where absent. */
  scopes?: readonly WriteScope[];
  credentialId: string;
  credential: 'key';
}

/** A customer who follows the link in a mail; may do what the link is for, and nothing else. */
export interface CustomerPrincipal {
  kind: 'customer';
  id: string;
  credentialId: string;
  credential: 'link';
}

/** A supplier who follows the link in a mail; answers what it was asked, and nothing else. */
export interface SupplierPrincipal {
  kind: 'supplier';
  id: string;
  credentialId: string;
  credential: 'link';
}

/** A part of the product, or a system that signs what it sends: `monitor/stock-level`, `signal/prometheus`. */
export interface SystemPrincipal {
  kind: 'system';
  id: string;
  credentialId: string;
  credential: 'workflow' | 'key';
}

export type Principal =
  | PersonPrincipal
  | ClientPrincipal
  | CustomerPrincipal
  | SupplierPrincipal
  | SystemPrincipal;

/**
 * The text that stands for a principal in records: the id of a person or a system, `client:<id>`, `customer:<id>` or
 * `supplier:<id>`.
 */
export function principalRef(principal: Principal): string {
  const { kind, id } = principal;
  return kind === 'person' || kind === 'system' ? id : `${kind}:${id}`;
}

/** Whether the credential speaks for one of `roles`. */
export function holdsRole(principal: Principal, roles: readonly Role[]): boolean {
  return principal.kind === 'person' && principal.roles.some((role) => roles.includes(role));
}
