import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Authenticate } from '../../app/authenticate.js';
import { AppError } from '../../app/errors.js';
import { holdsRole, type Principal } from '../../app/principal.js';
import type { Role } from '../../domain/roles/shape.js';

/** Who may use a route: any credential, or a person of one of the roles; `client` stands for API clients. */
export type Access = 'any' | readonly (Role | 'client')[];

declare module 'fastify' {
  interface FastifyRequest {
    principal: Principal | null;
  }
  interface FastifyContextConfig {
    access?: Access;
  }
}

/**
 * Asks for a credential on every route of `app` before its body is read, and refuses the roles that a route is not
 * for. A route without `access` does not get past this: it was forgotten.
 */
export function requireAccess(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('principal', null);
  app.addHook('onRequest', async (request) => {
    const principal = await authenticate(request.headers.authorization);
    const { access } = request.routeOptions.config;
    if (access === undefined)
      throw new Error(`the route ${request.routeOptions.url} says not who may use it`);
    if (access !== 'any' && !mayUse(principal, access)) {
      throw new AppError('forbidden', `this is for ${access.join(', ')}`);
    }
    request.principal = principal;
  });
}

function mayUse(principal: Principal, access: readonly (Role | 'client')[]): boolean {
  if (principal.kind === 'client') return access.includes('client');
  return holdsRole(
    principal,
    access.filter((role) => role !== 'client'),
  );
}

/** Who asks; set for every route behind {@link requireAccess}. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error('the request has no principal');
  return request.principal;
}
