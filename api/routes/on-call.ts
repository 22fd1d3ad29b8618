import { z } from 'zod';
import { addDelegation } from '../../app/on-call/add-delegation.js';
import { addOverride } from '../../app/on-call/add-override.js';
import { getOnCall } from '../../app/on-call/get-on-call.js';
import { putRota } from '../../app/on-call/put-rota.js';
import { removeDelegation } from '../../app/on-call/remove-delegation.js';
import { removeOverride } from '../../app/on-call/remove-override.js';
import {
  delegationViewSchema,
  onCallViewSchema,
  overrideViewSchema,
  rotaInputSchema,
  rotaViewSchema,
} from '../../contracts/http-on-call.js';
import { delegationInputSchema, overrideInputSchema } from '../../domain/on-call/shape.js';
import { ROLES, roleSchema } from '../../domain/roles/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';
import { instantQuery } from './queries.js';

const tags = ['company'];
const config = { access: ROLES };
const idParams = z.strictObject({ id: z.uuid('must be the id it was answered with') });
const removed = answers({ 200: { description: '已删除 · Removed', schema: z.object({ id: z.string() }) } }, [
  'forbidden',
  'not-found',
]);

/** Who is on call, and who stands in for whom (design §6, §10). */
export const onCallRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/on-call',
    {
      config,
      schema: {
        operationId: 'getOnCall',
        tags,
        summary: '值班 · Who is on call',
        description:
          '某一时刻（默认现在）各岗位由谁负责及原因，附值班表、临时调整与代班。\n\nWhom each role reaches at an instant (now, unless given) and why, with rotas, overrides and delegations.',
        querystring: z.strictObject({ at: instantQuery.optional(), role: roleSchema.optional() }),
        response: answers({ 200: { description: '值班 · On call', schema: onCallViewSchema } }, [
          'forbidden',
        ]),
      },
    },
    ({ query }) => getOnCall(ctx, query),
  );

  app.put(
    '/v1/on-call/:role',
    {
      config,
      schema: {
        operationId: 'putRota',
        tags,
        summary: '值班表 · Put a role’s weekly rota in the place of the last',
        description:
          '整周一次提交，空表即取消。`weekday` 1 为周一；`to` 不晚于 `from` 表示次日。由订单处理经理、应急管理负责人、运维，或本部门主管编排。\n\nThe whole week; an empty list ends it. `weekday` 1 is Monday; a `to` not after `from` is on the next day. By order manager, emergency manager, ops, or the head of that department.',
        params: z.strictObject({ role: roleSchema }),
        body: rotaInputSchema,
        response: commandAnswers({ 200: { description: '值班表 · The rota', schema: rotaViewSchema } }, [
          'not-found',
        ]),
      },
    },
    (request) => putRota(ctx, principalOf(request), request.params.role, request.body),
  );

  app.post(
    '/v1/on-call/overrides',
    {
      config,
      schema: {
        operationId: 'addOverride',
        tags,
        summary: '临时调整 · Put somebody else on call for a time',
        description:
          '优先于值班表；同一时刻有多条时，以后登记的为准。\n\nComes before the rota; of several for one moment the one made last counts.',
        headers: idempotencyHeaders,
        body: overrideInputSchema,
        response: commandAnswers({ 201: { description: '已登记 · Recorded', schema: overrideViewSchema } }),
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key'];
      return reply.code(201).send(await addOverride(ctx, principalOf(request), request.body, key));
    },
  );

  app.delete(
    '/v1/on-call/overrides/:id',
    {
      config,
      schema: {
        operationId: 'removeOverride',
        tags,
        summary: '取消临时调整 · Take an override away',
        description: '恢复按值班表。\n\nThe rota counts again.',
        params: idParams,
        response: removed,
      },
    },
    (request) => removeOverride(ctx, principalOf(request), request.params.id),
  );

  app.post(
    '/v1/on-call/delegations',
    {
      config,
      schema: {
        operationId: 'addDelegation',
        tags,
        summary: '代班 · Somebody is away, and somebody stands in',
        description:
          '期间的通知与上报转给代班人；代班人本身具备该岗位的，任务也转给代班人。不授予任何权限。\n\nThe stand-in is told in the other’s place, and given tasks of roles they hold themselves. It gives no rights.',
        headers: idempotencyHeaders,
        body: delegationInputSchema,
        response: commandAnswers({ 201: { description: '已登记 · Recorded', schema: delegationViewSchema } }),
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key'];
      return reply.code(201).send(await addDelegation(ctx, principalOf(request), request.body, key));
    },
  );

  app.delete(
    '/v1/on-call/delegations/:id',
    {
      config,
      schema: {
        operationId: 'removeDelegation',
        tags,
        summary: '取消代班 · End a delegation',
        description: '本人恢复办理。\n\nThe person is reached again.',
        params: idParams,
        response: removed,
      },
    },
    (request) => removeDelegation(ctx, principalOf(request), request.params.id),
  );
};
