import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDevServer, startTimeSkipping } from '../support/temporal.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('a test database is PostgreSQL 18, in UTF-8, sorted by code point, migrated', async () => {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query(
    `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding,
            'Z' < 'a' as by_code_point, to_regclass('public.orders') is not null as migrated`,
  );
  await client.end();
  expect(rows).toEqual([{ version: 18, encoding: 'UTF8', by_code_point: true, migrated: true }]);
});

test('the application can read and write, but audit rows only add', async () => {
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  try {
    expect((await client.query('select count(*)::int as n from orders')).rows).toEqual([{ n: 0 }]);
    await client.query('delete from customers');
    for (const change of ['delete from audit', 'update audit set key = key', 'truncate audit']) {
      await expect(client.query(change), change).rejects.toThrow('permission denied for table audit');
    }
  } finally {
    await client.end();
  }
});

test('the time-skipping server knows the search attributes', async () => {
  const environment = await startTimeSkipping();
  try {
    const start = (name: string) =>
      environment.client.workflow.start('none', {
        workflowId: name,
        taskQueue: 'nobody',
        searchAttributes: { [name]: [true] },
      });
    await expect(start('Red')).resolves.toBeDefined();
    await expect(start('Unregistered')).rejects.toThrow();
  } finally {
    await environment.teardown();
  }
});

test('the dev server starts on free ports with the search attributes', async () => {
  const server = await startDevServer();
  try {
    expect(server.address).toMatch(/^127\.0\.0\.1:\d+$/);
  } finally {
    await server.stop();
  }
});
