import { execFile } from 'node:child_process';
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { readMachine } from '../app/config.js';
import { hasSaid, type Part, startPart, stopPart, waitUntilReady } from './part.js';
import { makeFolderFor, type PostgresPlace } from './postgres-place.js';
import { commandLineOf, endProcess, isAlive } from './processes.js';
import { Sentence } from './sentence.js';

const run = promisify(execFile);

/** The superuser of an embedded server, which owns the tables. */
export const ownerRole = 'redmark';

/** The major version of the programs that npm brings. */
const postgresMajor = '18';

export type PostgresOptions = {
  place: PostgresPlace;
  port: number;
  password: string;
  logFile: string;
  /** For tests alone: data may be lost with the machine, and are not waited for. */
  fast?: boolean;
  /** Hears the id of each process that is started, before it serves. */
  onSpawn?: (pid: number) => void;
};

/** The address of a database on an embedded server, by default as its owner. */
export function postgresUrl(options: { port: number; password: string }, database: string, role = ownerRole) {
  return `postgres://${role}:${encodeURIComponent(options.password)}@127.0.0.1:${options.port}/${database}`;
}

/**
 * Starts a PostgreSQL server on 127.0.0.1, its data made first where there are none: UTF-8, sorted by code point,
 * passwords by SCRAM. Recovers by itself from a server that was killed. Resolves when it takes connections; throws
 * with its last lines of log when it does not.
 */
export async function startPostgres(options: PostgresOptions): Promise<Part> {
  const { place, logFile } = options;
  await initialise(options);
  await clearStalePid(place.dataFolder);
  // Children of a killed server hold its memory for a moment; a new one refuses to start beside them.
  for (let attempt = 1; ; attempt += 1) {
    const part = startPart({
      command: join(place.binFolder, 'postgres'),
      args: ['-D', place.dataFolder, ...serverSettings(options)],
      env: { LC_ALL: 'C', PGDATA: '' },
      cwd: '/',
      user: place.user,
      logFile,
    });
    options.onSpawn?.(part.pid);
    try {
      await waitUntilReady('PostgreSQL', part, () => takesConnections(options), 60_000);
      return part;
    } catch (error) {
      // By all it wrote: the killed server's children, still on their way out, write into the same log.
      const isHeld = (await hasSaid(part, 'shared memory block')) || (await hasSaid(part, 'lock file'));
      if (!isHeld || attempt === 20) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
}

/** Stops a server: open sessions are ended, data written. */
export function stopPostgres(part: Part, withinMs: number): Promise<void> {
  return stopPart(part, withinMs, 'SIGINT');
}

function serverSettings({ port, fast }: PostgresOptions): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 200,
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    ...(fast ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function initialise({ place, password }: PostgresOptions): Promise<void> {
  const { binFolder, dataFolder, user } = place;
  if (await isFolder(dataFolder)) return checkVersion(dataFolder);
  // Made under another name and renamed: a start that is broken off leaves no half cluster behind.
  const fresh = `${dataFolder}.new`;
  await rm(fresh, { recursive: true, force: true });
  await makeFolderFor(user, fresh);
  const secretFolder = await mkdtemp(join(tmpdir(), 'redmark-'));
  const secret = join(secretFolder, 'password');
  try {
    await writeFile(secret, `${password}\n`, { mode: 0o600 });
    for (const path of user ? [secretFolder, secret] : []) await chown(path, user?.uid ?? 0, user?.gid ?? 0);
    await run(
      join(binFolder, 'initdb'),
      [
        `--pgdata=${fresh}`,
        `--username=${ownerRole}`,
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        '--no-sync',
      ],
      { ...user, cwd: '/', env: { ...readMachine().env, LC_ALL: 'C' } },
    );
  } finally {
    await rm(secretFolder, { recursive: true, force: true });
  }
  await rename(fresh, dataFolder);
}

// PostgreSQL's code for it. It never turns right by waiting.
const wrongPassword = '28P01';

/** Data of another major version cannot be read by these programs. */
async function checkVersion(dataFolder: string): Promise<void> {
  const version = (await readFile(join(dataFolder, 'PG_VERSION'), 'utf8')).trim();
  if (version === postgresMajor) return;
  throw new Sentence(
    `The data in ${dataFolder} are of PostgreSQL ${version}, not ${postgresMajor}: ` +
      'bring them over with pg_dump, or move the folder away to begin anew.',
  );
}

/**
 * postmaster.pid of a killed server names a process that may be another one by now. A live server on these very data
 * is one that lost its supervisor: it is stopped. The file itself is left to PostgreSQL unless the id was reused.
 */
async function clearStalePid(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid || !isAlive(pid)) return;
  const command = commandLineOf(pid) ?? '';
  if (command.includes('postgres') && command.includes(dataFolder)) await endProcess(pid, 'SIGINT', 8_000);
  else await rm(file, { force: true });
}

async function takesConnections(options: PostgresOptions): Promise<boolean> {
  const connectionString = postgresUrl(options, 'postgres');
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== wrongPassword) return false;
    const { dataFolder } = options.place;
    throw new Sentence(
      `The password of the data in ${dataFolder} is lost with settings.json: ` +
        'put that file back, or move the folder away to begin anew.',
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

const isFolder = (path: string) =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
