import { z } from 'zod';

/** What an API client's key may write besides orders of its own; none by default. */
export const WRITE_SCOPES = [
  'suppliers',
  'stock',
  'purchaseOrders',
  'shipments',
  'payments',
  'endpoints',
] as const;
export const writeScopeSchema = z.enum(WRITE_SCOPES).meta({ id: 'WriteScope' });
export type WriteScope = z.infer<typeof writeScopeSchema>;
