import type { FastifyInstance, HTTPMethods } from 'fastify';
import { AppError } from '../../app/errors.js';

/**
 * Watches the routes that are added from here on; the function it gives answers every other method at their addresses
 * with 405 and `Allow`, before any body is read.
 */
export function watchMethods(app: FastifyInstance): () => void {
  const routes = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    const methods = routes.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    routes.set(url, methods);
  });
  return () => {
    for (const [url, allowed] of [...routes]) {
      const refused = (app.supportedMethods as HTTPMethods[]).filter((method) => !allowed.has(method));
      if (url.includes('*') || url.startsWith('/docs') || refused.length === 0) continue;
      const allow = [...allowed].join(', ');
      app.route({
        method: refused,
        url,
        schema: { hide: true },
        exposeHeadRoute: false,
        onRequest: (_request, reply) => {
          reply.header('allow', allow);
          throw new AppError('method-not-allowed', `this address takes ${allow}`);
        },
        handler: () => undefined,
      });
    }
  };
}
