import { z } from 'zod';
import { getMonitor, listMonitors } from '../../app/monitors/list-monitors.js';
import { putMonitor } from '../../app/monitors/put-monitor.js';
import { MONITOR_MANAGERS } from '../../app/monitors/rights.js';
import { monitorViewSchema, revisionedRuleSchema } from '../../contracts/http-monitors.js';
import { pageOf } from '../../contracts/http-page.js';
import { keySchema } from '../../domain/playbooks/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { answers, putAnswers } from '../openapi/answers.js';
import { principalOf } from '../plugins/access.js';
import type { Routes } from './plugin.js';

const tags = ['monitors'];
const params = z.strictObject({ key: keySchema });
const monitor = { description: '监控 · The monitor', schema: monitorViewSchema };

/** Rules of monitoring as data, and what each sees (P12.1). */
export const monitorRoutes: Routes = async (app, { ctx }) => {
  app.get(
    '/v1/monitors',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'listMonitors',
        tags,
        summary: '监控列表 · Monitors',
        description:
          '规则、最近一次检查、当前异常。\n\nThe rule of each, its last look, what is bad now. A monitor that cannot measure says why, and is an incident of its own.',
        response: answers({ 200: { description: '列表 · All', schema: pageOf(monitorViewSchema) } }, [
          'forbidden',
        ]),
      },
    },
    () => listMonitors(ctx.db),
  );

  app.get(
    '/v1/monitors/:key',
    {
      config: { access: ROLES },
      schema: {
        operationId: 'getMonitor',
        tags,
        summary: '监控 · One monitor',
        description: '规则与当前状态。\n\nIts rule, and what it sees now.',
        params,
        response: answers({ 200: monitor }, ['forbidden', 'not-found']),
      },
    },
    (request) => getMonitor(ctx.db, request.params.key),
  );

  app.put(
    '/v1/monitors/:key',
    {
      config: { access: MONITOR_MANAGERS },
      schema: {
        operationId: 'putMonitor',
        tags,
        summary: '修改监控规则 · Put a rule in force',
        description:
          '须带上读取时的 `revision`；新规则为 0。`active=false`：停用。\n\nBy a manager, with the `revision` that was read; 0 for a new one. `"active": false` ends its looks.',
        params,
        body: revisionedRuleSchema,
        response: putAnswers({ 200: monitor }, ['not-found', 'stale-revision']),
      },
    },
    (request) => putMonitor(ctx, principalOf(request), request.params.key, request.body),
  );
};
