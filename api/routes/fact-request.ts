import type { FastifyRequest } from 'fastify';
import type { FactRequest } from '../../app/facts/record-fact.js';
import { principalOf } from '../plugins/access.js';

/** A request to put facts on record, with the key where one was sent; a PUT has none. */
export function factOf<Body>(
  request: Pick<FastifyRequest, 'principal'> & { body: Body; headers: unknown },
  { withKey = true } = {},
): FactRequest<Body> {
  const headers = request.headers as { 'idempotency-key'?: string };
  return {
    principal: principalOf(request as unknown as FastifyRequest),
    body: request.body,
    ...(withKey ? { idempotencyKey: headers['idempotency-key'] } : {}),
  };
}

/** Where a new record is to be read. */
export const locationHeader = (what: string) => ({
  Location: { description: what, type: 'string' as const },
});
