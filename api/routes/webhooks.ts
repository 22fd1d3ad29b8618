import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../app/errors.js';
import { takeDelivery } from '../../app/facts/take-delivery.js';
import { requireSignature } from '../../app/verify-signature.js';
import type { WebhookSource } from '../../app/webhook-sources.js';
import { webhookAnswerSchema, webhookBodySchema } from '../../contracts/http-webhooks.js';
import { lineText } from '../../domain/text/shape.js';
import { publicAnswers } from '../openapi/answers.js';
import type { Routes } from './plugin.js';

/** What other systems send: carriers' scans, payments, counts of stock. Signed with a secret of each source's own. */
export const webhookRoutes: Routes = async (app, { ctx, webhooks = new Map() }) => {
  const signed = new WeakSet<FastifyRequest>();
  const sourceOf = (request: FastifyRequest): WebhookSource => {
    const { source = '' } = (request.params ?? {}) as { source?: string };
    const found = webhooks.get(source);
    if (!found) throw new AppError('not-found', 'no source has this name');
    return found;
  };
  const header = (request: FastifyRequest, name: string) => [request.headers[name]].flat()[0];
  const requireSigned = (request: FastifyRequest, body: Buffer) => {
    requireSignature(
      sourceOf(request).secret,
      {
        timestamp: header(request, 'x-redmark-timestamp'),
        signature: header(request, 'x-redmark-signature'),
        body,
      },
      ctx.now(),
    );
    signed.add(request);
  };

  // The signature is over the bytes that arrived, and is looked at before anything reads them.
  const readJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      requireSigned(request, body);
    } catch (error) {
      done(error as Error);
      return;
    }
    readJson(request, body.toString('utf8'), done);
  });
  app.addHook('onRequest', async (request) => {
    sourceOf(request);
  });
  // A request without a body has passed by the parser.
  app.addHook('preValidation', async (request) => {
    if (!signed.has(request)) requireSigned(request, Buffer.alloc(0));
  });

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
    (request) => takeDelivery(ctx, sourceOf(request), request.body),
  );
};
