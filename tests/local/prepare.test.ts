import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../local/instance.js';

const prepare = (...args: string[]) =>
  spawnSync(process.execPath, [...args.slice(1), join(projectFolder, 'local/prepare.mjs'), args[0] ?? ''], {
    encoding: 'utf8',
  });

test('an old Node is told so in one sentence', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redmark-node-'));
  try {
    const older = join(folder, 'older.cjs');
    await writeFile(older, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });\n");
    const { status, stderr } = prepare('check', '--require', older);
    expect(status).toBe(1);
    expect(stderr).toBe('Redmark needs Node 20.19 or newer; this is 20.18.3.\n');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('where everything is installed there is nothing to do and nothing to say', () => {
  const { status, stdout, stderr } = prepare('check');
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
});
