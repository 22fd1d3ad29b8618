import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const runFileSchema = z.object({ database: z.string() });

/**
 * Where a command's data go: the database of the running instance, whose `run.json` this is, else `DATABASE_URL`.
 * `named` says which, for messages. Undefined when there is neither.
 */
export async function findDatabase(
  runFile: string,
  env: Readonly<Record<string, string>>,
): Promise<{ url: string; named: string } | undefined> {
  const text = await readFile(runFile, 'utf8').catch(() => undefined);
  if (text !== undefined) {
    const { database } = runFileSchema.parse(JSON.parse(text));
    return { url: database, named: runFile };
  }
  return env.DATABASE_URL ? { url: env.DATABASE_URL, named: 'DATABASE_URL' } : undefined;
}
