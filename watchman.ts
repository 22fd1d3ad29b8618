import { closeChannels, createChannels } from './activities/adapters/channels.js';
import { createNotify } from './activities/notify.js';
import { readConfig } from './app/config.js';
import { createLog } from './app/create-log.js';
import { createLinks } from './app/links.js';
import { runEvery } from './app/run-every.js';
import { watchOverdue } from './app/watch-overdue.js';
import { connectDatabase } from './db/connect.js';

// The process that needs neither Temporal nor a worker: PostgreSQL to look, a mail server to tell.
const LOOK_EVERY_MS = 10_000;
/** A mail server that hangs must not hold up the end: an alarm that was cut off is sent by the next watchman. */
const END_WITHIN_MS = 1_500;

const config = readConfig();
const log = createLog({ name: 'watchman', level: config.logLevel });
const db = connectDatabase(config.databaseUrl, 4);
const channels = createChannels(config);
const now = () => new Date();
const links = createLinks(config.linkSecret, config.publicUrl);
const notify = createNotify({ db, channels, links, zone: config.companyZone, log, now });

const watch = runEvery(LOOK_EVERY_MS, () => watchOverdue({ db, notify, log, now }), {
  failed: (err) => log.error({ err }, 'cannot look; it tries again every 10 s'),
  recovered: () => log.info('looking again'),
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);

// After the first look, so that whoever waits for it finds it in the health answer; while PostgreSQL is away as well.
await watch.first;
console.log(JSON.stringify({ ready: true, pid: process.pid }));

async function end(): Promise<void> {
  setTimeout(() => process.exit(0), END_WITHIN_MS).unref();
  await watch.stop();
  closeChannels(channels);
  await db.$client.end();
}
