import { z } from 'zod';
import { getSupplier, listSuppliers } from '../../app/facts/list-suppliers.js';
import { addSupplier, putSupplier } from '../../app/facts/put-supplier.js';
import { FACT_WRITERS } from '../../app/facts/writers.js';
import { pageOf, pageQuery } from '../../contracts/http-page.js';
import { supplierViewSchema } from '../../contracts/http-supply.js';
import { skuSchema } from '../../domain/order/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import {
  supplierFactsSchema,
  supplierInputSchema,
  supplierNumberSchema,
  supplierStandingSchema,
} from '../../domain/supply/shape.js';
import { lineText } from '../../domain/text/shape.js';
import { answers, commandAnswers, putAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { factOf, locationHeader } from './fact-request.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['supply'];
const params = z.strictObject({ number: supplierNumberSchema });
const writers = { access: ['client', ...FACT_WRITERS.suppliers] } as const;
const supplier = { description: '供应商 · The supplier', schema: supplierViewSchema };

/** Suppliers and what each offers (P15.3). */
export const supplierRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/suppliers',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listSuppliers',
        tags,
        summary: '供应商列表 · Suppliers',
        description:
          '含可供产品、价格、交期、起订量；`sku`：只看可供该产品的供应商。\n\nWith what each offers: price, lead time in days, smallest quantity. `sku` leaves those that offer it.',
        querystring: z.strictObject({
          standing: supplierStandingSchema.optional(),
          sku: skuSchema.optional(),
          q: lineText(200).optional().describe('Part of the name, or the number'),
          ...pageQuery,
        }),
        response: answers(
          { 200: { description: '供应商 · Suppliers', schema: pageOf(supplierViewSchema) } },
          ['forbidden'],
        ),
      },
    },
    (request) => listSuppliers(ctx.db, principalOf(request), request.query),
  );

  app.get(
    '/v1/suppliers/:number',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getSupplier',
        tags,
        summary: '供应商 · One supplier',
        description: '含可供产品。\n\nWith all it offers.',
        params,
        response: answers({ 200: supplier }, ['forbidden', 'not-found']),
      },
    },
    (request) => getSupplier(ctx.db, request.params.number, principalOf(request)),
  );

  app.post(
    '/v1/suppliers',
    {
      config: writers,
      schema: {
        operationId: 'addSupplier',
        tags,
        summary: '新增供应商 · Add a supplier',
        description: '由采购登记。\n\nBy purchasing, or a key with the scope `suppliers`.',
        headers: idempotencyHeaders,
        body: supplierInputSchema,
        response: commandAnswers({ 201: { ...supplier, headers: locationHeader('The supplier') } }, [
          'already-exists',
        ]),
      },
    },
    async (request, reply) => {
      const { status, view } = await addSupplier(ctx, factOf(request));
      return reply
        .code(status as 201)
        .header('location', `/v1/suppliers/${view.number}`)
        .send(view);
    },
  );

  app.put(
    '/v1/suppliers/:number',
    {
      config: writers,
      schema: {
        operationId: 'putSupplier',
        tags,
        summary: '更新供应商 · Replace what is known of a supplier',
        description:
          '整体替换，包括可供产品；未填的项目即为空。\n\nReplaces everything, offers included; what is left out is nothing.',
        params,
        body: supplierFactsSchema,
        response: putAnswers({ 200: supplier }, ['not-found']),
      },
    },
    async (request) =>
      (await putSupplier(ctx, request.params.number, factOf(request, { withKey: false }))).view,
  );
};
