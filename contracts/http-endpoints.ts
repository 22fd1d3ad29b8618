import { z } from 'zod';
import { endpointKindSchema } from '../domain/endpoints/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { namedSchema } from './http-page.js';

/** A server or endpoint that is probed. */
export const endpointViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: endpointKindSchema,
    address: z.string(),
    intervalSeconds: z.int(),
    serves: z.string(),
    severityHint: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    owner: namedSchema,
    active: z.boolean(),
    updatedAt: instantSchema,
  })
  .meta({ id: 'Endpoint' });
export type EndpointView = z.infer<typeof endpointViewSchema>;
