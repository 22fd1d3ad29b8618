import { classifyOrder } from '../../app/classify-order.js';
import { recordDelivery } from '../../app/record-delivery.js';
import { recordProgress } from '../../app/record-progress.js';
import { signOff } from '../../app/sign-off.js';
import {
  classifyFormSchema,
  deliveryFormSchema,
  progressFormSchema,
  signOffFormSchema,
} from '../../contracts/forms.js';
import { ROLES } from '../../domain/roles/shape.js';
import { principalOf } from '../plugins/access.js';
import { idempotencyHeaders, numberParams } from './params.js';
import type { Routes } from './plugin.js';
import { changeAnswers, sendAnswer } from './send-answer.js';

const params = numberParams;
const headers = idempotencyHeaders;
const tags = ['orders'];
/** Which of our people may do it, the use case says by the policy of the order; an API client never. */
const config = { access: ROLES };

/** What people do to one order; every one is a command to its process (design §3.2). */
export const orderChangeRoutes: Routes = async (app, { ctx }) => {
  app.post(
    '/v1/orders/:number/sign-off',
    {
      config,
      schema: {
        operationId: 'signOff',
        tags,
        summary: '签字 · Sign or reject the open proposal',
        description:
          '副总经理对当前方案签字同意或驳回（P07.6）。\n\nNames the proposal that was read: another one open meanwhile is 409. Who requested or evaluated the order does not sign it.',
        params,
        headers,
        body: signOffFormSchema,
        response: changeAnswers([
          'not-started',
          'order-ended',
          'no-open-proposal',
          'stale-proposal',
          'separation-of-duties',
        ]),
      },
    },
    async (request, reply) => sendAnswer(reply, await signOff(ctx, commandOf(request))),
  );

  app.post(
    '/v1/orders/:number/classify',
    {
      config,
      schema: {
        operationId: 'classifyOrder',
        tags,
        summary: '改判订单等级 · Overrule the assessment',
        description:
          '经理改判，须说明理由；两次判定均留记录（P01.2）。\n\nBy a manager, with a reason, until the first evaluation is in.',
        params,
        headers,
        body: classifyFormSchema,
        response: changeAnswers(['order-ended', 'evaluation-begun', 'wrong-phase', 'stale-revision']),
      },
    },
    async (request, reply) => sendAnswer(reply, await classifyOrder(ctx, commandOf(request))),
  );

  app.post(
    '/v1/orders/:number/progress',
    {
      config,
      schema: {
        operationId: 'recordProgress',
        tags,
        summary: '登记进度 · Record a milestone or a projected finish',
        description:
          '各里程碑由规则指定的部门登记（P05.5）；预计完成日晚于承诺日时提前预警。\n\nWhich role records which milestone, the policy says. A projected finish past the promise warns early.',
        params,
        headers,
        body: progressFormSchema,
        response: changeAnswers([
          'not-started',
          'order-ended',
          'wrong-phase',
          'milestone-out-of-order',
          'order-held',
        ]),
      },
    },
    async (request, reply) => sendAnswer(reply, await recordProgress(ctx, commandOf(request))),
  );

  app.post(
    '/v1/orders/:number/delivery',
    {
      config,
      schema: {
        operationId: 'recordDelivery',
        tags,
        summary: '登记客户确认收货 · Record the customer’s word on the delivery',
        description:
          '客户确认后订单关闭；未联系上也要登记（P05.6）。\n\nThe customer’s answer closes the order; so does the last attempt that reached nobody.',
        params,
        headers,
        body: deliveryFormSchema,
        response: changeAnswers(['not-started', 'order-ended', 'wrong-phase', 'task-not-open']),
      },
    },
    async (request, reply) => sendAnswer(reply, await recordDelivery(ctx, commandOf(request))),
  );
};

type ChangeRequest<Form> = Parameters<typeof principalOf>[0] & {
  params: unknown;
  headers: unknown;
  body: Form;
};

function commandOf<Form>(request: ChangeRequest<Form>) {
  const { number } = request.params as { number: string };
  const headers = request.headers as { 'idempotency-key'?: string };
  return {
    principal: principalOf(request),
    number,
    form: request.body,
    idempotencyKey: headers['idempotency-key'],
  };
}
