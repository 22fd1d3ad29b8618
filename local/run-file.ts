import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson, writeJson } from './json-file.js';
import type { Tokens } from './token-roles.js';

export const partNames = ['api', 'worker', 'watchman', 'temporal', 'postgres', 'mailbox'] as const;
export type PartName = (typeof partNames)[number];

/** The serving processes; null where a part was replaced by one of the user's own. */
export type Pids = Record<PartName, number | null>;

/** `run.json`: what a script needs to know of the running instance. It exists only while all is ready. */
export type RunFile = {
  /** Origin, without a trailing slash. */
  api: string;
  /** Origin, without a trailing slash; null when SMTP_URL replaced the mailbox. */
  mailbox: string | null;
  temporal: { address: string; namespace: string; ui: string | null };
  /** The application's own address of the database; it may read everything, and not change audit rows. */
  database: string;
  tokens: Tokens;
  pids: Pids;
};

const pathIn = (folder: string) => join(folder, 'run.json');

export async function readRunFile(folder: string): Promise<RunFile | undefined> {
  return (await readJson(pathIn(folder))) as RunFile | undefined;
}

export function writeRunFile(folder: string, run: RunFile): Promise<void> {
  return writeJson(pathIn(folder), run);
}

export function removeRunFile(folder: string): Promise<void> {
  return rm(pathIn(folder), { force: true });
}
