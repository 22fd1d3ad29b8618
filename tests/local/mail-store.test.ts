import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMailStore } from '../../local/mail/mail-store.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redmark-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const envelope = { from: 'a@example.com', to: ['b@example.com'], receivedAt: '2026-11-24T01:30:00.000Z' };
const raw = (subject: string) => Buffer.from(`Subject: ${subject}\r\n\r\nbody\r\n`);

test('mails survive a restart, and the next ones come after them', async () => {
  const before = await openMailStore(folder);
  await before.add(envelope, raw('one'));
  const after = await openMailStore(folder);
  await after.add(envelope, raw('two'));
  expect((await after.list()).map(({ subject }) => subject)).toEqual(['one', 'two']);
});

test('only the last mails are kept', async () => {
  const store = await openMailStore(folder, 2);
  for (const subject of ['one', 'two', 'three']) await store.add(envelope, raw(subject));
  expect((await store.list()).map(({ subject }) => subject)).toEqual(['two', 'three']);
  expect((await (await openMailStore(folder)).list()).length).toBe(2);
});

test('a mail without headers of its own tells what its envelope says', async () => {
  const store = await openMailStore(folder);
  await store.add(envelope, raw('bare'));
  expect(await store.list()).toMatchObject([
    { from: 'a@example.com', to: 'b@example.com', date: envelope.receivedAt },
  ]);
});
