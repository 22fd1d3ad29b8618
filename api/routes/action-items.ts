import { z } from 'zod';
import { createActionItem } from '../../app/action-items/create-action-item.js';
import { getActionItem, listActionItems } from '../../app/action-items/list-action-items.js';
import { actionItemInputSchema, actionItemViewSchema } from '../../contracts/http-action-items.js';
import { flagSchema, pageOf, pageQuery } from '../../contracts/http-page.js';
import { actionItemIdSchema, actionItemStateSchema } from '../../domain/chase/shape.js';
import { incidentNumberSchema } from '../../domain/incident/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { lineText } from '../../domain/text/shape.js';
import { answers, commandAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { locationHeader } from './fact-request.js';
import { idempotencyHeaders, incidentParams } from './params.js';
import type { Routes } from './plugin.js';

const tags = ['incidents'];
const config = { access: ROLES };

/** 整改措施 (P16.7): closed only after a second person has checked the effect. */
export const actionItemRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/v1/incidents/:number/action-items',
    {
      config,
      schema: {
        operationId: 'createActionItem',
        tags,
        summary: '登记整改措施 · Open an action item',
        description:
          '由应急管理负责人、经理、品管部或该突发情况的负责人登记；归档后也可以。默认 7 天完成，到期前 2 天提醒；完成后由另一人验证效果，有效方可关闭。\n\nBy emergency manager, managers, quality or the incident’s owner, after the archive as well. Due in seven days unless `dueAt` says otherwise; its owner is reminded two days before. A second person checks the effect; only that closes it.',
        params: incidentParams,
        headers: idempotencyHeaders,
        body: actionItemInputSchema,
        response: commandAnswers(
          {
            201: {
              description: '已登记 · Opened',
              schema: actionItemViewSchema,
              headers: locationHeader('The action item'),
            },
          },
          ['not-found'],
        ),
      },
    },
    async (request, reply) => {
      const { view } = await createActionItem(ctx, {
        principal: principalOf(request),
        number: request.params.number,
        body: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      });
      return reply.code(201).header('location', `/v1/action-items/${view.id}`).send(view);
    },
  );

  app.get(
    '/v1/action-items',
    {
      config,
      schema: {
        operationId: 'listActionItems',
        tags,
        summary: '整改措施列表 · List action items, those due first',
        description:
          '`done` 为已完成、待验证；验证有效后为 `closed`。\n\n`done` waits for the check of its effect; `closed` has passed it.',
        querystring: z.strictObject({
          state: actionItemStateSchema.optional(),
          owner: lineText(100).optional().describe('A person’s id'),
          incident: incidentNumberSchema.optional(),
          overdue: flagSchema.optional().describe('Only those that are due and not closed'),
          ...pageQuery,
        }),
        response: answers(
          { 200: { description: '整改措施 · Action items', schema: pageOf(actionItemViewSchema) } },
          ['forbidden'],
        ),
      },
    },
    ({ query }) => listActionItems(ctx, query),
  );

  app.get(
    '/v1/action-items/:id',
    {
      config,
      schema: {
        operationId: 'getActionItem',
        tags,
        summary: '整改措施 · One action item',
        description:
          '完成和验证通过其任务（`task`）登记。\n\nIt is carried out and checked through its open `task`.',
        params: z.strictObject({ id: actionItemIdSchema }),
        response: answers({ 200: { description: '整改措施 · The item', schema: actionItemViewSchema } }, [
          'forbidden',
          'not-found',
        ]),
      },
    },
    ({ params }) => getActionItem(ctx, params.id),
  );
};
