import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { ApiDeps } from '../deps.js';

/** The routes of one resource. */
export type Routes = FastifyPluginAsyncZod<ApiDeps>;
