import { z } from 'zod';
import { takeDelivery } from '../../app/facts/take-delivery.js';
import { webhookAnswerSchema, webhookBodySchema } from '../../contracts/http-webhooks.js';
import { lineText } from '../../domain/text/shape.js';
import { publicAnswers } from '../openapi/answers.js';
import { readSignedBodies, requireSignedRequest, sourceOf } from '../plugins/signed-bodies.js';
import type { Routes } from './plugin.js';

/** What other systems send: carriers' scans, payments, counts of stock. Signed with a secret of each source's own. */
export const webhookRoutes: Routes = async (app, { ctx, webhooks = new Map() }) => {
  readSignedBodies(app, { ctx, sources: webhooks, verify: requireSignedRequest });

  app.post(
    '/v1/webhooks/:source',
    {
      schema: {
        operationId: 'takeDelivery',
        tags: ['webhooks'],
        summary: '签名推送 · Take a signed delivery',
        description:
          '物流扫描、收款、库存；整批接受或整批拒绝，同一 `id` 只接受一次。\n\nCarriers’ scans, payments, counts of stock: all of it is taken, or nothing. `X-Redmark-Signature` is `sha256=` and the hex HMAC-SHA256 of `<timestamp>.<body>` with the source’s secret, `X-Redmark-Timestamp` the Unix time in seconds, at most five minutes off. The same `id` is taken once.',
        security: [{ webhook: [] }],
        params: z.strictObject({ source: lineText(40) }),
        headers: z.looseObject({
          'x-redmark-timestamp': z.string().describe('Unix time in seconds'),
          'x-redmark-signature': z.string().describe('`sha256=<hex>`'),
        }),
        body: webhookBodySchema,
        response: publicAnswers(
          { 200: { description: '已接受 · Taken; how many of each were new', schema: webhookAnswerSchema } },
          [
            'malformed-body',
            'bad-signature',
            'forbidden',
            'not-found',
            'already-received',
            'body-too-large',
            'unsupported-media-type',
            'invalid-input',
            'unavailable',
          ],
        ),
      },
    },
    (request) => takeDelivery(ctx, sourceOf(request, webhooks), request.body),
  );
};
