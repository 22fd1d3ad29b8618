import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RunFile, readRunFile } from '../../local/run-file.js';
import { runInstance } from '../../local/run-instance.js';
import { takeLock } from '../../local/supervisor-lock.js';
import { findSchemathesis, runPython } from './find-schemathesis.js';
import { seedOrders } from './seed-orders.js';

// `npm run fuzz`: throws generated requests at every operation of the API's own OpenAPI document, as several callers,
// against a whole set of its own (PostgreSQL, Temporal, worker, API). Fails on a 5xx, and on any status, content type
// or body that the document does not declare.
//   --examples N   how many requests a phase makes for an operation, 40 without it
//   --seed N       another sample; the same seed is the same sample
const { values } = parseArgs({
  options: { examples: { type: 'string', default: '40' }, seed: { type: 'string', default: '20261124' } },
});

const say = (line: string) => console.log(line);

/**
 * Who calls, and what. Each caller gets all it may use; who may not is refused before anything is read, and that is
 * tested elsewhere.
 */
const CALLERS = [
  { token: 'client', operations: ['acceptOrder', 'listOrders', 'getOrder', 'getTimeline', 'listCustomers'] },
  { token: 'manufacturing', operations: ['recordProgress', 'completeTask', 'listTasks', 'getTask'] },
  { token: 'sales', operations: ['recordDelivery', 'completeTask'] },
  { token: 'vp', operations: ['signOff'] },
  { token: 'orderManager', operations: undefined },
] as const satisfies { token: keyof RunFile['tokens']; operations: readonly string[] | undefined }[];

/**
 * All checks but one: a request that fits the document can still name a product or a customer that is not there, or a
 * day that is past, and is refused for that.
 */
const CHECKS = ['--checks', 'all', '--exclude-checks', 'positive_data_acceptance'];

process.exitCode = await main();

async function main(): Promise<number> {
  const schemathesis = await findSchemathesis(say);
  const folder = await mkdtemp(join(tmpdir(), 'redmark-fuzz-'));
  // As root the database's user has to walk through it; otherwise its data would go, and stay, elsewhere.
  await chmod(folder, 0o711);
  const lock = await takeLock(folder);
  if (!lock) throw new Error(`${folder} is in use`);
  // The greeting, with its tokens, is for people who start the set themselves.
  const sayProgress = (line: string) => (line.includes('\n') ? undefined : say(line));
  const instance = runInstance(folder, lock, sayProgress);
  try {
    await instance.ready;
    const run = await readRunFile(folder);
    if (!run) throw new Error('the set has started and left no run.json');
    await seedOrders(run);
    const failed: string[] = [];
    for (const caller of CALLERS) {
      say(`Fuzzing as ${caller.token}`);
      if ((await fuzz(schemathesis, folder, run, caller)) !== 0) failed.push(caller.token);
    }
    const ready = await fetch(`${run.api}/health/ready`);
    if (ready.status !== 200) failed.push('health afterwards');
    say(failed.length === 0 ? 'No fault found' : `Faults found as: ${failed.join(', ')}`);
    return failed.length === 0 ? 0 : 1;
  } finally {
    await instance.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function fuzz(
  schemathesis: string,
  folder: string,
  run: RunFile,
  caller: (typeof CALLERS)[number],
): Promise<number> {
  const operations = (caller.operations ?? []).flatMap((name) => ['--include-operation-id', name]);
  return runPython(
    [
      ...['-m', 'schemathesis.cli', 'run', `${run.api}/openapi.json`],
      ...['--header', `Authorization: Bearer ${run.tokens[caller.token]}`],
      ...['--max-examples', values.examples, '--seed', values.seed],
      ...['--phases', 'examples,coverage,fuzzing,stateful', '--mode', 'all', '--continue-on-failure'],
      ...['--request-timeout', '20', '--suppress-health-check', 'all', '--no-color', '--warnings', 'off'],
      ...CHECKS,
      ...operations,
    ],
    // It keeps notes for itself where it runs.
    { cwd: folder, env: { PYTHONPATH: schemathesis } },
  );
}
