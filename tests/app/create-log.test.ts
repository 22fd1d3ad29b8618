import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog, toLoggedError } from '../../app/create-log.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { customers } from '../../db/schema/index.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.url, 2);
});
afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

const secret = 'wang.lei@private.example';
const customer = { id: 'C-1', name: '王磊', email: secret };

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  const outcome = await work().then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(Error);
  return outcome;
}

describe('an error in the log', () => {
  it('of a refused row says which constraint, and none of the row’s values', async () => {
    await db.insert(customers).values(customer);
    const error = await failureOf(() => db.insert(customers).values({ ...customer, id: 'C-2' }));
    const lines: string[] = [];
    createLog({ name: 'test', level: 'info' }, { write: (line) => lines.push(line) }).error(
      { err: error },
      'refused',
    );
    const text = lines.join('');
    expect(JSON.parse(text).err).toMatchObject({
      message: expect.stringContaining('insert into "customers"'),
      cause: { code: '23505', constraint: 'customers_email' },
      stack: expect.stringContaining('create-log.test.ts'),
    });
    expect(text).not.toContain(secret);
    expect(text).not.toContain('王磊');
  });

  it('of a value that PostgreSQL cannot read does not quote the value', async () => {
    const error = await failureOf(() => db.execute(sql`select ${secret}::text::int`));
    const text = JSON.stringify(toLoggedError(error));
    expect(text).toContain('invalid input syntax');
    expect(text).not.toContain(secret);
  });

  it('that is none is not written out', () => {
    expect(toLoggedError(secret)).toEqual({ type: 'string', message: 'not an error' });
  });
});
