import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isAlive } from '../../local/processes.js';
import { partNames, type RunFile, readRunFile } from '../../local/run-file.js';
import { tokenRoles } from '../../local/token-roles.js';
import { makeInstanceFolder, removeInstance, startInstance, type TestInstance } from '../support/instance.js';
import { waitUntil } from '../support/wait-until.js';

// One instance through its life: the tests come in the order of a day.
let folder: string;
let instance: TestInstance;
let run: RunFile;

beforeAll(async () => {
  folder = await makeInstanceFolder();
  instance = startInstance(folder);
  run = await instance.run();
});
afterAll(() => removeInstance(instance));

const pidsOf = async () => Object.values((await readRunFile(folder))?.pids ?? {});
const select = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

test('run.json tells what serves where, and only this user may read it', async () => {
  expect((await stat(join(folder, 'run.json'))).mode & 0o777).toBe(0o600);
  expect((await fetch(`${run.api}/health/ready`)).status).toBe(200);
  expect(await (await fetch(`${run.mailbox}/messages`)).json()).toEqual([]);
  expect((await fetch(`${run.temporal.ui}/`)).status).toBe(200);
  expect(await select(run.database, 'select current_user as who')).toEqual([{ who: 'redmark_app' }]);
  expect(Object.keys(run.tokens).sort()).toEqual([...tokenRoles].sort());
  expect(Object.keys(run.pids).sort()).toEqual([...partNames].sort());
  expect((await pidsOf()).every((pid) => pid !== null && isAlive(pid))).toBe(true);
});

test('a second start says where the first one runs, and ends well', async () => {
  const second = startInstance(folder);
  expect(await second.ended).toBe(0);
  expect(second.output()).toBe(`Redmark is already running at ${run.api}\n`);
});

test.each(['worker', 'postgres', 'temporal'] as const)(
  'a %s that is killed is started again, on the same address, and that is said',
  async (name) => {
    const killed = run.pids[name] ?? 0;
    process.kill(killed, 'SIGKILL');
    const now = await waitUntil(
      async () => {
        const pid = (await readRunFile(folder))?.pids[name];
        return instance.output().includes(`${name} is back`) && pid !== killed && pid;
      },
      { withinMs: 30_000, what: `a new ${name}` },
    );
    expect(isAlive(now)).toBe(true);
    expect(instance.output()).toContain(`${name} killed by SIGKILL; starting it again`);
    run = await instance.run();
  },
);

test('Ctrl-C stops every part within ten seconds', async () => {
  const pids = await pidsOf();
  const since = Date.now();
  expect(await instance.stop()).toBe(0);
  expect(Date.now() - since).toBeLessThan(10_000);
  expect(pids.filter((pid) => pid !== null && isAlive(pid))).toEqual([]);
  expect(await readRunFile(folder)).toBeUndefined();
});

test('the next start keeps ports, tokens and data, and stops what a killed supervisor left', async () => {
  const before = run;
  instance = startInstance(folder);
  run = await instance.run();
  expect(run).toEqual({ ...before, pids: expect.anything() });
  await select(
    run.database.replace(/\/\/.*@/, `//redmark:${await ownerPassword()}@`),
    'create table kept ()',
  );

  const left = await pidsOf();
  process.kill(instance.pid, 'SIGKILL');
  await instance.ended;
  expect(left.every((pid) => pid !== null && isAlive(pid))).toBe(true);
  instance = startInstance(folder);
  run = await waitUntil(async () => {
    const found = await instance.run();
    return found.pids.api !== left[0] && found;
  });
  expect(instance.output()).toContain('Stopping what an earlier start left behind');
  expect(left.filter((pid) => pid !== null && isAlive(pid))).toEqual([]);
  expect(run.api).toBe(before.api);
  expect(await select(run.database, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);
});

test('a port that somebody else has taken is stepped over', async () => {
  await instance.stop();
  const port = Number(new URL(run.api).port);
  const other: Server = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  try {
    instance = startInstance(folder);
    const next = await instance.run();
    expect(next.api).not.toBe(run.api);
    expect((await fetch(`${next.api}/health/ready`)).status).toBe(200);
    expect(next.tokens).toEqual(run.tokens);
  } finally {
    other.close();
  }
});

async function ownerPassword(): Promise<string> {
  const { readInstanceSettings } = await import('../../local/instance-settings.js');
  return (await readInstanceSettings(folder)).ownerPassword;
}
