import { getReadiness } from '../../app/get-readiness.js';
import { liveSchema, readySchema } from '../../contracts/http-health.js';
import { publicAnswers } from '../openapi/answers.js';
import type { Routes } from './plugin.js';

/** For whoever watches this process; no credential. */
export const healthRoutes: Routes = async (app, { ctx, warningSources }) => {
  app.get(
    '/health/live',
    {
      schema: {
        operationId: 'getLive',
        tags: ['health'],
        summary: '存活 · The process runs',
        description: '仅表示进程在运行。\n\nSays nothing of what it needs.',
        security: [],
        response: publicAnswers({ 200: { description: '存活 · Alive', schema: liveSchema } }),
      },
    },
    () => ({ status: 'live' as const }),
  );

  app.get(
    '/health/ready',
    {
      schema: {
        operationId: 'getReady',
        tags: ['health'],
        summary: '就绪 · Orders can be taken',
        description:
          '仅当数据库不可用时返回 503；其余问题列在 `warnings`。\n\n503 only while PostgreSQL is away; all else is a warning.',
        security: [],
        response: publicAnswers({ 200: { description: '就绪 · Ready', schema: readySchema } }, [
          'unavailable',
        ]),
      },
    },
    () => getReadiness(ctx, warningSources),
  );
};
