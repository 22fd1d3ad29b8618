import { z } from 'zod';
import { listStock } from '../../app/facts/list-stock.js';
import { putStock } from '../../app/facts/put-stock.js';
import { listWarehouses, putWarehouse } from '../../app/facts/warehouses.js';
import { FACT_WRITERS } from '../../app/facts/writers.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { stockViewSchema, warehouseViewSchema } from '../../contracts/http-supply.js';
import { skuSchema } from '../../domain/order/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { stockFactsSchema, warehouseFactsSchema, warehouseIdSchema } from '../../domain/supply/shape.js';
import { answers, putAnswers } from '../openapi/answers.js';
import { factOf } from './fact-request.js';
import type { Routes } from './plugin.js';

const tags = ['supply'];
const writers = { access: ['client', ...FACT_WRITERS.stock] } as const;

/** Warehouses and what lies in them (P14.3). */
export const stockRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/stock',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listStock',
        tags,
        summary: '库存 · Stock by article and warehouse',
        description:
          '`low=true`：可用量低于再订货点。\n\nOn hand, reserved, available, reorder level. `low=true` leaves what is below its level; what has none is never low.',
        querystring: z.strictObject({
          warehouse: warehouseIdSchema.optional(),
          sku: skuSchema.optional(),
          low: flagSchema.optional(),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '库存 · Stock', schema: pageOf(stockViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listStock(ctx.db, request.query),
  );

  app.put(
    '/v1/stock/:warehouse/:sku',
    {
      config: writers,
      schema: {
        operationId: 'putStock',
        tags,
        summary: '登记库存 · State the stock of an article in a warehouse',
        description:
          '由仓库登记；早于现有盘点时间的不予接受。\n\nBy the warehouse, or a key with the scope `stock`. Without `countedAt` it was counted now; a count older than the one on record is refused. Without `reorderLevel` the article is not watched.',
        params: z.strictObject({ warehouse: warehouseIdSchema, sku: skuSchema }),
        body: stockFactsSchema,
        response: putAnswers(
          {
            200: { description: '已更新 · It was on record', schema: stockViewSchema },
            201: { description: '已登记 · It is new', schema: stockViewSchema },
          },
          ['not-found', 'stale-revision'],
        ),
      },
    },
    async (request, reply) => {
      const { status, view } = await putStock(ctx, request.params, factOf(request, { withKey: false }));
      return reply.code(status).send(view);
    },
  );

  app.get(
    '/v1/warehouses',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listWarehouses',
        tags,
        summary: '仓库列表 · Warehouses',
        description: '含所在地区。\n\nWith the region each lies in.',
        querystring: z.strictObject(pageQuery),
        response: answers(
          { 200: { description: '仓库 · Warehouses', schema: pageOf(warehouseViewSchema) } },
          ['forbidden'],
        ),
      },
    },
    (request) => listWarehouses(ctx.db, request.query),
  );

  app.put(
    '/v1/warehouses/:id',
    {
      config: writers,
      schema: {
        operationId: 'putWarehouse',
        tags,
        summary: '登记仓库 · Add a warehouse, or replace what is known of it',
        description:
          '地区用于判断天气等影响范围。\n\nIts region is what a storm is matched by. By the warehouse, or a key with the scope `stock`.',
        params: z.strictObject({ id: warehouseIdSchema }),
        body: warehouseFactsSchema,
        response: putAnswers(
          {
            200: { description: '已更新 · It was on record', schema: warehouseViewSchema },
            201: { description: '已登记 · It is new', schema: warehouseViewSchema },
          },
          ['not-found'],
        ),
      },
    },
    async (request, reply) => {
      const { status, view } = await putWarehouse(
        ctx,
        request.params.id,
        factOf(request, { withKey: false }),
      );
      return reply.code(status).send(view);
    },
  );
};
