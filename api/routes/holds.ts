import { z } from 'zod';
import { holdOrder } from '../../app/hold-order.js';
import { listHolds } from '../../app/list-holds.js';
import { releaseHold } from '../../app/release-hold.js';
import { holdFormSchema, releaseFormSchema } from '../../contracts/forms.js';
import { holdViewSchema } from '../../contracts/http-holds.js';
import { pageOf } from '../../contracts/http-page.js';
import { orderNumberSchema } from '../../domain/order/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders, numberParams } from './params.js';
import type { Routes } from './plugin.js';
import { changeAnswers, sendAnswer } from './send-answer.js';

const tags = ['orders'];
const config = { access: ROLES };
const holdParams = z.strictObject({
  number: orderNumberSchema,
  id: z
    .string()
    .max(60)
    .regex(/^SO-\d{8}-\d{4,10}\.hold(\.\d{1,6})?$/, 'must be a hold’s id, e.g. SO-20261124-0001.hold'),
});

/** 暂停: several at once, each released by its own id (design §4). */
export const holdRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/v1/orders/:number/holds',
    {
      config,
      schema: {
        operationId: 'holdOrder',
        tags,
        summary: '暂停订单 · Hold an order',
        description:
          '暂停期间按规则停止计时、禁止发货（policy 的 holds）；责任人（owner，人员编号）收到任务，逾期逐级上报。同一订单可同时有多项暂停。\n\nWhat stops meanwhile, the policy says by the reason: deadlines, and the shipping. `owner` is a person’s id; they get a task to see to its end, due at `dueAt` where that is given.',
        params: numberParams,
        headers: idempotencyHeaders,
        body: holdFormSchema,
        response: changeAnswers(['not-started', 'order-ended']),
      },
    },
    async (request, reply) =>
      sendAnswer(
        reply,
        await holdOrder(ctx, {
          principal: principalOf(request),
          number: request.params.number,
          form: request.body,
          idempotencyKey: request.headers['idempotency-key'],
        }),
      ),
  );

  app.get(
    '/v1/orders/:number/holds',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'listHolds',
        tags,
        summary: '查询订单的暂停记录 · Holds of an order, oldest first',
        description: '包括已解除的。\n\nOpen and released ones.',
        params: numberParams,
        response: answers({ 200: { description: '暂停 · Holds', schema: pageOf(holdViewSchema) } }, [
          'not-found',
        ]),
      },
    },
    (request) => listHolds(ctx.db, request.params.number, principalOf(request)),
  );

  app.post(
    '/v1/orders/:number/holds/:id/release',
    {
      config,
      schema: {
        operationId: 'releaseHold',
        tags,
        summary: '解除暂停 · Release a hold',
        description:
          '由责任人、提出人或经理解除；已停止计时的时限按剩余时间恢复计时。\n\nBy its owner, who asked for it, or a manager. Deadlines that no other hold stops run again with the working time they had left.',
        params: holdParams,
        headers: idempotencyHeaders,
        body: releaseFormSchema,
        response: changeAnswers(['not-started', 'order-ended', 'hold-not-open']),
      },
    },
    async (request, reply) =>
      sendAnswer(
        reply,
        await releaseHold(ctx, {
          principal: principalOf(request),
          number: request.params.number,
          hold: request.params.id,
          form: request.body,
          idempotencyKey: request.headers['idempotency-key'],
        }),
      ),
  );
};
