import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readMachine } from '../../app/config.js';

/** Pinned: another version finds other things, and a run should say the same tomorrow. */
const VERSION = '4.32.5';

/** The folder schemathesis lies in, in the user's cache; installed there from PyPI where it is missing. */
export async function findSchemathesis(say: (line: string) => void): Promise<string> {
  const cache = join(readMachine().cacheHome ?? join(homedir(), '.cache'), 'redmark');
  const folder = join(cache, `schemathesis-${VERSION}`);
  if (existsSync(folder)) return folder;
  say(`Installing schemathesis ${VERSION} into ${cache}`);
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, 'schemathesis-'));
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', fresh];
  const code = await runPython([...pip, `schemathesis==${VERSION}`]);
  if (code !== 0) {
    await rm(fresh, { recursive: true, force: true });
    throw new Error('schemathesis could not be installed: it takes python3 (3.10 or newer) with pip');
  }
  // By rename: a half installed one is never found. Another run may have been faster.
  await rename(fresh, folder).catch(() => rm(fresh, { recursive: true, force: true }));
  return folder;
}

/** Runs python3 with its output on this terminal; answers the exit code, 127 where there is no python3. */
export function runPython(
  args: string[],
  { cwd, env }: { cwd?: string; env?: Record<string, string> } = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn('python3', args, { cwd, stdio: 'inherit', env: { ...readMachine().env, ...env } });
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}
