import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unpackFromTar } from '../../local/unpack-tar.js';

test('a file is found in an archive as tar makes it, whatever folder it is in', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'redmark-tar-'));
  try {
    await mkdir(join(folder, 'release', 'bin'), { recursive: true });
    const binary = Buffer.alloc(1_500, 7);
    await writeFile(join(folder, 'release', 'LICENSE'), 'words\n');
    await writeFile(join(folder, 'release', 'bin', 'temporal'), binary);
    execFileSync('tar', ['-cf', join(folder, 'archive.tar'), '-C', folder, 'release']);
    const archive = await readFile(join(folder, 'archive.tar'));
    expect(unpackFromTar(archive, 'temporal')).toEqual(binary);
    expect(unpackFromTar(archive, 'LICENSE')?.toString()).toBe('words\n');
    expect(unpackFromTar(archive, 'missing')).toBeUndefined();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
