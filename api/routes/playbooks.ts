import { z } from 'zod';
import { getPlaybook } from '../../app/playbooks/get-playbook.js';
import { listPlaybooks, listRevisions } from '../../app/playbooks/list-playbooks.js';
import { retirePlaybook } from '../../app/playbooks/retire-playbook.js';
import { PLAYBOOK_PUBLISHERS } from '../../app/playbooks/rights.js';
import { simulateRevision } from '../../app/playbooks/simulate-revision.js';
import { pageOf, pageQuery } from '../../contracts/http-page.js';
import { playbookSimulationSchema } from '../../contracts/http-playbook-simulation.js';
import {
  playbookParams,
  playbookRetireInputSchema,
  playbookRevisionViewSchema,
  playbookSimulateInputSchema,
  playbookTypeViewSchema,
  playbookViewSchema,
} from '../../contracts/http-playbooks.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers, commandAnswers, putAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';
import { revisionQuery } from './queries.js';

const tags = ['playbooks'];
const config = { access: ROLES };

/** 应急预案: what is done about each type of incident, as revisioned data (P13.5, P15.6, P02.6). */
export const playbookRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/playbooks',
    {
      config,
      schema: {
        operationId: 'listPlaybooks',
        tags,
        summary: '应急预案列表 · Playbooks, one a type of incident',
        description:
          '含现行版本与草稿的版本号；未启用或已停用的，现行版本为空。\n\nWith the revision in force and the open draft; `publishedRevision` is null for a type that has none, or is retired.',
        querystring: z.strictObject(pageQuery),
        response: answers(
          { 200: { description: '应急预案 · Playbooks', schema: pageOf(playbookTypeViewSchema) } },
          ['forbidden'],
        ),
      },
    },
    ({ query }) => listPlaybooks(ctx.db, query),
  );

  app.get(
    '/v1/playbooks/:type',
    {
      config,
      schema: {
        operationId: 'getPlaybook',
        tags,
        summary: '应急预案 · The playbook in force, or any revision of it',
        description:
          '不填 `revision` 即现行版本；填写后可查任一版本，包括草稿。\n\nThe revision in force; with `revision` any, a draft included.',
        params: playbookParams,
        querystring: z.strictObject({ revision: revisionQuery.optional() }),
        response: answers({ 200: { description: '应急预案 · The playbook', schema: playbookViewSchema } }, [
          'forbidden',
          'not-found',
        ]),
      },
    },
    ({ params, query }) => getPlaybook(ctx.db, params.type, query.revision),
  );

  app.get(
    '/v1/playbooks/:type/revisions',
    {
      config,
      schema: {
        operationId: 'listPlaybookRevisions',
        tags,
        summary: '修订记录 · Revisions of a playbook, the newest first',
        description:
          '谁起草、谁发布、何时启用与停用；已放弃的草稿也保留。\n\nWho drafted and published each, and when it was in force. Discarded drafts are kept.',
        params: playbookParams,
        querystring: z.strictObject(pageQuery),
        response: answers(
          { 200: { description: '修订记录 · Revisions', schema: pageOf(playbookRevisionViewSchema) } },
          ['forbidden', 'not-found'],
        ),
      },
    },
    ({ params, query }) => listRevisions(ctx.db, params.type, query),
  );

  app.post(
    '/v1/playbooks/:type/retire',
    {
      config: { access: PLAYBOOK_PUBLISHERS },
      schema: {
        operationId: 'retirePlaybook',
        tags,
        summary: '停用预案 · Take a playbook out of force',
        description:
          '须写明原因；已在处理的突发情况仍按原版本。由应急管理负责人或总经理办理。\n\nWith a reason; incidents under way keep their revision. By emergency manager or general manager.',
        headers: idempotencyHeaders,
        params: playbookParams,
        body: playbookRetireInputSchema,
        response: commandAnswers(
          { 200: { description: '已停用 · Retired', schema: playbookRevisionViewSchema } },
          ['not-found'],
        ),
      },
    },
    (request) =>
      retirePlaybook(ctx, {
        principal: principalOf(request),
        type: request.params.type,
        body: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  );

  app.post(
    '/v1/playbooks/:type/simulate',
    {
      config,
      schema: {
        operationId: 'simulatePlaybook',
        tags,
        summary: '推演预案 · What a playbook would do, without doing it',
        description:
          '按现有人员、值班、日历与规则推演：何时叫到谁、逐级上报到哪一级、通知谁什么内容、哪一步无人负责；分“人人按时办理”和“无人办理”两种情形。默认推演现行版本，`draft` 推演草稿，`revision` 推演指定版本。不产生任何实际动作。\n\nBy people, on-call, calendar and policy as they are: who would be called when and on which rung, what would be told to whom, which step has nobody; once with everybody acting at due, once with nobody acting. The revision in force, unless `draft` or `revision` says otherwise. Nothing happens.',
        params: playbookParams,
        body: playbookSimulateInputSchema,
        // As of a PUT: nothing is made, so a repeat needs no key.
        response: putAnswers(
          { 200: { description: '推演结果 · What would happen', schema: playbookSimulationSchema } },
          ['not-found', 'playbook-problems'],
        ),
      },
    },
    ({ params, body }) => simulateRevision(ctx, params.type, body),
  );
};
