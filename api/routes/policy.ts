import { z } from 'zod';
import { getCalendarSum } from '../../app/get-calendar-sum.js';
import { getPolicy } from '../../app/get-policy.js';
import { putPolicy } from '../../app/put-policy.js';
import { calendarSumSchema } from '../../domain/calendar/shape.js';
import { revisionedPolicySchema } from '../../domain/policy/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import type { Routes } from './plugin.js';
import { instantQuery } from './queries.js';

const tags = ['policy'];

/** Four years of working days: further than any deadline goes, and quickly reckoned. */
const amountQuery = z
  .strictObject({
    from: instantQuery,
    workingDays: z.coerce.number().int('must be a whole number').min(0).max(1000).optional(),
    workingHours: z.coerce.number().positive('must be above 0').max(8000).optional(),
  })
  .refine((query) => (query.workingDays === undefined) !== (query.workingHours === undefined), {
    path: ['workingDays'],
    message: 'must stand alone: either workingDays or workingHours',
  });

/** The company's rules as revisioned data, and its calendar (design §3.3, §6). */
export const policyRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/policy',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getPolicy',
        tags,
        summary: '现行规则 · The policy in force',
        description: '修改时须带上此处的 `revision`。\n\nA change names the `revision` that was read here.',
        response: answers({ 200: { description: '规则 · The policy', schema: revisionedPolicySchema } }, [
          'forbidden',
        ]),
      },
    },
    () => getPolicy(ctx),
  );

  app.put(
    '/v1/policy',
    {
      config: { access: ['orderManager'] },
      schema: {
        operationId: 'putPolicy',
        tags,
        summary: '发布规则 · Put a policy in force as the next revision',
        description:
          '由订单处理经理发布；已在办订单仍按受理时的规则。\n\nBy the order manager. Orders under way keep the rules of their intake.',
        body: revisionedPolicySchema,
        response: answers({ 200: { description: '已生效 · In force', schema: revisionedPolicySchema } }, [
          'malformed-body',
          'body-too-large',
          'unsupported-media-type',
          'invalid-input',
          'forbidden',
          'stale-revision',
        ]),
      },
    },
    (request) => putPolicy(ctx, principalOf(request), request.body),
  );

  app.get(
    '/v1/calendar/add',
    {
      config: { access: 'any' },
      schema: {
        operationId: 'addWorkingTime',
        tags,
        summary: '工作时间推算 · Add working days or hours to an instant',
        description:
          '按公司日历（法定节假日、调休）推算；`provisional`：含尚未公布年份的日期。\n\nBy the company’s calendar; `provisional` where a day lies outside the published years.',
        querystring: amountQuery,
        response: answers({ 200: { description: '结果 · The sum', schema: calendarSumSchema } }),
      },
    },
    ({ query: { from, workingDays, workingHours = 0 } }) =>
      getCalendarSum(ctx.db, from, workingDays === undefined ? { workingHours } : { workingDays }),
  );
};
