import { z } from 'zod';
import { listPayments } from '../../app/facts/list-payments.js';
import { recordPayment } from '../../app/facts/record-payment.js';
import { FACT_WRITERS } from '../../app/facts/writers.js';
import { pageOf, pageQuery } from '../../contracts/http-page.js';
import { paymentViewSchema } from '../../contracts/http-payments.js';
import { orderNumberSchema } from '../../domain/order/shape.js';
import { paymentInputSchema, paymentStateSchema, providerSchema } from '../../domain/payments/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { factOf } from './fact-request.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['payments'];

/** Payments of orders as their providers report them (P17.1). */
export const paymentRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/payments',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listPayments',
        tags,
        summary: '收款列表 · Payments, the latest change first',
        description: '可按订单、支付渠道、状态查询。\n\nBy order, provider, state.',
        querystring: z.strictObject({
          order: orderNumberSchema.optional(),
          provider: providerSchema.optional(),
          state: paymentStateSchema.optional(),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '收款 · Payments', schema: pageOf(paymentViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listPayments(ctx.db, request.query),
  );

  app.post(
    '/v1/payments',
    {
      config: { access: ['client', ...FACT_WRITERS.payments] },
      schema: {
        operationId: 'recordPayment',
        tags,
        summary: '登记收款 · Record a payment as its provider reports it',
        description:
          '以支付渠道和渠道单号识别；较早的状态不会覆盖较新的状态。\n\nKnown by provider and reference. A later state replaces an earlier one; what is older than the record changes nothing.',
        headers: idempotencyHeaders,
        body: paymentInputSchema,
        response: commandAnswers({
          200: { description: '已在册 · It was on record', schema: paymentViewSchema },
          201: { description: '已登记 · It is new', schema: paymentViewSchema },
        }),
      },
    },
    async (request, reply) => {
      const { status, view } = await recordPayment(ctx, factOf(request));
      return reply.code(status).send(view);
    },
  );
};
