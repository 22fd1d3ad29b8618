import { z } from 'zod';
import { addShipment } from '../../app/facts/add-shipment.js';
import { getShipment, listShipments } from '../../app/facts/list-shipments.js';
import { recordScans } from '../../app/facts/record-scans.js';
import { FACT_WRITERS } from '../../app/facts/writers.js';
import { shipmentViewSchema } from '../../contracts/http-logistics.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import {
  carrierSchema,
  scansInputSchema,
  shipmentInputSchema,
  shipmentStatusSchema,
  trackingNumberSchema,
} from '../../domain/logistics/shape.js';
import { orderNumberSchema } from '../../domain/order/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { warehouseIdSchema } from '../../domain/supply/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { factOf, locationHeader } from './fact-request.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['logistics'];
const params = z.strictObject({
  id: z.string().regex(/^SH-\d{8}-\d{4,10}$/, 'must be a shipment’s id, e.g. SH-20261124-0001'),
});
const writers = { access: ['client', ...FACT_WRITERS.shipments] } as const;
const shipment = { description: '货运 · The shipment', schema: shipmentViewSchema };

/** Shipments and their carriers' scans (P05.5, P09.3). */
export const shipmentRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/shipments',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listShipments',
        tags,
        summary: '货运列表 · Shipments, newest first',
        description:
          '`overdue=true`：已过承诺送达日仍未签收或退回。\n\nWith their scans. `overdue=true` leaves those past their promised day and neither signed for nor returned.',
        querystring: z.strictObject({
          carrier: carrierSchema.optional(),
          trackingNumber: trackingNumberSchema.optional(),
          order: orderNumberSchema.optional(),
          warehouse: warehouseIdSchema.optional(),
          status: shipmentStatusSchema.optional(),
          overdue: flagSchema.optional(),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '货运 · Shipments', schema: pageOf(shipmentViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listShipments(ctx, request.query),
  );

  app.get(
    '/v1/shipments/:id',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getShipment',
        tags,
        summary: '货运 · One shipment',
        description: '含物流轨迹。\n\nWith its scans.',
        params,
        response: answers({ 200: shipment }, ['forbidden', 'not-found']),
      },
    },
    (request) => getShipment(ctx, request.params.id),
  );

  app.post(
    '/v1/shipments',
    {
      config: writers,
      schema: {
        operationId: 'addShipment',
        tags,
        summary: '登记货运 · Put a shipment on record',
        description:
          '由物流登记；`pickupBy`：约定快递员取件的最晚时间。\n\nBy logistics, or a key with the scope `shipments`. `pickupBy`: until when the courier was to fetch it.',
        headers: idempotencyHeaders,
        body: shipmentInputSchema,
        response: commandAnswers({ 201: { ...shipment, headers: locationHeader('The shipment') } }, [
          'already-exists',
        ]),
      },
    },
    async (request, reply) => {
      const { status, view } = await addShipment(ctx, factOf(request));
      return reply
        .code(status as 201)
        .header('location', `/v1/shipments/${view.id}`)
        .send(view);
    },
  );

  app.post(
    '/v1/shipments/:id/scans',
    {
      config: writers,
      schema: {
        operationId: 'recordScans',
        tags,
        summary: '登记物流扫描 · Record scans',
        description:
          '单条或批量；重复的扫描不重复登记，状态以最后一次扫描为准。\n\nOne, or many under `scans`. A scan that is on record changes nothing; the status is what the last one says, whenever it arrives.',
        params,
        headers: idempotencyHeaders,
        body: scansInputSchema,
        response: commandAnswers({ 200: shipment }, ['not-found']),
      },
    },
    async (request) => (await recordScans(ctx, request.params.id, factOf(request))).view,
  );
};
