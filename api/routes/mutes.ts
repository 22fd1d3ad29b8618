import { z } from 'zod';
import { MUTING_ROLES } from '../../app/monitors/rights.js';
import { addMute } from '../../app/mutes/add-mute.js';
import { endMute } from '../../app/mutes/end-mute.js';
import { listMutes } from '../../app/mutes/list-mutes.js';
import { muteViewSchema } from '../../contracts/http-mutes.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { muteInputSchema } from '../../domain/mutes/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['monitors'];
const mute = { description: '静默 · The mute', schema: muteViewSchema };

/** Mutes and maintenance windows: dated, owned, and over by themselves (P12.4). */
export const muteRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/mutes',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listMutes',
        tags,
        summary: '静默与维护时段 · Mutes and maintenance windows',
        description:
          '最新的在前；`quieted`：期间未上报的异常数。\n\nThe newest first. `quieted`: how much each kept from being reported.',
        querystring: z.strictObject({
          inForce: flagSchema.optional().describe('Whether it is in force now'),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '列表 · All', schema: pageOf(muteViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listMutes(ctx.db, request.query, ctx.now().toISOString()),
  );

  app.post(
    '/v1/mutes',
    {
      config: { access: MUTING_ROLES },
      schema: {
        operationId: 'addMute',
        tags,
        summary: '设置静默或维护时段 · Keep monitors quiet for a time',
        description:
          '必须写明负责人与结束时间，最长 30 天；到期自动结束，仍存在的异常随即上报。\n\nWith an owner and an end, 30 days later at most. It ends by itself; what is still bad is reported then.',
        headers: idempotencyHeaders,
        body: muteInputSchema,
        response: commandAnswers({ 201: mute }),
      },
    },
    async (request, reply) => {
      const { status, view } = await addMute(ctx, {
        principal: principalOf(request),
        body: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      });
      return reply.code(status as 201).send(view);
    },
  );

  app.post(
    '/v1/mutes/:id/end',
    {
      config: { access: MUTING_ROLES },
      schema: {
        operationId: 'endMute',
        tags,
        summary: '提前结束静默 · End a mute before its time',
        description: '仍存在的异常在下一次检查时上报。\n\nWhat is still bad is reported by the next look.',
        params: z.strictObject({ id: z.uuid('must be a mute’s id') }),
        headers: idempotencyHeaders,
        response: answers({ 200: mute }, [
          'forbidden',
          'not-found',
          'invalid-idempotency-key',
          'idempotency-key-reused',
        ]),
      },
    },
    async (request) =>
      (
        await endMute(ctx, {
          principal: principalOf(request),
          id: request.params.id,
          idempotencyKey: request.headers['idempotency-key'],
        })
      ).view,
  );
};
