import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SettingsError } from '../app/config.js';
import { projectFolder } from './instance.js';
import { isAlive } from './processes.js';
import { readRunFile, removeRunFile } from './run-file.js';
import { runInstance } from './run-instance.js';
import { Sentence } from './sentence.js';
import { findSupervisor, stopLeftovers, takeLock } from './supervisor-lock.js';

// `npm start`: the whole of Redmark on this machine, in the foreground, until Ctrl-C.
//   --data FOLDER   where its data lie, instead of .redmark
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const folder = values.data ? resolve(values.data) : join(projectFolder, '.redmark');
const say = (line: string) => console.log(line);
// Whoever read our lines may have gone (`npm start | head`); the parts go on.
process.stdout.on('error', () => undefined);

await main().catch((error: Error) => {
  console.error(explain(error));
  process.exitCode = 1;
});

async function main(): Promise<void> {
  // The database's user, who is not root, has to walk through this folder.
  await mkdir(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const other = await findSupervisor(folder);
  if (other) return sayThatItRuns(other);
  await stopLeftovers(folder, say);
  const lock = await takeLock(folder);
  if (!lock) return sayThatItRuns((await findSupervisor(folder)) ?? 0);
  await removeRunFile(folder);

  const { ready, stop } = runInstance(folder, lock, say);
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // The terminal and npm may both send it: the first one counts.
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      say('Stopping');
      stop().then(
        () => process.exit(0),
        (error: Error) => {
          console.error(explain(error));
          process.exit(1);
        },
      );
    });
  }
  try {
    await ready;
  } catch (error) {
    // What was being started ends with an error when the person stops it: that is no news.
    if (isStopping) return;
    isStopping = true;
    await stop();
    throw error;
  }
}

/** Waits until the other start is through, for a script that needs an instance; then says where it is. */
async function sayThatItRuns(pid: number): Promise<void> {
  let run = await readRunFile(folder);
  if (!run && pid) say('Redmark is being started already; waiting for it');
  while (!run && pid && isAlive(pid)) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    run = await readRunFile(folder);
  }
  if (!run)
    throw new Sentence('The other start of Redmark in this folder did not come through; start again.');
  say(`Redmark is already running at ${run.api}`);
}

function explain(error: Error): string {
  if (error instanceof SettingsError) return `These settings are wrong:\n${error.message}`;
  return error instanceof Sentence ? error.message : `Redmark could not start: ${error.message}`;
}
