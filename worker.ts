import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker, type WorkerOptions } from '@temporalio/worker';
import { closeChannels, createChannels } from './activities/adapters/channels.js';
import { createProbe } from './activities/adapters/probe.js';
import { countActivities } from './activities/count-calls.js';
import { createActivities } from './activities/index.js';
import { createMonitorActivities } from './activities/monitor.js';
import { readConfig } from './app/config.js';
import type { AppContext } from './app/context.js';
import { createLog } from './app/create-log.js';
import { createLinks } from './app/links.js';
import { ensurePolicy } from './app/load-rules.js';
import { addBuiltInMonitors } from './app/monitors/add-built-ins.js';
import { createCallCounter } from './app/monitors/call-counter.js';
import { ensureSchedules } from './app/monitors/schedules.js';
import { publishBuiltIns } from './app/playbooks/publish-built-ins.js';
import { prepareNamespace } from './app/prepare-namespace.js';
import { reconcile } from './app/reconcile.js';
import { relayOnce } from './app/relay.js';
import { runEvery } from './app/run-every.js';
import { connectTemporal, dataConverter, taskQueue, temporalConnectionOptions } from './app/temporal.js';
import { connectDatabase } from './db/connect.js';
import { selectMonitors } from './db/queries/monitors.js';

const config = readConfig();
const log = createLog({ name: 'worker', level: config.logLevel });
const { client, connection } = connectTemporal(config.temporal);
const db = connectDatabase(config.databaseUrl, 20);
const channels = createChannels(config);
const links = createLinks(config.linkSecret, config.publicUrl);
const now = () => new Date();
const context: AppContext = { db, temporal: client, log, publicUrl: config.publicUrl, now };

// Before any connection: the runtime's logger is chosen once a process.
Runtime.install({ logger: new DefaultLogger('WARN') });

const stopped = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopped.abort());

const native = await untilAnswered('Temporal', () =>
  NativeConnection.connect(temporalConnectionOptions(config.temporal)),
);
await untilAnswered('the namespace', () => prepareNamespace(connection, config.temporal.namespace));
await untilAnswered('PostgreSQL', () => ensurePolicy(db, now().toISOString()));
await untilAnswered('PostgreSQL', () => publishBuiltIns(db, now().toISOString()));
await untilAnswered('PostgreSQL', () => addBuiltInMonitors(db, now().toISOString()));
if (config.monitors) {
  await untilAnswered('the Schedules', async () => ensureSchedules(client, await rulesOfMonitors()));
}
const calls = createCallCounter(context, { part: 'activities', process: `worker/${randomUUID()}` });

const worker = await Worker.create({
  connection: native,
  namespace: config.temporal.namespace,
  taskQueue,
  dataConverter,
  ...workflowCode(),
  activities: {
    ...createActivities({ db, channels, links, zone: config.companyZone, processUrl, log, now }),
    ...createMonitorActivities(context, createProbe()),
  },
  interceptors: { activity: [countActivities(calls)] },
  // A happy order keeps one workflow task and a mail busy at a time; two cores are full long before these.
  maxConcurrentLocalActivityExecutions: 20,
  maxConcurrentActivityTaskExecutions: 20,
  shutdownGraceTime: '3s',
});
const relay = runEvery(1_000, () => relayOnce(context), tell('the relay'));
const reconciler = runEvery(60_000, () => reconcile(context), tell('the reconciler'));
const counting = runEvery(5_000, () => calls.flush(), tell('the count of activities'));

stopped.signal.addEventListener('abort', () => {
  if (worker.getState() === 'RUNNING') worker.shutdown();
});
console.log(JSON.stringify({ ready: true, pid: process.pid }));
try {
  await worker.run();
} finally {
  await Promise.all([relay.stop(), reconciler.stop(), counting.stop()]);
  closeChannels(channels);
  await Promise.all([native.close(), connection.close(), db.$client.end()]);
}

async function rulesOfMonitors() {
  return (await selectMonitors(db)).map(({ rule }) => rule);
}

/** The bundle that the build made; from the sources, Temporal makes one. */
function workflowCode(): Pick<WorkerOptions, 'workflowBundle' | 'workflowsPath'> {
  const codePath = fileURLToPath(new URL('./workflow-bundle.js', import.meta.url));
  if (existsSync(codePath)) return { workflowBundle: { codePath } };
  return { workflowsPath: fileURLToPath(new URL('./workflows/index.ts', import.meta.url)) };
}

/** Where the workflow of an order, an incident or a chase is shown in the Temporal UI. */
function processUrl(number: string, kind: 'order' | 'incident' | 'chase'): string {
  const { uiUrl, namespace } = config.temporal;
  return `${uiUrl ?? config.publicUrl}/namespaces/${namespace}/workflows/${encodeURIComponent(`${kind}/${number}`)}`;
}

/** A part that is not up yet is waited for; said once, tried again each second. */
async function untilAnswered<T>(what: string, ask: () => Promise<T>): Promise<T> {
  for (let said = false; ; said = true) {
    try {
      return await ask();
    } catch (error) {
      if (stopped.signal.aborted) process.exit(0);
      if (!said) log.warn({ err: error }, `waiting for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

function tell(what: string): Parameters<typeof runEvery>[2] {
  return {
    failed: (err) => log.warn({ err }, `${what} failed; it tries again`),
    recovered: () => log.info(`${what} works again`),
  };
}
