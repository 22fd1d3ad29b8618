import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMachine } from '../../app/config.js';
import { projectFolder } from '../../local/instance.js';
import { isAlive } from '../../local/processes.js';
import { type RunFile, readRunFile } from '../../local/run-file.js';
import { instanceFolderPrefix } from './sweep-orphans.js';
import { waitUntil } from './wait-until.js';

export type TestInstance = {
  folder: string;
  /** What the supervisor has said so far. */
  output: () => string;
  pid: number;
  /** How it ended: its exit code, or null when a signal ended it. */
  ended: Promise<number | null>;
  run: () => Promise<RunFile>;
  /** As Ctrl-C does. */
  stop: () => Promise<number | null>;
};

/** A folder for an instance's data that every user may enter. */
export async function makeInstanceFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), instanceFolderPrefix()));
  await chmod(folder, 0o711);
  return folder;
}

/**
 * Starts `npm start`'s supervisor on a folder of its own, as a process; it runs what is in dist. Its settings are
 * those of `env` alone, whatever the machine has set.
 */
export function startInstance(folder: string, env: Record<string, string> = {}): TestInstance {
  const machine = Object.entries(readMachine().env).filter(([name]) => !isSetting(name));
  const args = [join(projectFolder, 'dist/local/start.js'), '--data', folder];
  const child: ChildProcess = spawn(process.execPath, args, {
    env: { ...Object.fromEntries(machine), ...env },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    folder,
    output: () => output,
    pid: child.pid ?? 0,
    ended,
    async run() {
      const run = await waitUntil(
        async () => (await readRunFile(folder)) ?? (child.exitCode !== null && 'over'),
        {
          withinMs: 90_000,
          what: 'run.json',
        },
      ).catch((error: Error) => Promise.reject(new Error(`${error.message}; it said: ${output}`)));
      if (run === 'over') throw new Error(`the instance ended: ${output}`);
      return run;
    },
    stop() {
      child.kill('SIGINT');
      return ended;
    },
  };
}

/** Ends an instance, whatever state the test left it in, and removes its folder. */
export async function removeInstance(instance: TestInstance): Promise<void> {
  const run = await readRunFile(instance.folder);
  await instance.stop();
  for (const pid of Object.values(run?.pids ?? {})) {
    if (pid && isAlive(pid)) process.kill(pid, 'SIGKILL');
  }
  await rm(instance.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

const isSetting = (name: string) =>
  /^(TEMPORAL_|API_|SMTP_URL|MAIL_FROM|DATABASE_URL|MIGRATION_|PUBLIC_URL|LINK_SECRET|COMPANY_ZONE|LOG_LEVEL|MONITORS|EMBEDDED)/.test(
    name,
  );
