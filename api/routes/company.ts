import { z } from 'zod';
import { getCustomer } from '../../app/get-customer.js';
import { listCustomers } from '../../app/list-customers.js';
import { listPeople } from '../../app/list-people.js';
import { getProduct, listProducts } from '../../app/list-products.js';
import { customerViewSchema, personViewSchema, productViewSchema } from '../../contracts/http-company.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { tierSchema } from '../../domain/assessment/shape.js';
import { departmentSchema, ROLES, roleSchema } from '../../domain/roles/shape.js';
import { lineText } from '../../domain/text/shape.js';
import { answers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { customerParams, skuParams } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['company'];

/** Customers, products and people, with what an order needs of them. */
export const companyRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/customers',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'listCustomers',
        tags,
        summary: '客户列表 · Customers',
        description:
          '接口客户只看到自己带来的客户；联系方式只对需要的岗位显示。\n\nAn API client sees the customers it brought. How to reach one is shown to roles that deal with orders.',
        querystring: z.strictObject({
          tier: tierSchema.optional(),
          q: lineText(200).optional().describe('Part of the name, or the id'),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '客户 · Customers', schema: pageOf(customerViewSchema) } }),
      },
    },
    (request) => listCustomers(ctx.db, principalOf(request), request.query),
  );

  app.get(
    '/v1/customers/:id',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'getCustomer',
        tags,
        summary: '客户 · One customer',
        description: '含等级与业务员。\n\nWith tier and sales owner.',
        params: customerParams,
        response: answers({ 200: { description: '客户 · The customer', schema: customerViewSchema } }, [
          'not-found',
        ]),
      },
    },
    (request) => getCustomer(ctx.db, request.params.id, principalOf(request)),
  );

  app.get(
    '/v1/products',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'listProducts',
        tags,
        summary: '产品列表 · Products',
        description: '含价格与正常交期。\n\nWith price and normal lead time.',
        querystring: z.strictObject({
          discontinued: flagSchema.optional(),
          q: lineText(200).optional().describe('Part of the SKU or of either name'),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '产品 · Products', schema: pageOf(productViewSchema) } }),
      },
    },
    (request) => listProducts(ctx.db, request.query),
  );

  app.get(
    '/v1/products/:sku',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'getProduct',
        tags,
        summary: '产品 · One product',
        description: '含价格与正常交期。\n\nWith price and normal lead time.',
        params: skuParams,
        response: answers({ 200: { description: '产品 · The product', schema: productViewSchema } }, [
          'not-found',
        ]),
      },
    },
    (request) => getProduct(ctx.db, request.params.sku),
  );

  app.get(
    '/v1/people',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listPeople',
        tags,
        summary: '人员列表 · Our people',
        description:
          '部门、岗位、技能、负责人标记与在办任务数。\n\nDepartment, roles, skills, head, and open tasks.',
        querystring: z.strictObject({
          role: roleSchema.optional(),
          department: departmentSchema.optional(),
          active: flagSchema.optional(),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '人员 · People', schema: pageOf(personViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listPeople(ctx.db, request.query),
  );
};
