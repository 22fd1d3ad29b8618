import { z } from 'zod';
import { diffRevisions } from '../../app/playbooks/diff-revisions.js';
import { discardDraft } from '../../app/playbooks/discard-draft.js';
import { getPlaybook } from '../../app/playbooks/get-playbook.js';
import { publishDraft } from '../../app/playbooks/publish-draft.js';
import { putDraft } from '../../app/playbooks/put-draft.js';
import { PLAYBOOK_DRAFTERS, PLAYBOOK_PUBLISHERS } from '../../app/playbooks/rights.js';
import { validateDraft } from '../../app/playbooks/validate-draft.js';
import {
  playbookCheckViewSchema,
  playbookDiffViewSchema,
  playbookDraftInputSchema,
  playbookParams,
  playbookPublishInputSchema,
  playbookRevisionViewSchema,
  playbookViewSchema,
} from '../../contracts/http-playbooks.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers, commandAnswers, putAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders } from './params.js';
import type { Routes } from './plugin.js';
import { revisionQuery } from './queries.js';

const tags = ['playbooks'];
const reading = { access: ROLES };
const drafting = { access: PLAYBOOK_DRAFTERS };
const absent = ['forbidden', 'not-found'] as const;

/** Drafts of playbooks: one person writes, another publishes (P15.6, P02.6). */
export const playbookDraftRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/playbooks/:type/draft',
    {
      config: reading,
      schema: {
        operationId: 'getPlaybookDraft',
        tags,
        summary: '预案草稿 · The open draft of a playbook',
        description: '每种突发情况至多一份草稿。\n\nA type has one draft at most.',
        params: playbookParams,
        response: answers({ 200: { description: '草稿 · The draft', schema: playbookViewSchema } }, absent),
      },
    },
    ({ params }) => getPlaybook(ctx.db, params.type, 'draft'),
  );

  app.put(
    '/v1/playbooks/:type/draft',
    {
      config: drafting,
      schema: {
        operationId: 'putPlaybookDraft',
        tags,
        summary: '保存草稿 · Save the draft of a playbook, whole',
        description:
          '`baseRevision` 为所依据的最新版本号（有草稿时为草稿的版本号，新类型为 0），期间他人改动过则拒绝；每次保存版本号加一。现行版本不受影响。新类型亦由此建立。由订单处理经理、应急管理负责人或总经理起草。\n\n`baseRevision` names the newest revision, which it was made from: the draft’s where there is one, 0 for a new type. Refused where somebody was faster; every save is the next number. What is in force goes on. Makes new types as well. By order manager, emergency manager or general manager.',
        params: playbookParams,
        body: playbookDraftInputSchema,
        response: putAnswers({ 200: { description: '已保存 · Saved', schema: playbookViewSchema } }, [
          'stale-revision',
          'not-found',
        ]),
      },
    },
    (request) =>
      putDraft(ctx, { principal: principalOf(request), type: request.params.type, body: request.body }),
  );

  app.delete(
    '/v1/playbooks/:type/draft',
    {
      config: drafting,
      schema: {
        operationId: 'discardPlaybookDraft',
        tags,
        summary: '放弃草稿 · Discard the draft',
        description:
          '放弃后仍可按版本号查看。填写 `revision` 时，草稿须仍为该版本。\n\nIt stays readable by its number. With `revision` only where the draft still is that one.',
        params: playbookParams,
        querystring: z.strictObject({ revision: revisionQuery.optional() }),
        response: answers(
          { 200: { description: '已放弃 · Discarded', schema: playbookRevisionViewSchema } },
          [...absent, 'stale-revision'],
        ),
      },
    },
    (request) =>
      discardDraft(ctx, {
        principal: principalOf(request),
        type: request.params.type,
        revision: request.query.revision,
      }),
  );

  app.post(
    '/v1/playbooks/:type/draft/validate',
    {
      config: reading,
      schema: {
        operationId: 'validatePlaybookDraft',
        tags,
        summary: '校验草稿 · What stands against publishing the draft',
        description:
          '按路径列出问题与改法（中英文），岗位是否有人担任以现有人员为准。不改动任何数据。\n\nEvery problem by its path and what would be right, in Chinese and English, by who holds which role now. Changes nothing.',
        params: playbookParams,
        response: answers(
          { 200: { description: '校验结果 · What was found', schema: playbookCheckViewSchema } },
          absent,
        ),
      },
    },
    ({ params }) => validateDraft(ctx.db, params.type),
  );

  app.get(
    '/v1/playbooks/:type/draft/diff',
    {
      config: reading,
      schema: {
        operationId: 'diffPlaybook',
        tags,
        summary: '版本差异 · What differs between two revisions',
        description:
          '默认为现行（或最近一次启用的）版本与草稿之间；`from`、`to` 可指定任意两个版本。\n\nFrom the revision in force, or that was last, to the draft; `from` and `to` name any two.',
        params: playbookParams,
        querystring: z.strictObject({ from: revisionQuery.optional(), to: revisionQuery.optional() }),
        response: answers({ 200: { description: '差异 · Changes', schema: playbookDiffViewSchema } }, absent),
      },
    },
    ({ params, query }) => diffRevisions(ctx.db, params.type, query),
  );

  app.post(
    '/v1/playbooks/:type/draft/publish',
    {
      config: { access: PLAYBOOK_PUBLISHERS },
      schema: {
        operationId: 'publishPlaybookDraft',
        tags,
        summary: '发布草稿 · Put the draft in force',
        description:
          '由起草人以外的应急管理负责人或总经理发布；`revision` 为所审阅的草稿版本。校验有问题的不得发布。已在处理的突发情况仍按原版本。\n\nBy emergency manager or general manager, another person than who saved it; `revision` names the draft that was read. Refused where validation finds anything. Incidents under way keep their revision.',
        headers: idempotencyHeaders,
        params: playbookParams,
        body: playbookPublishInputSchema,
        response: commandAnswers({ 200: { description: '已发布 · In force', schema: playbookViewSchema } }, [
          'not-found',
          'stale-revision',
          'separation-of-duties',
          'playbook-problems',
        ]),
      },
    },
    (request) =>
      publishDraft(ctx, {
        principal: principalOf(request),
        type: request.params.type,
        body: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      }),
  );
};
