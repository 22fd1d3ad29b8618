import { ROLES } from '../domain/roles/shape.js';

/** The callers that get a development token each: an API client, the departments, the managers. */
export const tokenRoles = ['client', ...ROLES] as const;

export type TokenRole = (typeof tokenRoles)[number];
export type Tokens = Record<TokenRole, string>;
