import { join } from 'node:path';
import { findBinary } from './find-binary.js';
import { type Instance, logFileOf, projectFolder } from './instance.js';
import { hasSaid, type Part, startPart, waitUntilReady } from './part.js';
import { startPostgres } from './postgres.js';
import { findPostgresPlace } from './postgres-place.js';
import type { PartName } from './run-file.js';
import type { Say } from './sentence.js';
import type { PartPlan } from './supervisor.js';
import { startTemporalServer } from './temporal-server.js';

/** PostgreSQL, its data in the instance's folder. */
export async function planPostgres(instance: Instance, say: Say): Promise<PartPlan> {
  const { folder, settings, ports } = instance;
  const place = await findPostgresPlace(folder, settings.instance, say);
  const logFile = logFileOf(folder, 'postgres');
  const options = { place, port: ports.postgres, password: settings.ownerPassword, logFile };
  return {
    name: 'postgres',
    stopSignal: 'SIGINT',
    start: (onSpawn) => startPostgres({ ...options, onSpawn }),
  };
}

/** The Temporal dev server with its UI, in a file of the instance's folder. */
export async function planTemporal(instance: Instance, say: Say): Promise<PartPlan> {
  const { folder, ports, config } = instance;
  const binary = await findBinary('temporal', say);
  const options = {
    binary,
    port: ports.temporal,
    uiPort: ports.temporalUi,
    namespace: config.temporal.namespace,
    databaseFile: join(folder, 'temporal.db'),
    logFile: logFileOf(folder, 'temporal'),
  };
  return { name: 'temporal', start: (onSpawn) => startTemporalServer({ ...options, onSpawn }) };
}

/** The mailbox, its mails in the instance's folder. */
export function planMailbox(instance: Instance): PartPlan {
  const { folder, ports } = instance;
  const args = ['--folder', join(folder, 'mail')];
  const listen = ['--smtp-port', String(ports.smtp), '--http-port', String(ports.mailbox)];
  return planNode(instance, 'mailbox', 'local/mailbox.js', [...args, ...listen]);
}

export const planApi = (instance: Instance) => planNode(instance, 'api', 'api/server.js');
export const planWorker = (instance: Instance) => planNode(instance, 'worker', 'worker.js');
export const planWatchman = (instance: Instance) => planNode(instance, 'watchman', 'watchman.js');

/** A process of our own: it serves when it has written a line of JSON with `"ready":true`. */
function planNode(
  { folder, env }: Instance,
  name: PartName,
  entry: string,
  args: readonly string[] = [],
): PartPlan {
  return {
    name,
    async start(onSpawn): Promise<Part> {
      const part = startPart({
        command: process.execPath,
        args: ['--enable-source-maps', join(projectFolder, 'dist', entry), ...args],
        cwd: projectFolder,
        env,
        logFile: logFileOf(folder, name),
      });
      onSpawn(part.pid);
      await waitUntilReady(name, part, () => hasSaid(part, '"ready":true'), 60_000);
      return part;
    },
  };
}
