import { randomUUID } from 'node:crypto';
import { readConfig } from '../app/config.js';
import type { AppContext } from '../app/context.js';
import { createLog } from '../app/create-log.js';
import { createLinks } from '../app/links.js';
import { ensurePolicy } from '../app/load-rules.js';
import { createCallCounter } from '../app/monitors/call-counter.js';
import { readWarnings } from '../app/read-warnings.js';
import { runEvery } from '../app/run-every.js';
import { connectTemporal } from '../app/temporal.js';
import { connectDatabase } from '../db/connect.js';
import { buildApp } from './app.js';
import { untilDone } from './until-done.js';

/** Whatever still runs then is cut off: a command that was accepted is on record, and the relay delivers it. */
const STOP_WITHIN_MS = 4_500;

const config = readConfig();
const log = createLog({ name: 'api', level: config.logLevel });
const db = connectDatabase(config.databaseUrl, 20);
// Connects when it is first used: orders are taken while Temporal is away.
const { client, connection } = connectTemporal(config.temporal);
const now = () => new Date();
const ctx: AppContext = { db, temporal: client, log, publicUrl: config.publicUrl, now };
const calls = createCallCounter(ctx, { part: 'api', process: `api/${randomUUID()}` });
const app = await buildApp({
  ctx,
  links: createLinks(config.linkSecret, config.publicUrl),
  developmentTokens: config.embedded,
  warningSources: [readWarnings],
  webhooks: config.webhooks,
  calls,
});

const stopping = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
stopping.signal.addEventListener('abort', stop);

await app.listen({ host: config.apiHost, port: config.apiPort });
// The first policy is there before the first order; while PostgreSQL is away, readiness says so.
untilDone(() => ensurePolicy(db, now().toISOString()), stopping.signal, log);
const counting = runEvery(5_000, () => calls.flush(), {
  failed: (err) => log.warn({ err }, 'the count of answers is not written; it tries again'),
});
const { port } = app.server.address() as { port: number };
console.log(JSON.stringify({ ready: true, pid: process.pid, host: config.apiHost, port }));

async function stop(): Promise<void> {
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
  await app.close();
  await counting.stop();
  await Promise.allSettled([connection.close(), db.$client.end()]);
  // A call to Temporal that is still being retried would throw on the closed connection.
  process.exit(0);
}
