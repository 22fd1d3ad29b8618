import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readMachine } from '../app/config.js';
import { endProcess } from './processes.js';

const longestLogBytes = 8 * 1024 * 1024;

export type PartCommand = {
  command: string;
  args: readonly string[];
  /** Beside the environment of this process. */
  env?: Record<string, string>;
  cwd?: string;
  /** The operating system's user to run as; this process' own unless set. */
  user?: { uid: number; gid: number };
  /** Where stdout and stderr go, appended. */
  logFile: string;
};

/** A running child process, in a process group of its own. */
export type Part = {
  pid: number;
  logFile: string;
  /** Where its own lines begin in the log file. */
  logStart: number;
  /** Resolves when it has ended, with how, in words. Never rejects. */
  ended: Promise<string>;
  hasEnded: () => boolean;
};

/**
 * Starts a process whose output goes straight to a file: it survives the death of the one that started it, and is
 * never held up by it. Its own process group keeps the terminal's Ctrl-C away from it.
 */
export function startPart({ command, args, env, cwd, user, logFile }: PartCommand): Part {
  mkdirSync(dirname(logFile), { recursive: true });
  const logStart = rotateLog(logFile);
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, {
    cwd,
    detached: true,
    env: { ...readMachine().env, ...env },
    stdio: ['ignore', log, log],
    ...user,
  });
  closeSync(log);
  let over = false;
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `killed by ${signal}` : `ended with ${code}`));
  }).then((how) => {
    over = true;
    return how;
  });
  return { pid: child.pid ?? 0, logFile, logStart, ended, hasEnded: () => over };
}

/** Ends a part and waits until it is gone. */
export async function stopPart(
  part: Part,
  withinMs: number,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (!part.hasEnded() && part.pid) await endProcess(part.pid, signal, withinMs);
}

/**
 * Waits until `isReady` says so. When the part ends or `withinMs` passes before, it is stopped, and this throws with
 * the last lines of its log.
 */
export async function waitUntilReady(
  name: string,
  part: Part,
  isReady: () => Promise<boolean>,
  withinMs: number,
): Promise<void> {
  const stopAt = Date.now() + withinMs;
  try {
    while (!(await isReady())) {
      const why = part.hasEnded() ? await part.ended : Date.now() > stopAt ? 'is not ready' : undefined;
      if (why) throw new Error(`${name} ${why}: ${lastLines(part)} (${part.logFile})`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } catch (error) {
    await stopPart(part, 3_000);
    throw error;
  }
}

/** Whether the part's own output so far holds `text`. */
export async function hasSaid(part: Part, text: string): Promise<boolean> {
  const file = await open(part.logFile, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256 * 1024), 0, 256 * 1024, part.logStart);
    return buffer.toString('utf8', 0, bytesRead).includes(text);
  } finally {
    await file.close();
  }
}

/** The last few lines that the part itself wrote. */
export function lastLines(part: Part, count = 3): string {
  const text = readFileSync(part.logFile).subarray(part.logStart).toString('utf8').trim();
  return text.split('\n').slice(-count).join(' | ').slice(-600) || 'it wrote nothing';
}

/** Starts a new log file when the old one has grown long; one old file is kept. Gives where new lines begin. */
function rotateLog(logFile: string): number {
  try {
    const { size } = statSync(logFile);
    if (size < longestLogBytes) return size;
    renameSync(logFile, `${logFile}.1`);
  } catch {
    // There is none yet.
  }
  return 0;
}
