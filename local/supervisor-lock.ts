import { link, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJson } from './json-file.js';
import { commandLineOf, endProcess, isAlive } from './processes.js';
import { type PartName, type Pids, readRunFile } from './run-file.js';
import type { Say } from './sentence.js';

/** Who supervises this folder, and what it has started so far; kept from the first process on, before all is ready. */
type Held = { pid: number; pids: Partial<Pids> };

export type SupervisorLock = {
  /** Writes down a process at once, so that it is found should the supervisor be killed. */
  note: (name: PartName, pid: number) => Promise<void>;
  release: () => Promise<void>;
};

const pathIn = (folder: string) => join(folder, 'supervisor.json');

/** The id of the supervisor that runs in this folder; undefined when there is none. */
export async function findSupervisor(folder: string): Promise<number | undefined> {
  const { pid } = ((await readJson(pathIn(folder))) ?? {}) as Partial<Held>;
  // The id of a dead one may belong to another process by now; in a container even to this one.
  if (!pid || pid === process.pid || !isAlive(pid)) return undefined;
  return commandLineOf(pid)?.includes('local/start.') ? pid : undefined;
}

/** Takes the folder for this process; undefined when another one was faster. */
export async function takeLock(folder: string): Promise<SupervisorLock | undefined> {
  if (await findSupervisor(folder)) return undefined;
  await rm(pathIn(folder), { force: true });
  const held: Held = { pid: process.pid, pids: {} };
  const fresh = `${pathIn(folder)}.${process.pid}`;
  try {
    await writeFile(fresh, JSON.stringify(held), { mode: 0o600 });
    await link(fresh, pathIn(folder)); // Fails when it exists: only one of two starts gets it.
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  } finally {
    await rm(fresh, { force: true });
  }
  let writing = Promise.resolve();
  return {
    note(name, pid) {
      held.pids[name] = pid;
      writing = writing.then(() => writeJson(pathIn(folder), held));
      return writing;
    },
    async release() {
      await writing;
      await rm(pathIn(folder), { force: true });
    },
  };
}

/** What the command line of each part holds: only such a process is stopped, whatever an old file says. */
const marks: Record<PartName, string> = {
  api: 'api/server.',
  worker: 'worker.',
  watchman: 'watchman.',
  mailbox: 'local/mailbox.',
  temporal: 'server start-dev',
  postgres: 'postgres -D',
};

/** Stops the parts of a supervisor that was killed. Call it only when none runs. */
export async function stopLeftovers(folder: string, say: Say): Promise<void> {
  const held = ((await readJson(pathIn(folder))) ?? {}) as Partial<Held>;
  const run = await readRunFile(folder);
  const found = new Map<number, PartName>();
  for (const pids of [run?.pids ?? {}, held.pids ?? {}]) {
    for (const [name, pid] of Object.entries(pids) as [PartName, number | null][]) {
      if (pid && isAlive(pid) && commandLineOf(pid)?.includes(marks[name])) found.set(pid, name);
    }
  }
  if (found.size === 0) return;
  say(`Stopping what an earlier start left behind: ${[...found.values()].join(', ')}`);
  const stop = (pid: number, name: PartName) =>
    endProcess(pid, name === 'postgres' ? 'SIGINT' : 'SIGTERM', 6_000);
  await Promise.all([...found].map(([pid, name]) => stop(pid, name)));
}
