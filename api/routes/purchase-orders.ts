import { z } from 'zod';
import { confirmPurchaseOrder } from '../../app/facts/confirm-purchase-order.js';
import { getPurchaseOrder, listPurchaseOrders } from '../../app/facts/list-purchase-orders.js';
import { placePurchaseOrder } from '../../app/facts/place-purchase-order.js';
import { receiveGoods } from '../../app/facts/receive-goods.js';
import { FACT_WRITERS, RECEIPT_WRITERS } from '../../app/facts/writers.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { purchaseOrderViewSchema } from '../../contracts/http-supply.js';
import { ROLES } from '../../domain/roles/shape.js';
import {
  purchaseConfirmationSchema,
  purchaseOrderInputSchema,
  purchaseOrderNumberSchema,
  purchaseStateSchema,
  receiptInputSchema,
  supplierNumberSchema,
} from '../../domain/supply/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { factOf, locationHeader } from './fact-request.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['supply'];
const headers = idempotencyHeaders;
const params = z.strictObject({ number: purchaseOrderNumberSchema });
const writers = { access: ['client', ...FACT_WRITERS.purchaseOrders] } as const;
const purchaseOrder = { description: '采购订单 · The purchase order', schema: purchaseOrderViewSchema };

/** Orders to suppliers, from the order to the last receipt (P09.3). */
export const purchaseOrderRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/purchase-orders',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listPurchaseOrders',
        tags,
        summary: '采购订单列表 · Purchase orders, newest first',
        description:
          '`overdue=true`：未到齐且已过确认交期（未确认的按需求日期）。\n\n`overdue=true` leaves those with goods still to come whose confirmed day, or needed day where none was confirmed, has passed.',
        querystring: z.strictObject({
          supplier: supplierNumberSchema.optional(),
          state: purchaseStateSchema.optional(),
          overdue: flagSchema.optional(),
          ...pageQuery,
        }),
        response: answers(
          { 200: { description: '采购订单 · Purchase orders', schema: pageOf(purchaseOrderViewSchema) } },
          ['forbidden'],
        ),
      },
    },
    (request) => listPurchaseOrders(ctx, request.query),
  );

  app.get(
    '/v1/purchase-orders/:number',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getPurchaseOrder',
        tags,
        summary: '采购订单 · One purchase order',
        description:
          '含明细、到货记录、等待该物料的订单行。\n\nWith its lines, receipts, and the lines of customers’ orders that wait for it.',
        params,
        response: answers({ 200: purchaseOrder }, ['forbidden', 'not-found']),
      },
    },
    (request) => getPurchaseOrder(ctx, request.params.number),
  );

  app.post(
    '/v1/purchase-orders',
    {
      config: writers,
      schema: {
        operationId: 'placePurchaseOrder',
        tags,
        summary: '登记采购订单 · Put an order to a supplier on record',
        description:
          '`waiting`：等待该物料的客户订单行，供应商延迟时据此查找受影响订单。\n\nBy purchasing, or a key with the scope `purchaseOrders`. `waiting` names the lines of customers’ orders that wait for a line: those are affected when it is late.',
        headers,
        body: purchaseOrderInputSchema,
        response: commandAnswers(
          { 201: { ...purchaseOrder, headers: locationHeader('The purchase order') } },
          ['already-exists'],
        ),
      },
    },
    async (request, reply) => {
      const { status, view } = await placePurchaseOrder(ctx, factOf(request));
      return reply
        .code(status as 201)
        .header('location', `/v1/purchase-orders/${view.number}`)
        .send(view);
    },
  );

  app.post(
    '/v1/purchase-orders/:number/confirm',
    {
      config: writers,
      schema: {
        operationId: 'confirmPurchaseOrder',
        tags,
        summary: '登记供应商确认交期 · Record the day the supplier confirmed',
        description: '后一次确认取代前一次。\n\nA later word replaces it.',
        params,
        headers,
        body: purchaseConfirmationSchema,
        response: commandAnswers({ 200: purchaseOrder }, ['not-found', 'wrong-phase']),
      },
    },
    async (request) => (await confirmPurchaseOrder(ctx, request.params.number, factOf(request))).view,
  );

  app.post(
    '/v1/purchase-orders/:number/receipts',
    {
      config: { access: ['client', ...RECEIPT_WRITERS] },
      schema: {
        operationId: 'receiveGoods',
        tags,
        summary: '登记到货检验 · Book what arrived',
        description:
          '合格数与不合格数；同一送货单号只登记一次；不改变库存。\n\nAccepted and rejected, as incoming inspection found it. One delivery note is booked once. Stock is stated by the warehouse, not here.',
        params,
        headers,
        body: receiptInputSchema,
        response: commandAnswers({ 201: purchaseOrder }, ['not-found', 'already-exists']),
      },
    },
    async (request, reply) => {
      const { status, view } = await receiveGoods(ctx, request.params.number, factOf(request));
      return reply.code(status as 201).send(view);
    },
  );
};
