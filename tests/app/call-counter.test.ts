import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCallCounter } from '../../app/monitors/call-counter.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;
let db: Database;
let nowMs = Date.parse('2026-11-24T01:30:10.000Z');
const now = () => new Date(nowMs);
beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.url, 2);
});
afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});
const rows = async () =>
  (
    await db.execute(sql`select process, to_char(minute at time zone 'UTC', 'HH24:MI') at, calls, failed
    from call_counts order by minute, process`)
  ).rows;

it('adds up what is counted by minute and process; a silent part says that it is there', async () => {
  const one = createCallCounter({ db, now }, { part: 'api', process: 'p1' });
  const two = createCallCounter({ db, now }, { part: 'api', process: 'p2' });
  one.count('api', false);
  one.count('api', true);
  await one.flush();
  one.count('api', true);
  await one.flush();
  await two.flush();
  nowMs += 60_000;
  await one.flush();
  expect(await rows()).toEqual([
    { process: 'p1', at: '01:30', calls: 3, failed: 2 },
    { process: 'p2', at: '01:30', calls: 0, failed: 0 },
    { process: 'p1', at: '01:31', calls: 0, failed: 0 },
  ]);
});

it('keeps what could not be written, and writes it with what came since', async () => {
  await db.execute(sql`truncate call_counts`);
  const counter = createCallCounter({ db, now }, { part: 'activities', process: 'w1' });
  counter.count('activities', true);
  await db.execute(sql`alter table call_counts rename to call_counts_elsewhere`);
  await expect(counter.flush()).rejects.toThrow();
  counter.count('activities', false);
  await db.execute(sql`alter table call_counts_elsewhere rename to call_counts`);
  await counter.flush();
  expect(await rows()).toEqual([{ process: 'w1', at: '01:31', calls: 2, failed: 1 }]);
});
