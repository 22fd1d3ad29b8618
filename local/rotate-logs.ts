import { copyFile, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';

const longestBytes = 16 * 1024 * 1024;

/**
 * Keeps the log files of running parts bounded: a long one is copied to `.1` and emptied in place, for the part goes
 * on appending to the file it has open.
 */
export async function rotateLogs(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.endsWith('.log')) continue;
    const path = join(folder, name);
    if ((await stat(path)).size < longestBytes) continue;
    await copyFile(path, `${path}.1`);
    await truncate(path);
  }
}
