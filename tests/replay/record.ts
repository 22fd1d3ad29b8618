/**
 * Records the histories that `replay.test.ts` replays, from real runs of the workflows as they are now:
 *
 *     npx vitest run --config tests/replay/record.config.ts [-t <story>]
 *
 * Run it once for each workflow shape that is released and commit what it writes. A history that fails to replay later
 * is not recorded anew: it stands for orders that are running somewhere. The change is patched instead (`patched()`),
 * and the old history stays until no such order can be left.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { type Rig, startRig } from '../workflows/rig.js';
import { stories } from './stories.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

it.each(Object.keys(stories))('%s', async (name) => {
  const number = await stories[name]?.(rig);
  // Not in the midst of a workflow task: its replay would begin work that no history tells of.
  const history = await rig.waitFor('a quiet moment', async () => {
    const found = await rig.handle(String(number)).fetchHistory();
    const last = found.events?.at(-1);
    return !last?.workflowTaskScheduledEventAttributes && !last?.workflowTaskStartedEventAttributes && found;
  });
  const path = fileURLToPath(new URL(`histories/${name}.json`, import.meta.url));
  await writeFile(path, `${withoutMachine(JSON.stringify(toPlain(history), null, 1))}\n`);
  expect(number).toMatch(/^SO-/);
});

/** Protobuf's own field values, which a worker takes again as they are: bytes as base64, 64-bit numbers as numbers. */
function toPlain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  if ('toNumber' in value && typeof value.toNumber === 'function') return value.toNumber();
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== null && one !== undefined)
      .map(([key, one]) => [key, toPlain(one)]),
  );
}

/** Names of machines and places of files say nothing of the order. */
function withoutMachine(json: string): string {
  return json
    .replace(/"(identity)": "[^"]*"/g, '"$1": "worker"')
    .replace(/"(stackTrace|stack_trace)": "(?:[^"\\]|\\.)*"/g, '"$1": ""');
}
