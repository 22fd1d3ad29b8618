import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOf, endProcess, isAlive } from '../../local/processes.js';
import { findSupervisor } from '../../local/supervisor-lock.js';

/** The beginning of the name of a folder for a run's servers: it tells which process owns it. */
export const runFolderPrefix = () => `redmark-test-${process.pid}-`;

/** The same of a folder for a whole instance. */
export const instanceFolderPrefix = () => `redmark-instance-${process.pid}-`;

/** Stops the servers and instances, and removes the folders, of earlier runs that were killed before they could. */
export async function sweepOrphans(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(/^redmark-(?:test|instance)-(\d+)-/.exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    const supervisor = await findSupervisor(folder);
    if (supervisor) await endProcess(supervisor, 'SIGTERM', 10_000);
    const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(pidFile.split('\n')[0]);
    if (pid && commandLineOf(pid)?.includes(folder)) await endProcess(pid, 'SIGINT', 5_000);
    await rm(folder, { recursive: true, force: true });
  }
}
