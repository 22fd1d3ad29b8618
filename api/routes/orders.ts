import { z } from 'zod';
import { acceptOrder } from '../../app/accept-order.js';
import { getLiveState } from '../../app/get-live-state.js';
import { getOrder } from '../../app/get-order.js';
import { getTimeline } from '../../app/get-timeline.js';
import { listOrders } from '../../app/list-orders.js';
import { listQuestions } from '../../app/list-questions.js';
import { orderSummarySchema, orderViewSchema } from '../../contracts/http.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { timelineEntrySchema } from '../../contracts/http-records.js';
import { questionViewSchema } from '../../contracts/http-tasks.js';
import { orderClassSchema, orderInputSchema, orderPhaseSchema } from '../../domain/order/shape.js';
import { ORDERING_ROLES } from '../../domain/roles/shape.js';
import { lineText } from '../../domain/text/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders, numberParams } from './params.js';
import type { Routes } from './plugin.js';
import { gradeQuery, instantQuery } from './queries.js';
import { sendCreated } from './send-answer.js';

/** Intake and reading of orders (P05.1, P05.5). */
export const orderRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/v1/orders',
    {
      config: { access: ['client', ...ORDERING_ROLES] },
      schema: {
        operationId: 'acceptOrder',
        tags: ['orders'],
        summary: '受理订单 · Place an order',
        description:
          '网上、邮件、电话订单同一入口；受理即评估并计算各项时限。\n\nAccepted and committed means accepted: the order’s process starts at once, or as soon as Temporal is back.',
        headers: idempotencyHeaders,
        body: orderInputSchema,
        response: commandAnswers(
          {
            201: {
              description: '已受理 · Accepted',
              schema: orderViewSchema,
              headers: { Location: { description: 'The order', type: 'string' } },
            },
          },
          ['ambiguous-customer'],
        ),
      },
    },
    async (request, reply) => {
      const accepted = await acceptOrder(ctx, {
        principal: principalOf(request),
        body: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      });
      const { number, body, started } = accepted;
      return sendCreated(reply, { location: `/v1/orders/${number}`, body, started });
    },
  );

  app.get(
    '/v1/orders',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'listOrders',
        tags: ['orders'],
        summary: '查询订单列表 · List orders, newest first',
        description: '接口客户只看到自己的订单。\n\nAn API client sees the orders it placed.',
        querystring: z.strictObject({
          class: orderClassSchema.optional(),
          grade: gradeQuery.optional(),
          phase: orderPhaseSchema.optional(),
          breached: flagSchema.optional().describe('Whether a deadline has been breached'),
          customer: lineText(100).optional().describe('A customer’s id'),
          dueBefore: instantQuery.optional().describe('An open deadline lies before this instant'),
          riskAtLeast: z.coerce
            .number()
            .int('must be a whole number')
            .min(0)
            .max(100)
            .optional()
            .describe('Open, and its risk at least so high; for our own people'),
          sort: z.enum(['newest', 'risk']).optional().describe('`risk`: open orders, the riskiest first'),
          q: lineText(200).optional().describe('Part of number, customer’s name or reference, or SKU'),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '订单 · Orders', schema: pageOf(orderSummarySchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listOrders(ctx.db, principalOf(request), request.query),
  );

  app.get(
    '/v1/orders/:number',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'getOrder',
        tags: ['orders'],
        summary: '查询订单 · One order',
        description:
          '`live=true`：同时给出流程当前状态（2 秒内）。\n\nWith `live=true` also the state of its process, where that answers within 2 s.',
        params: numberParams,
        querystring: z.strictObject({ live: flagSchema.optional() }),
        response: answers({ 200: { description: '订单 · The order', schema: orderViewSchema } }, [
          'not-found',
        ]),
      },
    },
    async (request) => {
      const { number } = request.params;
      const order = await getOrder(ctx.db, number, principalOf(request));
      if (!request.query.live) return order;
      const workflow = await getLiveState(ctx, `order/${number}`);
      return workflow ? { ...order, live: true, workflow } : { ...order, live: false };
    },
  );

  app.get(
    '/v1/orders/:number/timeline',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'getTimeline',
        tags: ['orders'],
        summary: '订单全程记录 · All that happened to an order, oldest first',
        description:
          '包括各项变更、通知、提醒、超期与逐级上报。\n\nChanges, notices, warnings, breaches and rungs of the ladder. A client sees changes and what the customer was sent.',
        params: numberParams,
        response: answers({ 200: { description: '记录 · Entries', schema: pageOf(timelineEntrySchema) } }, [
          'not-found',
        ]),
      },
    },
    (request) => getTimeline(ctx.db, { order: request.params.number }, principalOf(request)),
  );

  app.get(
    '/v1/orders/:number/questions',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'listQuestions',
        tags: ['orders'],
        summary: '向客户提出的疑问及答复 · Questions to the customer, with their answers',
        description:
          '谁、何时、如何答复，均有记录（P07.5）。\n\nWho answered, when, how, and in which words.',
        params: numberParams,
        response: answers({ 200: { description: '疑问 · Questions', schema: pageOf(questionViewSchema) } }, [
          'not-found',
        ]),
      },
    },
    (request) => listQuestions(ctx.db, request.params.number, principalOf(request)),
  );
};
