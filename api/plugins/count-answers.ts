import type { FastifyInstance } from 'fastify';
import type { CallCounter } from '../../app/monitors/call-counter.js';

/** Paths that look after the process itself: probes would make any failure rate look small. */
const ASIDE = /^\/(health|metrics|docs|openapi\.json)/;

/** Counts every answer, as failed from 500 on: what the failure rate of the API goes by (P12.1). */
export function countAnswers(app: FastifyInstance, calls: CallCounter): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url } = request.routeOptions;
    if (url !== undefined && !ASIDE.test(url)) calls.count('api', reply.statusCode >= 500);
  });
}
