import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { releaseOf } from '../../local/binary-releases.js';
import { type BinarySources, findBinary, isFitting } from '../../local/find-binary.js';
import { Sentence } from '../../local/sentence.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redmark-binary-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const sources = (fetchers: BinarySources['fetchers'], searchPath: string[] = []): BinarySources => ({
  cache: join(folder, 'cache'),
  searchPath,
  fetchers,
});
const silent = () => undefined;
const unreachable = { from: 'elsewhere', fetch: () => Promise.reject(new Error('getaddrinfo ENOTFOUND')) };
const forged = {
  from: 'a forger',
  fetch: async (name: string, to: string) => {
    await writeFile(join(to, name), '#!/bin/sh\necho forged\n');
    return join(to, name);
  },
};
const genuine = {
  from: 'the real one',
  fetch: async (name: string, to: string) => {
    await writeFile(join(to, name), await readFile(inject('services').binaries.testServer));
    return join(to, name);
  },
};

test('the first source that brings the pinned binary is taken, and asked once', async () => {
  let asked = 0;
  const counted = {
    ...genuine,
    fetch: (name: string, to: string) => {
      asked += 1;
      return genuine.fetch(name, to);
    },
  };
  const from = sources([unreachable, forged, counted]);
  const found = await findBinary('temporal-test-server', silent, from);
  expect(await findBinary('temporal-test-server', silent, from)).toBe(found);
  expect(asked).toBe(1);
});

test('two processes may fetch at once', async () => {
  const from = sources([genuine]);
  const both = await Promise.all([1, 2].map(() => findBinary('temporal-test-server', silent, from)));
  expect(both[0]).toBe(both[1]);
});

test('a binary that is not the pinned one is refused, and one sentence says why nothing works', async () => {
  const failure = findBinary('temporal-test-server', silent, sources([unreachable, forged]));
  await expect(failure).rejects.toThrow(Sentence);
  await expect(failure).rejects.toThrow(
    /^temporal-test-server 1\.40\.0 could not be fetched \(elsewhere: .*ENOTFOUND; a forger: its sha256 is .*\): give/,
  );
});

test('a temporal on the PATH is used as it is when its version fits', async () => {
  const onPath = join(folder, 'temporal');
  await writeFile(onPath, '#!/bin/sh\necho "temporal version 1.10.0 (Server 1.33.0, UI 2.60.0)"\n');
  await chmod(onPath, 0o755);
  expect(await findBinary('temporal', silent, sources([unreachable], [folder]))).toBe(onPath);
  await writeFile(onPath, '#!/bin/sh\necho "temporal version 1.0.0 (Server 1.24.0, UI 2.26.2)"\n');
  await expect(findBinary('temporal', silent, sources([unreachable], [folder]))).rejects.toThrow(Sentence);
});

test.each([
  ['temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)', true],
  ['temporal version 1.12.0', true],
  ['temporal version 1.8.9', false],
  ['temporal version 2.0.0', false],
  ['', false],
])('the version line %j fits: %s', (line, fits) => {
  expect(isFitting(line)).toBe(fits);
});

test('every platform has a pinned binary; another one is told what to do', () => {
  for (const os of ['linux', 'darwin']) {
    for (const cpu of ['x64', 'arm64']) {
      expect(releaseOf('temporal', os, cpu).sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(releaseOf('temporal-test-server', os, cpu).sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  }
  expect(() => releaseOf('temporal', 'win32', 'x64')).toThrow(/WSL/);
});
