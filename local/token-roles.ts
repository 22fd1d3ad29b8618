/** The callers that get a development token each: an API client, the departments, the managers. */
export const tokenRoles = [
  'client',
  'sales',
  'manufacturing',
  'quality',
  'technical',
  'purchasing',
  'outsourcing',
  'logistics',
  'inventory',
  'customerService',
  'finance',
  'hr',
  'technicalSupport',
  'data',
  'compliance',
  'orderManager',
  'emergencyManager',
  'vp',
  'generalManager',
  'ops',
] as const;

export type TokenRole = (typeof tokenRoles)[number];
export type Tokens = Record<TokenRole, string>;
