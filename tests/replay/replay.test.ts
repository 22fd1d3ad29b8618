import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { describe, expect, inject, it } from 'vitest';
import { incidentStories } from './incident-stories.js';
import { stories } from './stories.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const folder = fileURLToPath(new URL('histories', import.meta.url));
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
const bundle = () => readFileSync(inject('services').workflowBundle, 'utf8');

function replay(name: string, code: string): Promise<void> {
  const history: unknown = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  return Worker.runReplayHistory({ workflowBundle: { code } }, history);
}

/** The bundle with one line of the workflows' code changed. */
function changed(line: string, to: string): string {
  const code = bundle();
  expect(code.split(line).length, `"${line}" stands once in the bundle`).toBe(2);
  return code.replace(line, to);
}

describe('a process that began under an earlier release', () => {
  it.each(names)('goes on under this one: %s', async (name) => {
    await replay(name, bundle());
  });

  it('is recorded in each shape that there is', () => {
    const shapes = [...Object.keys(stories), ...Object.keys(incidentStories), 'incident-continued'];
    expect(names).toEqual(expect.arrayContaining(shapes));
  });
});

describe.each(['happy', 'incident-level-3', 'incident-continued'])(
  'a change that would break %s is noticed',
  (name) => {
    it('where an activity is not asked for that was', async () => {
      const code = changed(
        'const result = await notify(',
        'const result = await (() => ({ sent: 0, failed: [] }))(',
      );
      await expect(replay(name, code)).rejects.toThrow(/[Nn]ondeterminism/);
    });

    it('where a timer is not set that was', async () => {
      const code = changed('alarm.set((', 'void ((');
      await expect(replay(name, code)).rejects.toThrow(/[Nn]ondeterminism/);
    });

    it('where a step is left out that was recorded', async () => {
      const code = changed('if (!state.begun)', 'if (false)');
      await expect(replay(name, code)).rejects.toThrow(/[Nn]ondeterminism/);
    });
  },
);
