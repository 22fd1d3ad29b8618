import { z } from 'zod';
import { completeTask } from '../../app/complete-task.js';
import { AppError } from '../../app/errors.js';
import { getCommand } from '../../app/get-command.js';
import { getTask } from '../../app/get-task.js';
import { listTasks } from '../../app/list-tasks.js';
import type { PersonPrincipal } from '../../app/principal.js';
import { pageOf, pageQuery } from '../../contracts/http-page.js';
import { commandViewSchema, taskSummarySchema, taskViewSchema } from '../../contracts/http-tasks.js';
import { incidentNumberSchema } from '../../domain/incident/shape.js';
import { orderNumberSchema } from '../../domain/order/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import { commandParams, idempotencyHeaders, taskParams } from './params.js';
import type { Routes } from './plugin.js';
import { changeAnswers, sendAnswer } from './send-answer.js';

/** Human steps, for our people; a customer answers by link (design §3.4). */
export const taskRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/tasks',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listTasks',
        tags: ['tasks'],
        summary: '任务列表 · My open tasks, or all of one order or incident',
        description:
          '默认列出本人及本岗位可办理的未完成任务；`order`、`incident`：某一订单或突发情况的全部任务。\n\nMine are those assigned to me and those one of my roles may finish; `order`, `incident`: all of one, of whatever state.',
        querystring: z.strictObject({
          order: orderNumberSchema.optional(),
          incident: incidentNumberSchema.optional(),
          state: z.enum(['open', 'done', 'withdrawn']).optional(),
          ...pageQuery,
        }),
        response: answers({ 200: { description: '任务 · Tasks', schema: pageOf(taskSummarySchema) } }, [
          'forbidden',
        ]),
      },
    },
    (request) => listTasks(ctx.db, personOf(request), request.query),
  );

  app.get(
    '/v1/tasks/:id',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getTask',
        tags: ['tasks'],
        summary: '任务详情 · A task with its form and what it takes to finish it',
        description:
          '`form` 为提交内容的 JSON Schema。\n\n`form` is the JSON schema of what is sent to `…/complete`.',
        params: taskParams,
        response: answers({ 200: { description: '任务 · The task', schema: taskViewSchema } }, [
          'forbidden',
          'not-found',
        ]),
      },
    },
    (request) => getTask(ctx.db, request.params.id, principalOf(request)),
  );

  app.post(
    '/v1/tasks/:id/complete',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'completeTask',
        tags: ['tasks'],
        summary: '完成任务 · Finish a task',
        description:
          '内容即任务的表单；由任务所属岗位提交。\n\nThe body is the form itself; which one, the task says. Its role finishes it.',
        params: taskParams,
        headers: idempotencyHeaders,
        body: z.unknown(),
        response: changeAnswers([
          'task-not-open',
          'not-started',
          'order-ended',
          'incident-ended',
          'separation-of-duties',
          'no-open-proposal',
          'stale-proposal',
          'wrong-phase',
        ]),
      },
    },
    async (request, reply) => {
      const answer = await completeTask(ctx, {
        principal: principalOf(request),
        taskId: request.params.id,
        form: request.body,
        idempotencyKey: request.headers['idempotency-key'],
      });
      return sendAnswer(reply, answer);
    },
  );

  app.get(
    '/v1/commands/:id',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'getCommand',
        tags: ['commands'],
        summary: '指令执行结果 · How a command came out',
        description:
          '仅发出者本人、经理及运维可见。\n\nFor whoever gave it, managers and ops; for others it is not there.',
        params: commandParams,
        response: answers({ 200: { description: '指令 · The command', schema: commandViewSchema } }, [
          'not-found',
        ]),
      },
    },
    (request) => getCommand(ctx, request.params.id, principalOf(request)),
  );
};

/** Tasks are our people's; the routes let nobody else through. */
function personOf(request: Parameters<typeof principalOf>[0]): PersonPrincipal {
  const principal = principalOf(request);
  if (principal.kind !== 'person') throw new AppError('forbidden', 'tasks are for people');
  return principal;
}
