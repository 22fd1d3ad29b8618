import { join } from 'node:path';
import { prepareNamespace } from '../app/prepare-namespace.js';
import { connectTemporal } from '../app/temporal.js';
import { loadDemo } from './demo/load-demo.js';
import { composeGreeting } from './greeting.js';
import { planInstance } from './instance.js';
import { planApi, planMailbox, planPostgres, planTemporal, planWatchman, planWorker } from './part-plans.js';
import { prepareDatabase } from './prepare-database.js';
import { checkReplacements } from './replacements.js';
import { rotateLogs } from './rotate-logs.js';
import {
  type PartName,
  type Pids,
  partNames,
  type RunFile,
  removeRunFile,
  writeRunFile,
} from './run-file.js';
import type { Say } from './sentence.js';
import { createSupervisor } from './supervisor.js';
import type { SupervisorLock } from './supervisor-lock.js';
import { waitUntilHealthy } from './wait-until-healthy.js';

// Together below the ten seconds within which Ctrl-C has stopped everything.
const ownPartsWithinMs = 4_500;
const serversWithinMs = 3_500;

/**
 * Starts the whole set in a folder that this process holds the lock of. `ready` resolves when everything serves and
 * run.json is written; it rejects with the reason when something does not start. `stop` works at any moment.
 */
export function runInstance(
  folder: string,
  lock: SupervisorLock,
  say: Say,
): { ready: Promise<void>; stop: () => Promise<void> } {
  let run: RunFile | undefined;
  let stopped: Promise<void> | undefined;
  let rotating: NodeJS.Timeout | undefined;
  const pids: Pids = {
    api: null,
    worker: null,
    watchman: null,
    temporal: null,
    postgres: null,
    mailbox: null,
  };
  let writing: Promise<unknown> = Promise.resolve();

  const write = () => {
    // One after the other, or an older one may come last.
    writing = writing.then(() => (run && !stopped ? writeRunFile(folder, { ...run, pids }) : undefined));
    return writing;
  };
  const supervisor = createSupervisor(say, (name, pid) => {
    pids[name] = pid;
    void lock.note(name, pid);
    void write();
  });

  async function start(): Promise<void> {
    const instance = await planInstance(folder);
    const { config, replaced, ports, settings } = instance;
    await checkReplacements(config, replaced);

    const keepAll = (...plans: (Promise<Parameters<typeof supervisor.keep>[0]> | false)[]) =>
      Promise.all(plans.map(async (plan) => plan && supervisor.keep(await plan)));
    say('Starting PostgreSQL, Temporal and the mailbox');
    await keepAll(
      !replaced.database && planPostgres(instance, say),
      !replaced.temporal && planTemporal(instance, say),
      !replaced.smtp && Promise.resolve(planMailbox(instance)),
    );
    say('Preparing the database');
    await prepareDatabase(instance);
    const { connection, namespace } = connectTemporal(config.temporal);
    await prepareNamespace(connection, namespace).finally(() => connection.close());
    const api = `http://127.0.0.1:${ports.api}`;
    const mailbox = replaced.smtp ? null : `http://127.0.0.1:${ports.mailbox}`;
    const { loaded } = await loadDemo({
      databaseUrl: config.migrationDatabaseUrl,
      tokens: settings.tokens,
      parts: { api, mailbox, temporal: config.temporal.address, database: config.databaseUrl },
    });
    if (loaded) say('Loaded the demonstration data');

    say('Starting the API, the worker and the watchman');
    await keepAll(
      Promise.resolve(planApi(instance)),
      Promise.resolve(planWorker(instance)),
      Promise.resolve(planWatchman(instance)),
    );
    await waitUntilHealthy(`${api}/health/ready`);
    run = {
      api,
      mailbox,
      temporal: { address: config.temporal.address, namespace, ui: config.temporal.uiUrl ?? null },
      database: config.databaseUrl,
      tokens: settings.tokens,
      pids,
    };
    await write();
    rotating = setInterval(() => void rotateLogs(join(folder, 'logs')), 60_000);
    say(composeGreeting(run, join(folder, 'run.json'), new Date().toISOString(), config.companyZone));
  }

  async function stop(): Promise<void> {
    clearInterval(rotating);
    await writing;
    await removeRunFile(folder);
    const own: PartName[] = ['api', 'worker', 'watchman'];
    await supervisor.stop(own, ownPartsWithinMs);
    await supervisor.stop(
      partNames.filter((name) => !own.includes(name)),
      serversWithinMs,
    );
    await lock.release();
  }

  return {
    ready: start(),
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };
}
