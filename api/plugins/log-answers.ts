import type { FastifyInstance } from 'fastify';

/**
 * One line an answer: route pattern, status, time. Never the address, which can carry a link's token, and never a body
 * or a name (P06.7, design §9).
 */
export function logAnswers(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { url = 'no route', config } = request.routeOptions;
    request.log.info(
      {
        method: request.method,
        route: url,
        access: config.access === undefined ? 'public' : 'credential',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}
