import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { prepareNamespace } from '../app/prepare-namespace.js';
import { connectTemporal } from '../app/temporal.js';
import { appRole } from '../db/grant-app-role.js';
import { loadDemo } from '../local/demo/load-demo.js';
import { type Instance, planInstance, projectFolder } from '../local/instance.js';
import { type Ports, readInstanceSettings, writeInstanceSettings } from '../local/instance-settings.js';
import { hasSaid, type Part, startPart, stopPart, waitUntilReady } from '../local/part.js';
import { planMailbox, planPostgres, planTemporal } from '../local/part-plans.js';
import { findAnyPort } from '../local/ports.js';
import { prepareDatabase } from '../local/prepare-database.js';
import { Sentence } from '../local/sentence.js';
import type { PartPlan } from '../local/supervisor.js';

export interface BenchSet {
  instance: Instance;
  /** Starts one more part; it is stopped with the set, or before by what this gives. */
  start(plan: PartPlan): Promise<() => Promise<void>>;
  /** A process of the bare side, run from its source. */
  bare(entry: string, args?: readonly string[]): PartPlan;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL, the Temporal dev server and the mailbox in a folder of their own, as `npm start` does and with the
 * same settings: data are written for good. The demonstration is loaded, and one table for the bare side.
 */
export async function startBenchSet(): Promise<BenchSet> {
  const folder = await mkdtemp(join(tmpdir(), 'redmark-bench-'));
  // The database's user, who is not root, has to walk through this folder.
  await chmod(folder, 0o711);
  const running = new Map<Part, NodeJS.Signals>();
  const end = async (part: Part) => {
    await stopPart(part, 8_000, running.get(part));
    running.delete(part);
  };
  const start = async ({ start: begin, stopSignal = 'SIGTERM' }: PartPlan) => {
    const part = await begin(() => undefined);
    running.set(part, stopSignal);
    return () => end(part);
  };
  const stop = async () => {
    for (const part of [...running.keys()].reverse()) await end(part);
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    await preferAnyPorts(folder);
    const planned = await planInstance(folder);
    // What monitors find in the demonstration is work that the bare side does not have.
    const instance = { ...planned, env: { ...planned.env, MONITORS: '0' } };
    const { replaced, config, settings } = instance;
    if (replaced.database || replaced.temporal || replaced.smtp) {
      throw new Sentence(
        'The benchmark measures a set of its own: unset DATABASE_URL, TEMPORAL_* and SMTP_URL.',
      );
    }
    await start(await planPostgres(instance, () => undefined));
    await start(await planTemporal(instance, () => undefined));
    await start(planMailbox(instance));
    await prepareDatabase(instance);
    await makeBareTable(config.migrationDatabaseUrl);
    const { connection, namespace } = connectTemporal(config.temporal);
    await prepareNamespace(connection, namespace).finally(() => connection.close());
    await loadDemo({ databaseUrl: config.migrationDatabaseUrl, tokens: settings.tokens });
    const bare = (entry: string, args: readonly string[] = []) => planBare(instance, entry, args);
    return { instance, start, bare, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ports of the system's choice: an instance or a test that starts at the same moment looks for the usual ones. */
async function preferAnyPorts(folder: string): Promise<void> {
  const settings = await readInstanceSettings(folder);
  const names = ['api', 'mailbox', 'smtp', 'postgres', 'temporal', 'temporalUi'] as const;
  const found = await Promise.all(names.map(async (name) => [name, await findAnyPort()] as const));
  await writeInstanceSettings(folder, { ...settings, ports: Object.fromEntries(found) as Ports });
}

function planBare({ folder, env }: Instance, entry: string, args: readonly string[]): PartPlan {
  return {
    name: 'worker',
    async start(onSpawn) {
      const part = startPart({
        command: process.execPath,
        args: ['--enable-source-maps', '--import', 'tsx', join(projectFolder, 'bench/bare', entry), ...args],
        cwd: projectFolder,
        env,
        logFile: join(folder, 'logs', `bare-${entry}.log`),
      });
      onSpawn(part.pid);
      await waitUntilReady(entry, part, () => hasSaid(part, '"ready":true'), 60_000);
      return part;
    },
  };
}

async function makeBareTable(ownerUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`create table bare_rows (
      key text primary key, subject text not null, at timestamptz not null, body jsonb not null)`);
    await client.query('create index bare_rows_subject on bare_rows (subject)');
    await client.query(`grant select, insert on bare_rows to ${appRole}`);
  } finally {
    await client.end();
  }
}
