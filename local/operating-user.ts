import { execFileSync } from 'node:child_process';
import { Sentence } from './sentence.js';

export type OperatingUser = { uid: number; gid: number };

/**
 * The operating system's user that PostgreSQL runs as: undefined when this process is not root and may run it itself,
 * else the user `postgres`, made when missing, for PostgreSQL refuses to run as root.
 */
export function findDatabaseUser(): OperatingUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const known = readUser();
  if (known) return known;
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'], { stdio: 'pipe' });
  } catch {
    // Said below, with what to do.
  }
  const made = readUser();
  if (made) return made;
  throw new Sentence(
    'PostgreSQL does not run as root and the user postgres could not be made: make it, or start as another user.',
  );
}

function readUser(): OperatingUser | undefined {
  try {
    const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { stdio: 'pipe' }).toString());
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}
