import { z } from 'zod';
import { getChase } from '../../app/chases/get-chase.js';
import { raiseProblem } from '../../app/chases/raise-problem.js';
import { chaseViewSchema, problemInputSchema } from '../../contracts/http-chases.js';
import { chaseNumberSchema } from '../../domain/chase/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { locationHeader } from './fact-request.js';
import { idempotencyHeaders, numberParams } from './params.js';
import type { Routes } from './plugin.js';

const config = { access: ROLES };

/** What has no process of its own and is chased (design §3.4). */
export const chaseRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/v1/orders/:number/problems',
    {
      config,
      schema: {
        operationId: 'raiseProblem',
        tags: ['orders'],
        summary: '上报生产问题 · Raise a production problem',
        description:
          '一次上报即可（P09.3）：通知订单处理经理和制造部，向责任岗位（默认制造部）派任务，按订单等级计时并逐级上报。\n\nIn one call: order manager and manufacturing are told, and `role` (manufacturing, unless given) gets a task, with the times and the ladder of the order’s class.',
        params: numberParams,
        headers: idempotencyHeaders,
        body: problemInputSchema,
        response: commandAnswers(
          {
            201: {
              description: '已派出 · It is chased',
              schema: chaseViewSchema,
              headers: locationHeader('What is chased'),
            },
          },
          ['not-found', 'order-ended'],
        ),
      },
    },
    async (request, reply) => {
      const { view } = await raiseProblem(ctx, {
        principal: principalOf(request),
        number: request.params.number,
        body: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      });
      return reply.code(201).header('location', `/v1/chases/${view.number}`).send(view);
    },
  );

  app.get(
    '/v1/chases/:number',
    {
      config,
      schema: {
        operationId: 'getChase',
        tags: ['tasks'],
        summary: '跟催事项 · What is chased',
        description: '一项任务、其时限和结果。\n\nOne task, its deadline, and what came of it.',
        params: z.strictObject({ number: chaseNumberSchema }),
        response: answers({ 200: { description: '跟催事项 · The chase', schema: chaseViewSchema } }, [
          'forbidden',
          'not-found',
        ]),
      },
    },
    ({ params }) => getChase(ctx.db, params.number),
  );
};
