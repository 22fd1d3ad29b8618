import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError } from '../../app/errors.js';
import { MONITOR_MANAGERS } from '../../app/monitors/rights.js';
import { deliveryId } from '../../app/signals/alerts-of.js';
import { getSignalMap, putSignalMap } from '../../app/signals/signal-maps.js';
import { takeSignal } from '../../app/signals/take-signal.js';
import { requireBearer } from '../../app/verify-signature.js';
import { mayDeliverSignals } from '../../app/webhook-sources.js';
import { signalAnswerSchema, signalBodySchema, signalMapViewSchema } from '../../contracts/http-signals.js';
import { ROLES } from '../../domain/roles/shape.js';
import { signalMapSchema } from '../../domain/signals/shape.js';
import { lineText } from '../../domain/text/shape.js';
import { answers, publicAnswers, putAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import {
  headerOf,
  readSignedBodies,
  requireSignedRequest,
  sourceOf,
  type VerifySource,
} from '../plugins/signed-bodies.js';
import type { Routes } from './plugin.js';

const tags = ['monitors'];
const params = z.strictObject({ source: lineText(40) });
const map = { description: '映射 · The map', schema: signalMapViewSchema };

/** How a source's alerts become reports, as data. */
export const signalMapRoutes: Routes = async (app, { ctx, webhooks: sources = new Map() }) => {
  app.get(
    '/v1/signals/:source/map',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getSignalMap',
        tags,
        summary: '告警映射 · How a source’s alerts become incidents',
        description:
          '按顺序匹配标签，先匹配者生效；未匹配的告警按系统故障一级上报。\n\nThe first mapping whose matchers fit counts. What none fits is a system failure of level 1, and never dropped.',
        params,
        response: answers({ 200: map }, ['forbidden', 'not-found']),
      },
    },
    (request) => getSignalMap(ctx.db, sources, request.params.source),
  );

  app.put(
    '/v1/signals/:source/map',
    {
      config: { access: MONITOR_MANAGERS },
      schema: {
        operationId: 'putSignalMap',
        tags,
        summary: '修改告警映射 · Put a map in force',
        description:
          '整体替换。模板可用 `{labels.名称}`、`{annotations.名称}`、`{fingerprint}`、`{source}`。\n\nReplaces it whole. Templates may hold `{labels.name}`, `{annotations.name}`, `{fingerprint}` and `{source}`.',
        params,
        body: signalMapSchema,
        response: putAnswers({ 200: map }, ['not-found']),
      },
    },
    (request) =>
      putSignalMap(ctx, {
        principal: principalOf(request),
        sources,
        source: request.params.source,
        map: request.body,
      }),
  );
};

/** A source that may sign signs; Alertmanager cannot, and sends its secret. */
const verify: VerifySource = (source, request, body, now) => {
  if (!mayDeliverSignals(source)) throw new AppError('not-found', 'no source of alerts has this name');
  const isSigned = headerOf(request, 'x-redmark-signature') !== undefined;
  if (!isSigned && source.kinds.includes('alertmanager')) {
    requireBearer(source.secret, headerOf(request, 'authorization'));
  } else {
    requireSignedRequest(source, request, body, now);
  }
  ids.set(request, deliveryId(body, headerOf(request, 'x-redmark-timestamp')));
};

/** What tells deliveries apart is made from the bytes, which are gone once they are read. */
const ids = new WeakMap<FastifyRequest, string>();

/** Alerts of other systems: signed, or with Alertmanager's credential (P12.1). */
export const signalRoutes: Routes = async (app, { ctx, webhooks: sources = new Map() }) => {
  readSignedBodies(app, { ctx, sources, verify });

  app.post(
    '/v1/signals/:source',
    {
      schema: {
        operationId: 'takeSignal',
        tags,
        summary: '外部告警 · Take alerts of another system',
        description:
          'Prometheus Alertmanager 的 webhook 原样发送，或用通用格式。`firing` 报告突发情况，`resolved` 记入未结的突发情况。重复推送只接受一次。\n\nAlertmanager’s webhook as it is, with the source’s secret as `http_config.authorization` credentials; or our own form, signed like other webhooks. What fires is reported, and joins the open incident of its fault; what is resolved is noted on it. The same delivery is taken once.',
        security: [{ webhook: [] }, { bearer: [] }],
        params,
        body: signalBodySchema,
        response: publicAnswers({ 200: { description: '已接受 · Taken', schema: signalAnswerSchema } }, [
          'malformed-body',
          'bad-signature',
          'not-found',
          'body-too-large',
          'unsupported-media-type',
          'invalid-input',
          'unavailable',
        ]),
      },
    },
    (request) => {
      const { name } = sourceOf(request, sources);
      const id = ids.get(request);
      if (id === undefined) throw new Error('the delivery was not checked');
      return takeSignal(ctx, { source: name, id, body: request.body });
    },
  );
};
