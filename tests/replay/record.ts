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
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { startRealServer } from '../workflows/real-server.js';
import { type Rig, startRig } from '../workflows/rig.js';
import { continuedIncident, incidentStories } from './incident-stories.js';
import { stories } from './stories.js';

let rig: Rig;
const running: string[] = [];
beforeAll(async () => {
  rig = await startRig();
  await publishBuiltIns(rig.db, rig.now().toISOString());
});
afterEach(async () => {
  // One left open would climb its ladder in the next story's time.
  for (const workflowId of running.splice(0)) {
    const handle = rig.environment.client.workflow.getHandle(workflowId);
    await handle.terminate('the story is told').catch(() => undefined);
  }
  await rig.clear();
});
afterAll(() => rig?.stop());

it.each(Object.keys(stories))('%s', async (name) => {
  const number = await stories[name]?.(rig);
  expect(number).toMatch(/^SO-/);
  await keep(rig, name, { workflowId: `order/${number}` });
});

it.each(Object.keys(incidentStories))('%s', async (name) => {
  const number = await incidentStories[name]?.(rig);
  expect(number).toMatch(/^IN-/);
  running.push(`incident/${number}`);
  await keep(rig, name, { workflowId: `incident/${number}` });
});

it('incident-continued', async () => {
  const cut = await startRig(() => startRealServer({ cutAfterEvents: 60 }), 'relayed');
  try {
    await publishBuiltIns(cut.db, cut.now().toISOString());
    await keep(cut, 'incident-continued', await continuedIncident(cut));
  } finally {
    await cut.stop();
  }
});

async function keep(from: Rig, name: string, run: { workflowId: string; runId?: string }): Promise<void> {
  // Not in the midst of a workflow task: its replay would begin work that no history tells of.
  const history = await from.waitFor('a quiet moment', async () => {
    const found = await from.environment.client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
    const last = found.events?.at(-1);
    return !last?.workflowTaskScheduledEventAttributes && !last?.workflowTaskStartedEventAttributes && found;
  });
  const path = fileURLToPath(new URL(`histories/${name}.json`, import.meta.url));
  await writeFile(path, `${withoutMachine(JSON.stringify(toPlain(history), null, 1))}\n`);
}

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
  return (
    json
      .replace(/"(identity)": "[^"]*"/g, '"$1": "worker"')
      // A worker's own queue bears its name.
      .replace(/"name": "\d+@[^"]*"/g, '"name": "worker"')
      .replace(/"(stackTrace|stack_trace)": "(?:[^"\\]|\\.)*"/g, '"$1": ""')
  );
}
