import { readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandLineOf, endProcess, isAlive } from '../../local/processes.js';

const prefix = 'redmark-test-';

/** The beginning of the name of a run's folder: it tells which process owns it. */
export const runFolderPrefix = () => `${prefix}${process.pid}-`;

/** Stops the servers, and removes the folders, of earlier runs that were killed before they could do so. */
export async function sweepOrphans(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1]);
    if (!owner || isAlive(owner)) continue;
    const folder = join(tmpdir(), name);
    const pidFile = await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '');
    const pid = Number(pidFile.split('\n')[0]);
    if (pid && commandLineOf(pid)?.includes(folder)) await endProcess(pid, 'SIGINT', 5_000);
    await rm(folder, { recursive: true, force: true });
  }
}
