import { z } from 'zod';
import { getLiveState } from '../../app/get-live-state.js';
import { getTimeline } from '../../app/get-timeline.js';
import { getIncident } from '../../app/incidents/get-incident.js';
import { listIncidents } from '../../app/incidents/list-incidents.js';
import { reportIncident } from '../../app/incidents/report-incident.js';
import {
  incidentSummarySchema,
  incidentViewSchema,
  reportedViewSchema,
} from '../../contracts/http-incidents.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { timelineEntrySchema } from '../../contracts/http-records.js';
import { incidentInputSchema, incidentPhaseSchema } from '../../domain/incident/shape.js';
import { orderNumberSchema } from '../../domain/order/shape.js';
import { incidentTypeSchema } from '../../domain/playbooks/shape.js';
import { lineText } from '../../domain/text/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders, incidentParams } from './params.js';
import type { Routes } from './plugin.js';
import { severityQuery } from './queries.js';

const Location = { description: 'The incident', type: 'string' as const };

/** Reporting and reading of incidents (P03.2, P16.3). */
export const incidentRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/v1/incidents',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'reportIncident',
        tags: ['incidents'],
        summary: '报告突发情况 · Report an incident',
        description:
          '人人可报告（P03.2）。同一 `dedupKey` 的未结突发情况合并计数，返回 200；否则新建，返回 201，并立即按应急预案启动。接口客户只能指明自己的订单。\n\nEvery role and every client may report. One with the `dedupKey` of an open incident joins it and is counted: 200. Accepted and committed means accepted: its process starts at once, or as soon as Temporal is back. A client names its own orders alone.',
        headers: idempotencyHeaders,
        body: incidentInputSchema,
        response: commandAnswers({
          200: { description: '已合并 · Joined', schema: reportedViewSchema, headers: { Location } },
          201: { description: '已受理 · Opened', schema: reportedViewSchema, headers: { Location } },
        }),
      },
    },
    async (request, reply) => {
      const reported = await reportIncident(ctx, {
        principal: principalOf(request),
        body: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      });
      const { number, joined } = reported;
      return reply
        .code(joined ? 200 : 201)
        .header('location', `/v1/incidents/${number}`)
        .send(reported);
    },
  );

  app.get(
    '/v1/incidents',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'listIncidents',
        tags: ['incidents'],
        summary: '查询突发情况列表 · List incidents, newest first',
        description: '接口客户只看到自己报告的。\n\nAn API client sees those it reported.',
        querystring: z.strictObject({
          type: incidentTypeSchema.optional(),
          phase: incidentPhaseSchema.optional(),
          severity: severityQuery.optional(),
          open: flagSchema.optional().describe('Whether it goes on'),
          breached: flagSchema.optional().describe('Whether a deadline has been breached'),
          order: orderNumberSchema.optional().describe('An order that it affects'),
          owner: lineText(100).optional().describe('A person’s id'),
          q: lineText(200).optional().describe('Part of number, report or key'),
          ...pageQuery,
        }),
        response: answers({
          200: { description: '突发情况 · Incidents', schema: pageOf(incidentSummarySchema) },
        }),
      },
    },
    (request) => listIncidents(ctx.db, principalOf(request), request.query),
  );

  app.get(
    '/v1/incidents/:number',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'getIncident',
        tags: ['incidents'],
        summary: '查询突发情况 · One incident',
        description:
          '包括各步骤、受影响订单与客户、应急小组及以往类似情况的处理办法（P12.3）。`live=true`：同时给出流程当前状态（2 秒内）。接口客户只看到自己报告的情况、阶段和时间。\n\nSteps in the playbook’s order, whom it affects, the team, and what was done about the like before. With `live=true` also the state of its process, where that answers within 2 s. A client sees its own report, phase and times.',
        params: incidentParams,
        querystring: z.strictObject({ live: flagSchema.optional() }),
        response: answers({ 200: { description: '突发情况 · The incident', schema: incidentViewSchema } }, [
          'not-found',
        ]),
      },
    },
    async (request) => {
      const { number } = request.params;
      const viewer = principalOf(request);
      const incident = await getIncident(ctx.db, number, viewer);
      if (!request.query.live) return incident;
      // The process's state names our people and steps.
      const workflow = viewer.kind === 'person' ? await getLiveState(ctx, `incident/${number}`) : undefined;
      return workflow ? { ...incident, live: true, workflow } : { ...incident, live: false };
    },
  );

  app.get(
    '/v1/incidents/:number/timeline',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'getIncidentTimeline',
        tags: ['incidents'],
        summary: '突发情况全程记录 · All that happened to an incident, oldest first',
        description:
          '包括各项变更、通知、提醒、超期与逐级上报。\n\nChanges, notices, warnings, breaches and rungs of the ladder. A client sees the changes.',
        params: incidentParams,
        response: answers({ 200: { description: '记录 · Entries', schema: pageOf(timelineEntrySchema) } }, [
          'not-found',
        ]),
      },
    },
    (request) => getTimeline(ctx.db, { incident: request.params.number }, principalOf(request)),
  );
};
