import { randomUUID } from 'node:crypto';
import fastifyHelmet from '@fastify/helmet';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { createAuthenticate } from '../app/authenticate.js';
import { completeTask } from '../app/complete-task.js';
import type { ApiDeps } from './deps.js';
import { describeApi } from './openapi/document.js';
import pages from './pages/index.js';
import { requireAccess } from './plugins/access.js';
import { refuseBrokenRequests } from './plugins/broken-requests.js';
import { countAnswers } from './plugins/count-answers.js';
import { logAnswers } from './plugins/log-answers.js';
import { watchMethods } from './plugins/methods.js';
import { answerFrameworkError, answerWithProblems } from './plugins/problems.js';
import { validateByZod } from './plugins/validation.js';
import { actionItemRoutes } from './routes/action-items.js';
import { chaseRoutes } from './routes/chases.js';
import { companyRoutes } from './routes/company.js';
import { endpointRoutes } from './routes/endpoints.js';
import { healthRoutes } from './routes/health.js';
import { holdRoutes } from './routes/holds.js';
import { incidentChangeRoutes } from './routes/incident-changes.js';
import { incidentRoutes } from './routes/incidents.js';
import { monitorRoutes } from './routes/monitors.js';
import { muteRoutes } from './routes/mutes.js';
import { onCallRoutes } from './routes/on-call.js';
import { orderChangeRoutes } from './routes/order-changes.js';
import { orderRoutes } from './routes/orders.js';
import { paymentRoutes } from './routes/payments.js';
import { playbookDraftRoutes } from './routes/playbook-drafts.js';
import { playbookRoutes } from './routes/playbooks.js';
import { policyRoutes } from './routes/policy.js';
import { purchaseOrderRoutes } from './routes/purchase-orders.js';
import { recordRoutes } from './routes/records.js';
import { reportRoutes } from './routes/reports.js';
import { shipmentRoutes } from './routes/shipments.js';
import { signalMapRoutes, signalRoutes } from './routes/signals.js';
import { stockRoutes } from './routes/stock.js';
import { supplierRoutes } from './routes/suppliers.js';
import { taskRoutes } from './routes/tasks.js';
import { webhookRoutes } from './routes/webhooks.js';

const BODY_AT_MOST_BYTES = 256 * 1024;
/** Links carry a signed token in the path, longer than Fastify's default for a part of an address. */
const PATH_PART_AT_MOST = 2_000;

/** Builds the API on what it is given; nothing listens yet. `close()` it when done. */
export async function buildApp(deps: ApiDeps): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    loggerInstance: deps.ctx.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_AT_MOST_BYTES,
    routerOptions: { maxParamLength: PATH_PART_AT_MOST },
    genReqId: () => randomUUID(),
    clientErrorHandler: refuseBrokenRequests,
    frameworkErrors: answerFrameworkError,
    forceCloseConnections: 'idle',
  });
  app.setValidatorCompiler(validateByZod);
  app.setSerializerCompiler(serializerCompiler);
  // JSON alone, unless a plugin says otherwise for its own pages.
  app.removeContentTypeParser('text/plain');
  answerWithProblems(app);
  logAnswers(app);
  if (deps.calls) countAnswers(app, deps.calls);
  const answerOtherMethods = watchMethods(app);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  await describeApi(app);
  await app.register(healthRoutes, deps);
  await app.register(async (scope) => {
    const { ctx, developmentTokens } = deps;
    requireAccess(scope, createAuthenticate({ db: ctx.db, now: ctx.now, developmentTokens }));
    for (const routes of [
      orderRoutes,
      orderChangeRoutes,
      holdRoutes,
      taskRoutes,
      incidentRoutes,
      incidentChangeRoutes,
      chaseRoutes,
      actionItemRoutes,
      reportRoutes,
      companyRoutes,
      onCallRoutes,
      supplierRoutes,
      stockRoutes,
      purchaseOrderRoutes,
      shipmentRoutes,
      paymentRoutes,
      endpointRoutes,
      monitorRoutes,
      muteRoutes,
      signalMapRoutes,
      recordRoutes,
      policyRoutes,
      playbookRoutes,
      playbookDraftRoutes,
    ]) {
      await scope.register(routes, deps);
    }
  });
  // Signed, not by a credential.
  await app.register(webhookRoutes, deps);
  await app.register(signalRoutes, deps);
  await app.register(pages, {
    ctx: deps.ctx,
    links: deps.links,
    complete: (request) => completeTask(deps.ctx, request),
  });
  answerOtherMethods();
  return app;
}
