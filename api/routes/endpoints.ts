import { z } from 'zod';
import { addEndpoint, getEndpoint, listEndpoints, putEndpoint } from '../../app/facts/endpoints.js';
import { FACT_WRITERS } from '../../app/facts/writers.js';
import { endpointViewSchema } from '../../contracts/http-endpoints.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { endpointFactsSchema, endpointIdSchema, endpointInputSchema } from '../../domain/endpoints/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers, commandAnswers, putAnswers } from '../openapi/answers.js';
import { factOf, locationHeader } from './fact-request.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['endpoints'];
const params = z.strictObject({ id: endpointIdSchema });
const writers = { access: ['client', ...FACT_WRITERS.endpoints] } as const;
const endpoint = { description: '服务器或接口 · The endpoint', schema: endpointViewSchema };

/** Servers and endpoints to be probed (P12.1). */
export const endpointRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/endpoints',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listEndpoints',
        tags,
        summary: '服务器与接口列表 · Servers and endpoints',
        description:
          '含探测方式、间隔、用途、负责人。\n\nHow and how often each is probed, what it serves, whose it is.',
        querystring: z.strictObject({
          active: flagSchema.optional().describe('Whether it is probed'),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '列表 · All', schema: pageOf(endpointViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listEndpoints(ctx.db, request.query),
  );

  app.get(
    '/v1/endpoints/:id',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getEndpoint',
        tags,
        summary: '服务器或接口 · One endpoint',
        description: '探测方式与负责人。\n\nHow it is probed, and whose it is.',
        params,
        response: answers({ 200: endpoint }, ['forbidden', 'not-found']),
      },
    },
    (request) => getEndpoint(ctx.db, request.params.id),
  );

  app.post(
    '/v1/endpoints',
    {
      config: writers,
      schema: {
        operationId: 'addEndpoint',
        tags,
        summary: '登记服务器或接口 · Register an endpoint',
        description:
          '地址中不得含账号密码。\n\nBy technical support, or a key with the scope `endpoints`. The address holds no user or password.',
        headers: idempotencyHeaders,
        body: endpointInputSchema,
        response: commandAnswers({ 201: { ...endpoint, headers: locationHeader('The endpoint') } }, [
          'already-exists',
        ]),
      },
    },
    async (request, reply) => {
      const { status, view } = await addEndpoint(ctx, factOf(request));
      return reply
        .code(status as 201)
        .header('location', `/v1/endpoints/${view.id}`)
        .send(view);
    },
  );

  app.put(
    '/v1/endpoints/:id',
    {
      config: writers,
      schema: {
        operationId: 'putEndpoint',
        tags,
        summary: '更新服务器或接口 · Replace what is known of an endpoint',
        description: '`active=false`：停止探测。\n\n`"active": false` ends its probes.',
        params,
        body: endpointFactsSchema,
        response: putAnswers({ 200: endpoint }, ['not-found']),
      },
    },
    async (request) => (await putEndpoint(ctx, request.params.id, factOf(request, { withKey: false }))).view,
  );
};
