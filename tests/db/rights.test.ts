import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let app: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  app = new pg.Client({ connectionString: database.appUrl });
  await app.connect();
  await app.query(`insert into audit (key, at, subject, actor, credential, action, detail)
    values ('order/X/accept', now(), 'X', 'nobody', 'token', 'accept', '{}')`);
});
afterAll(async () => {
  await app?.end();
  await database?.drop();
});

describe('the application role (P06.7)', () => {
  it.each([
    `update audit set actor = 'somebody'`,
    'delete from audit',
    'truncate audit',
    `update policies set by = 'somebody'`,
    'delete from policies',
    'drop table audit',
    'alter table audit disable trigger all',
  ])('may not %s', async (statement) => {
    await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('reads what it wrote, and one key is written once', async () => {
    const { rows } = await app.query('select actor from audit');
    expect(rows).toEqual([{ actor: 'nobody' }]);
    const again = `insert into audit (key, at, subject, actor, credential, action, detail)
      values ('order/X/accept', now(), 'X', 'nobody', 'token', 'accept', '{}')`;
    await expect(app.query(again)).rejects.toThrow(/unique/);
  });
});
