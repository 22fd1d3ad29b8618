import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process of this id exists, ours or another user's; one that ended and was not reaped counts as gone. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  return !isZombie(pid);
}

/** The command line of a process, its arguments separated by spaces; undefined when there is none. */
export function commandLineOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() || undefined;
    } catch {
      return undefined;
    }
  }
  try {
    return (
      execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
    );
  } catch {
    return undefined;
  }
}

/**
 * Ends a process: `signal`, then SIGKILL for its whole group when it still runs after `withinMs`. A part leads a
 * group of its own, so what it started goes with it.
 */
export async function endProcess(pid: number, signal: NodeJS.Signals, withinMs: number): Promise<void> {
  send(pid, signal);
  if (await isGone(pid, withinMs)) return;
  send(-pid, 'SIGKILL');
  send(pid, 'SIGKILL');
  await isGone(pid, 2_000);
}

async function isGone(pid: number, withinMs: number): Promise<boolean> {
  for (const stopAt = Date.now() + withinMs; isAlive(pid); ) {
    if (Date.now() > stopAt) return false;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return true;
}

function send(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal);
  } catch {
    // It is gone, which is what was wanted.
  }
}

function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    // The command's name stands in parentheses and may hold any sign; the state comes after the last one.
    return /\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*(?=\) )/s, ''));
  } catch {
    return false;
  }
}
