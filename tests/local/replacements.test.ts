import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readInstanceSettings } from '../../local/instance-settings.js';
import { makeInstanceFolder, removeInstance, startInstance } from '../support/instance.js';
import { startMailbox, type TestMailbox } from '../support/mailbox.js';
import { type DevServer, startDevServer } from '../support/temporal.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let temporal: DevServer;
let mailbox: TestMailbox;
beforeAll(async () => {
  [database, temporal, mailbox] = await Promise.all([createTestDatabase(), startDevServer(), startMailbox()]);
});
afterAll(async () => {
  await Promise.all([temporal.stop(), mailbox.stop()]);
  await database.drop();
});

test('each address that is set replaces its part', async () => {
  const instance = startInstance(await makeInstanceFolder(), {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.namespace,
    SMTP_URL: mailbox.smtpUrl,
  });
  try {
    const run = await instance.run();
    expect(run).toMatchObject({
      database: database.url,
      mailbox: null,
      temporal: { address: temporal.address, namespace: 'default', ui: null },
      pids: { temporal: null, postgres: null, mailbox: null, api: expect.any(Number) },
    });
    expect((await fetch(`${run.api}/health/ready`)).status).toBe(200);
  } finally {
    await removeInstance(instance);
  }
});

test.each([
  ['DATABASE_URL', () => 'postgres://nobody:secret@127.0.0.1:9/redmark'],
  ['DATABASE_URL', () => database.url.replace(/:[^:@]*@/, ':wrong@')],
  ['DATABASE_URL', () => 'redmark'],
  ['TEMPORAL_ADDRESS', () => '127.0.0.1:9'],
  ['SMTP_URL', () => 'smtp://127.0.0.1:9'],
  ['COMPANY_ZONE', () => 'Shanghai'],
  ['API_HOST', () => '0.0.0.0'],
])('a wrong %s stops the start with its name and what would be right', async (name, value) => {
  const folder = await makeInstanceFolder();
  const instance = startInstance(folder, { [name]: value() });
  expect(await instance.ended).toBe(1);
  expect(instance.output()).toMatch(new RegExp(`^These settings are wrong:\n${name} must `, 'm'));
  expect(instance.output()).not.toContain('secret');
  await removeInstance(instance);
});

test('a namespace that the Temporal server does not know is named', async () => {
  const instance = startInstance(await makeInstanceFolder(), {
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: 'nowhere',
  });
  expect(await instance.ended).toBe(1);
  expect(instance.output()).toContain('TEMPORAL_NAMESPACE must be a namespace of');
  await removeInstance(instance);
});

test.runIf(process.getuid?.() === 0)(
  'as root, in a folder that the database’s user cannot reach, the data go where it can',
  async () => {
    const closed = await mkdtemp(join(tmpdir(), 'redmark-closed-'));
    await chmod(closed, 0o700);
    const folder = join(closed, 'data');
    const instance = startInstance(folder, { TEMPORAL_ADDRESS: temporal.address, SMTP_URL: mailbox.smtpUrl });
    const { run } = instance;
    await run();
    const elsewhere = join('/var/lib/redmark', (await readInstanceSettings(folder)).instance);
    try {
      expect((await stat(join(elsewhere, 'postgres', 'PG_VERSION'))).isFile()).toBe(true);
      expect(instance.output()).toContain(`the data go to ${elsewhere}`);
    } finally {
      await removeInstance(instance);
      await rm(elsewhere, { recursive: true, force: true });
      await rm(closed, { recursive: true, force: true });
    }
  },
);
