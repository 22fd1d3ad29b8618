import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readWarnings } from '../../app/read-warnings.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { beat } from '../../db/queries/watch-presence.js';
import {
  commands,
  deadlineInstants,
  deadlines,
  incidents,
  notices,
  orders,
  tasks,
} from '../../db/schema/index.js';
import { lastPublishedYear } from '../../domain/calendar/published-days.js';
import { INCIDENT, recordIncident } from '../activities/incident-notice-record.js';
import { addTask, NUMBER, queueNotices, recordOrder } from '../activities/notice-record.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { planDeadline } from './watch-record.js';

let database: TestDatabase;
let db: Database;

// In the middle of a published year, so that the calendar has nothing to say.
const T0 = Date.parse(`${lastPublishedYear}-06-15T02:00:00.000Z`);
const later = (seconds: number) => new Date(T0 + seconds * 1_000).toISOString();

/** What readiness warns of, `seconds` after T0. */
const warningsAt = (seconds: number) => readWarnings(db, new Date(later(seconds)));
const codesAt = async (seconds: number) => (await warningsAt(seconds)).map(({ code }) => code);

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.appUrl, 2);
  await recordOrder(db);
  await recordIncident(db);
  await db.update(incidents).set({ createdAt: later(-3_600) });
  await db.update(orders).set({ createdAt: later(-3_600) });
});

beforeEach(async () => {
  await db.execute(
    sql`delete from deadline_instants; delete from deadlines; delete from notices; delete from commands; delete from tasks`,
  );
  await db.update(orders).set({ endedAt: null });
  await db.update(incidents).set({ endedAt: null }).where(eq(incidents.number, INCIDENT));
  await beat(db, 'watchman', later(0));
});

afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});

it('a healthy record warns of nothing', async () => {
  await planDeadline(db, { id: 'd1' }, [{ at: later(30) }, { at: later(300) }]);
  expect(await warningsAt(60)).toEqual([]);
});

describe('an overdue instant', () => {
  it('shows from 60 s on, with how many, since when and of which orders', async () => {
    await planDeadline(db, { id: 'd1' }, [{ at: later(0) }, { at: later(1) }]);
    expect(await codesAt(60)).not.toContain('instants-overdue');
    expect(await warningsAt(61.5)).toContainEqual({
      code: 'instants-overdue',
      detail: `2 planned instants passed and did not fire, the oldest since ${later(0)}: ${NUMBER}`,
    });
  });

  it('is gone by itself when its rung fires after all, reported or not', async () => {
    await planDeadline(db, { id: 'd1' }, [{ at: later(0), reportedAt: later(61) }]);
    expect(await codesAt(70)).toContain('instants-overdue');
    await db.update(deadlineInstants).set({ state: 'superseded', settledAt: later(71) });
    expect(await codesAt(80)).not.toContain('instants-overdue');
  });

  it('is gone when its order has ended', async () => {
    await planDeadline(db, { id: 'd1' }, [{ at: later(0) }]);
    await db.update(orders).set({ endedAt: later(65) });
    expect(await codesAt(70)).not.toContain('instants-overdue');
  });

  it('of an incident names it, and is gone when the incident has ended', async () => {
    const of = { orderNumber: null, workflowId: `incident/${INCIDENT}`, incidentNumber: INCIDENT };
    await planDeadline(db, { id: `${INCIDENT}.confirm`, ...of }, [{ at: later(0) }]);
    expect(await warningsAt(61.5)).toContainEqual({
      code: 'instants-overdue',
      detail: `1 planned instant passed and did not fire, the oldest since ${later(0)}: ${INCIDENT}`,
    });
    await db
      .update(incidents)
      .set({ endedAt: later(62) })
      .where(eq(incidents.number, INCIDENT));
    expect(await codesAt(70)).not.toContain('instants-overdue');
  });

  it('names five orders at most, the longest overdue first', async () => {
    const [order] = await db.select().from(orders).where(eq(orders.number, NUMBER));
    if (!order) throw new Error('the order is on record');
    const numbers = [1, 2, 3, 4, 5, 6].map((n) => `SO-20260615-000${n}`);
    await db.insert(orders).values(numbers.map((number) => ({ ...order, number })));
    try {
      for (const [index, number] of numbers.entries()) {
        const at = { at: later(100 - index) };
        await planDeadline(db, { id: `${number}.confirmation`, orderNumber: number }, [at]);
      }
      const warning = (await warningsAt(300)).find(({ code }) => code === 'instants-overdue');
      expect(warning?.detail).toBe(
        `6 planned instants passed and did not fire, the oldest since ${later(95)}: ` +
          numbers.slice(1).reverse().join(', '),
      );
    } finally {
      await db.execute(sql`delete from deadline_instants; delete from deadlines`);
      await db.delete(orders).where(inArray(orders.number, numbers));
    }
  });
});

describe('a notice that does not go out', () => {
  const asked = later(0);
  const halfAnHour = 30 * 60;

  it.each(['queued', 'sending', 'failed'] as const)(
    'shows after 30 minutes while it is %s',
    async (state) => {
      await queueNotices(db, 'step', [{ template: 'departmentsTold', to: 'person:qin.lan' }]);
      await db.update(notices).set({ state, createdAt: asked });
      expect(await codesAt(halfAnHour)).not.toContain('notices-unsent');
      expect(await warningsAt(halfAnHour + 1)).toContainEqual({
        code: 'notices-unsent',
        detail: `1 notice not sent within 30 minutes, the oldest since ${asked}`,
      });
      await db.update(notices).set({ state: 'delivered' });
      expect(await codesAt(halfAnHour + 1)).not.toContain('notices-unsent');
    },
  );

  it('of an incident counts for as long as the incident runs, whatever its age', async () => {
    const ofIncident = { orderNumber: null, incidentNumber: INCIDENT, state: 'failed' as const };
    await queueNotices(db, 'step', [{ template: 'incidentReported', to: 'person:qin.lan' }]);
    await db.update(notices).set({ ...ofIncident, createdAt: later(-90_000) });
    expect(await codesAt(0)).toContain('notices-unsent');
    await db
      .update(incidents)
      .set({ endedAt: later(0) })
      .where(eq(incidents.number, INCIDENT));
    expect(await codesAt(0)).not.toContain('notices-unsent');
  });

  it('of an incident is settled when somebody has reached the people another way', async () => {
    const ofIncident = { orderNumber: null, incidentNumber: INCIDENT, state: 'failed' as const };
    await queueNotices(db, 'step', [{ template: 'incidentReported', to: 'person:qin.lan' }]);
    await db.update(notices).set({ ...ofIncident, createdAt: asked });
    await addTask(db, { id: `${INCIDENT}.reach.orderManager`, kind: 'reach', role: 'orderManager' });
    const done = { state: 'done' as const, finishedAt: later(halfAnHour * 2) };
    await db.update(tasks).set({ orderNumber: null, ...done });
    expect(await codesAt(halfAnHour * 3), 'a task of nothing of ours settles nothing').toContain(
      'notices-unsent',
    );
    await db.update(tasks).set({ incidentNumber: INCIDENT });
    expect(await codesAt(halfAnHour * 3)).not.toContain('notices-unsent');
  });

  it('is settled when somebody has reached the people another way', async () => {
    await queueNotices(db, 'step', [{ template: 'departmentsTold', to: 'person:qin.lan' }]);
    await db.update(notices).set({ state: 'failed', createdAt: asked });
    await addTask(db, { id: `${NUMBER}.reach.orderManager`, kind: 'reach', role: 'orderManager' });
    expect(await codesAt(halfAnHour * 2)).toContain('notices-unsent');
    await db.update(tasks).set({ state: 'done', finishedAt: later(halfAnHour * 2) });
    expect(await codesAt(halfAnHour * 3)).not.toContain('notices-unsent');
  });

  it('of an order that has ended meanwhile shows for a day: nobody else asks for it any more', async () => {
    await queueNotices(db, 'step', [{ template: 'orderRejected', to: 'customer:C-0001' }]);
    await db.update(notices).set({ createdAt: asked });
    expect(await codesAt(100_000)).toContain('notices-unsent');
    await db.update(orders).set({ endedAt: later(1) });
    expect(await codesAt(86_000)).toContain('notices-unsent');
    expect(await codesAt(86_401)).not.toContain('notices-unsent');
  });

  it('to ops, which no task can follow up, shows for a day', async () => {
    await queueNotices(db, 'watchman/1', [{ template: 'watchmanAlarm', to: 'ops', order: null }]);
    await db.update(notices).set({ state: 'failed', createdAt: asked });
    expect(await codesAt(86_000)).toContain('notices-unsent');
    expect(await codesAt(86_401)).not.toContain('notices-unsent');
  });
});

it('an accepted command that is not delivered shows after 60 s, and is gone when it is', async () => {
  await db.insert(commands).values({
    id: randomUUID(),
    credentialId: 'k',
    route: 'POST /v1/orders',
    bodyHash: 'x',
    principal: 'demo-shop',
    credential: 'key',
    kind: 'start',
    target: `order/${NUMBER}`,
    name: 'urgentOrder',
    body: {},
    state: 'pending',
    createdAt: later(0),
  });
  expect(await codesAt(60)).not.toContain('commands-pending');
  expect(await warningsAt(61)).toContainEqual({
    code: 'commands-pending',
    detail: `1 accepted command not delivered within 60 s, the oldest since ${later(0)}`,
  });
  await db.update(commands).set({ state: 'done' });
  expect(await codesAt(61)).not.toContain('commands-pending');
});

describe('the calendar', () => {
  it('is named while a running deadline lies past the end of its data', async () => {
    await planDeadline(db, { id: 'd1', provisional: true }, []);
    expect(await warningsAt(0)).toEqual([
      {
        code: 'calendar-provisional',
        detail: `1 running deadline planned past the end of the holiday data (${lastPublishedYear})`,
      },
    ]);
    await db.update(deadlines).set({ state: 'met', metAt: later(0) });
    expect(await warningsAt(0)).toEqual([]);
  });

  it.each([
    { day: `${lastPublishedYear}-11-01T15:59:00.000Z`, says: undefined },
    // In Shanghai it is the 2nd by then: 59 days before the year ends.
    { day: `${lastPublishedYear}-11-01T16:00:00.000Z`, says: 'end in 59 days' },
    { day: `${lastPublishedYear}-12-31T12:00:00.000Z`, says: 'end in 0 days' },
    { day: `${lastPublishedYear}-12-31T16:00:00.000Z`, says: 'have ended' },
  ])('is named when its last year is nearly over: $day', async ({ day, says }) => {
    const warning = (await readWarnings(db, new Date(day))).find(({ code }) => code === 'calendar-ends');
    if (says === undefined) expect(warning).toBeUndefined();
    else expect(warning?.detail).toContain(`the holiday data of ${lastPublishedYear} ${says}`);
  });
});

it('a watchman that has not looked for 60 s is missed, and one that never did', async () => {
  expect(await codesAt(60)).toEqual([]);
  expect(await warningsAt(61)).toEqual([
    { code: 'watchman-away', detail: `the watchman last looked at ${later(0)}` },
  ]);
  await db.execute(sql`delete from heartbeats`);
  expect(await warningsAt(0)).toEqual([{ code: 'watchman-away', detail: 'no watchman has looked' }]);
});
