import { ApplicationFailure } from '@temporalio/common';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stripValues } from '../../activities/strip-values.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.url, 1);
});
afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});

it('a query that fails leaves no value in the failure that Temporal keeps, and is tried again', async () => {
  const work = stripValues(() => db.execute(sql`select ${'李工 13800000000'}::int`));
  const failure = await work().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect((failure as ApplicationFailure).nonRetryable).toBe(false);
  expect(JSON.stringify([failure, (failure as Error).message, (failure as Error).cause])).not.toContain(
    '李工',
  );
});
