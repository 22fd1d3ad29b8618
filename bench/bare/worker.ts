import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createMailChannel } from '../../activities/adapters/mail.js';
import { readConfig } from '../../app/config.js';
import { temporalConnectionOptions } from '../../app/temporal.js';
import { connectDatabase } from '../../db/connect.js';
import { createBareActivities } from './activities.js';
import { bareTaskQueue } from './shape.js';

// The bare side's worker, with the settings of Redmark's own.
const config = readConfig();
Runtime.install({ logger: new DefaultLogger('WARN') });
const db = connectDatabase(config.databaseUrl, 20);
const mail = createMailChannel({ smtpUrl: config.smtpUrl, from: config.mailFrom });
const native = await NativeConnection.connect(temporalConnectionOptions(config.temporal));
const worker = await Worker.create({
  connection: native,
  namespace: config.temporal.namespace,
  taskQueue: bareTaskQueue,
  workflowsPath: fileURLToPath(new URL('./workflow.ts', import.meta.url)),
  activities: createBareActivities({ pool: db.$client, mail }),
  maxConcurrentLocalActivityExecutions: 20,
  maxConcurrentActivityTaskExecutions: 20,
  shutdownGraceTime: '3s',
});
process.once('SIGTERM', () => worker.shutdown());
console.log(JSON.stringify({ ready: true, pid: process.pid }));
try {
  await worker.run();
} finally {
  mail.close();
  await Promise.all([native.close(), db.$client.end()]);
}
