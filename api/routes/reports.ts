import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { getArchive } from '../../app/archive/get-archive.js';
import { REPORT_ROLES, reportIncidents } from '../../app/reports/report-incidents.js';
import { incidentReportSchema } from '../../contracts/http-reports.js';
import { incidentTypeSchema } from '../../domain/playbooks/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers } from '../openapi/answers.js';
import { incidentParams } from './params.js';
import type { Routes } from './plugin.js';
import { instantQuery } from './queries.js';

const archiveSchema = z.looseObject({ form: z.string() }).meta({ id: 'IncidentArchive' });
const ETag = { description: 'sha256 of the body, in quotation marks', type: 'string' as const };

/** What is left of incidents when they are over: the sealed record of one, the figures of many. */
export const reportRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/incidents/:number/archive',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getIncidentArchive',
        tags: ['incidents'],
        summary: '突发情况归档 · The sealed record of an incident',
        description:
          '归档、误报或转日常处理时封存（P16.4）：键按序排列、无空白的 JSON，ETag 为其 sha256。人员和客户以编号表示。\n\nSealed when it ends: canonical JSON, keys sorted, nothing between them; the ETag is the sha256 of its bytes. People and customers stand by their ids.',
        params: incidentParams,
        response: answers(
          { 200: { description: '归档 · The archive', schema: archiveSchema, headers: { ETag } } },
          ['forbidden', 'not-found'],
        ),
      },
    },
    async ({ params }, reply) => {
      const { archive, hash } = await getArchive(ctx.db, params.number);
      return sendSealed(reply, archive, hash);
    },
  );

  app.get(
    '/v1/reports/incidents',
    {
      config: { access: REPORT_ROLES },
      schema: {
        operationId: 'reportIncidents',
        tags: ['incidents'],
        summary: '突发情况统计 · Incidents by type, cause and level',
        description:
          '数量、受理/确认/控制/解决用时（中位数与九成位，秒）、超期、重复发生及逾期整改措施。默认最近一年；演练不计。\n\nHow many, times to acknowledge, confirm, mitigate and resolve in seconds (median, 90th percentile), breaches, recurrences, overdue action items. The last year, unless `from` and `to` (its end, not included) say otherwise; drills are left out.',
        querystring: z.strictObject({
          from: instantQuery.optional(),
          to: instantQuery.optional(),
          type: incidentTypeSchema.optional(),
        }),
        response: answers({ 200: { description: '统计 · The report', schema: incidentReportSchema } }, [
          'forbidden',
        ]),
      },
    },
    ({ query }) => reportIncidents(ctx, query),
  );
};

// Byte for byte: what is hashed is what is sent.
function sendSealed(reply: FastifyReply, archive: string, hash: string): FastifyReply {
  return reply.header('etag', `"${hash}"`).type('application/json; charset=utf-8').send(archive);
}
