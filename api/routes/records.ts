import { z } from 'zod';
import { listAudit } from '../../app/list-audit.js';
import { listNotices } from '../../app/list-notices.js';
import { AUDIT_ROLES } from '../../app/read-rights.js';
import { pageOf, pageQuery } from '../../contracts/http-page.js';
import { auditViewSchema, noticeViewSchema } from '../../contracts/http-records.js';
import { incidentNumberSchema } from '../../domain/incident/shape.js';
import { orderNumberSchema } from '../../domain/order/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import type { Routes } from './plugin.js';

/** Notices, and the audit log as evidence (P06.7). */
export const recordRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/notices',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listNotices',
        tags: ['records'],
        summary: '通知记录 · Notices of an order or an incident, and how far each came',
        description:
          '`order` 与 `incident` 二选一；订单的通知包括其突发情况对该客户的通报。不显示收件地址。\n\nOne of `order` and `incident`. Among an order’s are those that its customer got of the incidents that affect it. Addresses are not shown.',
        querystring: z.strictObject({
          order: orderNumberSchema.optional(),
          incident: incidentNumberSchema.optional(),
          state: z.enum(['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'joined']).optional(),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '通知 · Notices', schema: pageOf(noticeViewSchema) } }, [
          'forbidden',
          'not-found',
        ]),
      },
    },
    (request) => listNotices(ctx.db, principalOf(request), request.query),
  );

  app.get(
    '/v1/audit',
    {
      config: { access: AUDIT_ROLES },
      schema: {
        operationId: 'listAudit',
        tags: ['records'],
        summary: '审计日志 · The audit log, oldest first',
        description:
          '不含个人信息；`order`、`incident`：某一订单或突发情况。\n\nIds, no personal values. `order`, `incident`: of one alone.',
        querystring: z.strictObject({
          order: orderNumberSchema.optional(),
          incident: incidentNumberSchema.optional(),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '记录 · Entries', schema: pageOf(auditViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listAudit(ctx.db, request.query),
  );
};
