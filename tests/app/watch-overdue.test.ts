import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Channels, closeChannels, createChannels } from '../../activities/adapters/channels.js';
import { createNotify } from '../../activities/notify.js';
import { createLinks } from '../../app/links.js';
import { type WatchDeps, watchOverdue } from '../../app/watch-overdue.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import {
  chases,
  deadlineInstants,
  deadlines,
  heartbeats,
  incidents,
  notices,
  orders,
  people,
} from '../../db/schema/index.js';
import { startFickleServer } from '../activities/fickle-server.js';
import { INCIDENT, recordIncident } from '../activities/incident-notice-record.js';
import { NUMBER, recordOrder } from '../activities/notice-record.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { planDeadline } from './watch-record.js';

// Real PostgreSQL and a real mail server; only the clock is the test's.
let database: TestDatabase;
let server: Awaited<ReturnType<typeof startFickleServer>>;
let clockMs: number;
const open: { db: Database; channels: Channels }[] = [];
let watchman: WatchDeps;

const T0 = Date.parse('2026-11-24T10:00:00.000Z');
const later = (seconds: number) => new Date(T0 + seconds * 1_000).toISOString();

/** A watchman as a process of its own has it: a pool and a mail connection that it shares with nobody. */
function hireWatchman(smtpUrl = server.url): WatchDeps {
  const db = connectDatabase(database.appUrl, 4);
  const channels = createChannels({ smtpUrl, mailFrom: '红标 Redmark <orders@redmark.local>' });
  open.push({ db, channels });
  const log = pino({ level: 'silent' });
  const now = () => new Date(clockMs);
  const links = createLinks('a secret of at least thirty-two characters', 'https://orders.example.com');
  return { db, log, now, notify: createNotify({ db, channels, links, zone: 'Asia/Shanghai', log, now }) };
}

/** Lets the clock of all watchmen come to `seconds` after the first look, and one of them look. */
async function look(seconds: number, who = watchman) {
  clockMs = T0 + seconds * 1_000;
  return watchOverdue(who);
}

const alarms = () => watchman.db.select().from(notices).where(eq(notices.template, 'watchmanAlarm'));
const instantsOf = (id: string) =>
  watchman.db.select().from(deadlineInstants).where(eq(deadlineInstants.deadlineId, id));

beforeAll(async () => {
  database = await createTestDatabase();
  server = await startFickleServer();
  clockMs = T0;
  watchman = hireWatchman();
  await recordOrder(watchman.db);
  await recordIncident(watchman.db);
});

beforeEach(async () => {
  await watchman.db.execute(sql`delete from deadline_instants; delete from notices; delete from heartbeats`);
  await watchman.db.execute(sql`delete from deadlines where id <> ${`${NUMBER}.evaluation`}`);
  await watchman.db.update(orders).set({ endedAt: null });
  await watchman.db.update(incidents).set({ endedAt: null });
  server.answers.refuse.clear();
  server.answers.down = false;
  server.taken.length = 0;
});

afterEach(async () => {
  for (const { db, channels } of open.splice(1)) {
    closeChannels(channels);
    await db.$client.end();
  }
});

afterAll(async () => {
  for (const { db, channels } of open.splice(0)) {
    closeChannels(channels);
    await db.$client.end();
  }
  await server?.stop();
  await database?.drop();
});

describe('an instant that passed and did not fire', () => {
  it('is left alone for 60 s, then goes to ops by mail, once, and is on record', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }, { at: later(3_600) }]);
    expect(await look(60)).toEqual({ reported: 0, mailed: 0 });
    expect(server.taken).toEqual([]);

    expect(await look(61)).toEqual({ reported: 1, mailed: 1 });
    const [mail] = server.taken;
    expect(mail?.recipients).toEqual(['ops.one@redmark.example']);
    expect(mail?.subject).toBe('值守报警：1 个时限到点未触发');
    expect(mail?.text).toContain('d1');
    expect(await alarms()).toMatchObject([{ recipient: 'ops', state: 'delivered', orderNumber: null }]);
    expect((await instantsOf('d1')).map(({ reportedAt }) => reportedAt)).toEqual([later(61), null]);

    for (const seconds of [71, 200, 3_000]) {
      expect(await look(seconds)).toEqual({ reported: 0, mailed: 0 });
    }
    expect(server.taken).toHaveLength(1);
  });

  it('of an incident goes to ops like an order’s, with its type; once the incident has ended it is nobody’s business', async () => {
    const of = { workflowId: `incident/${INCIDENT}`, orderNumber: null, incidentNumber: INCIDENT };
    const id = `${INCIDENT}.confirm`;
    await planDeadline(watchman.db, { id, kind: 'confirm', class: 'level2', ...of }, [{ at: later(0) }]);
    await watchman.db.update(incidents).set({ endedAt: later(30) });
    expect(await look(100)).toEqual({ reported: 0, mailed: 0 });

    await watchman.db.update(incidents).set({ endedAt: null });
    expect(await look(110)).toEqual({ reported: 1, mailed: 1 });
    const [mail] = server.taken;
    expect(mail?.subject).toBe('值守报警：1 个时限到点未触发');
    expect(mail?.text).toContain(`${id} · 供应商延迟 · 突发情况确认 · `);
    expect(await look(300)).toEqual({ reported: 0, mailed: 0 });
  });

  it('of what is chased goes to ops as well, until that has ended', async () => {
    const number = 'CH-20261124-0001';
    await watchman.db.insert(chases).values({
      number,
      kind: 'actionItem',
      phase: 'open',
      policyRevision: 1,
      createdBy: 'xu.bo',
      createdAt: later(-3_600),
    });
    const of = { workflowId: `chase/${number}`, orderNumber: null, chaseNumber: number };
    await planDeadline(watchman.db, { id: `${number}.actionItem`, kind: 'actionItem', ...of }, [
      { at: later(0) },
      { at: later(200) },
    ]);
    expect(await look(100)).toEqual({ reported: 1, mailed: 1 });
    expect(server.taken[0]?.text).toContain(`${number}.actionItem · `);
    await watchman.db.update(chases).set({ phase: 'done', endedAt: later(150) });
    expect(await look(400)).toEqual({ reported: 0, mailed: 0 });
  });

  it('shares one mail with all others of the same look, a line a deadline', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }, { at: later(10) }]);
    await planDeadline(watchman.db, { id: 'd2', kind: 'measure' }, [{ at: later(5) }]);
    await planDeadline(watchman.db, { id: 'd3', state: 'breached' }, [{ at: later(7) }]);
    expect(await look(100)).toEqual({ reported: 4, mailed: 1 });
    expect(server.taken).toHaveLength(1);
    expect(server.taken[0]?.subject).toBe('值守报警：3 个时限到点未触发');
    const [notice] = await alarms();
    expect(notice?.facts).toEqual({
      overdue: [
        { deadline: 'd1', kind: 'confirmation', at: later(0) },
        { deadline: 'd2', kind: 'measure', at: later(5) },
        { deadline: 'd3', kind: 'confirmation', at: later(7) },
      ],
    });
  });

  it('is gathered with what follows for half a minute after a mail: an outage is not a mail every ten seconds', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [
      { at: later(0) },
      { at: later(10) },
      { at: later(20) },
      { at: later(300) },
    ]);
    expect(await look(61)).toMatchObject({ reported: 1 });
    expect(await look(71)).toMatchObject({ reported: 0 });
    expect(await look(90)).toMatchObject({ reported: 0 });
    expect(await look(92)).toEqual({ reported: 2, mailed: 1 });
    expect(await look(400)).toEqual({ reported: 1, mailed: 1 });
    expect(server.taken).toHaveLength(3);
  });

  it.each([
    { what: 'has fired', instant: { state: 'fired' as const } },
    { what: 'was withdrawn', instant: { state: 'withdrawn' as const } },
    { what: 'belongs to a deadline that was met', deadline: { state: 'met' as const } },
    {
      what: 'belongs to a breach that was met late',
      deadline: { state: 'breached' as const, metAt: later(1) },
    },
  ])('is nobody’s business when it $what', async ({ instant, deadline }) => {
    await planDeadline(watchman.db, { id: 'd1', ...deadline }, [{ at: later(0), ...instant }]);
    expect(await look(1_000)).toEqual({ reported: 0, mailed: 0 });
    expect(server.taken).toEqual([]);
  });

  it('is nobody’s business once its order has ended', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
    await watchman.db.update(orders).set({ endedAt: later(30) });
    expect(await look(1_000)).toEqual({ reported: 0, mailed: 0 });
  });

  it('of an order that was entered late counts from its entry', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(-36_000) }]);
    const [order] = await watchman.db.select().from(orders);
    await watchman.db.update(orders).set({ createdAt: later(0) });
    try {
      expect(await look(60)).toEqual({ reported: 0, mailed: 0 });
      expect(await look(61)).toEqual({ reported: 1, mailed: 1 });
    } finally {
      await watchman.db.update(orders).set({ createdAt: order?.createdAt });
    }
  });

  it('is not taken from a workflow that settles it at this very moment', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
    const workflow = hireWatchman().db;
    await workflow.transaction(async (tx) => {
      await tx.update(deadlineInstants).set({ state: 'fired', settledAt: later(100) });
      expect(await look(100)).toEqual({ reported: 0, mailed: 0 });
    });
    expect(await look(110)).toEqual({ reported: 0, mailed: 0 });
  });
});

describe('several watchmen', () => {
  it('send one mail, whoever comes first', async () => {
    for (let n = 1; n <= 20; n += 1) await planDeadline(watchman.db, { id: `d${n}` }, [{ at: later(n) }]);
    const crew = [watchman, hireWatchman(), hireWatchman()];
    clockMs = T0 + 200_000;
    const looks = (await Promise.all(crew.map(watchOverdue))).filter((outcome) => outcome !== undefined);
    for (const who of crew) looks.push((await look(205, who)) ?? { reported: 0, mailed: 0 });
    expect(looks.reduce((sum, { reported }) => sum + reported, 0)).toBe(20);
    expect(looks.reduce((sum, { mailed }) => sum + mailed, 0)).toBe(1);
    expect(server.taken).toHaveLength(1);
    expect(await alarms()).toHaveLength(1);
  });

  it('look one at a time, and a second one does not wait', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
    const second = hireWatchman();
    let meanwhile: unknown = 'not asked';
    const slow: WatchDeps = {
      ...watchman,
      notify: async (input) => {
        meanwhile = await watchOverdue(second);
        return watchman.notify(input);
      },
    };
    expect(await look(100, slow)).toEqual({ reported: 1, mailed: 1 });
    expect(meanwhile).toBeUndefined();
    expect(server.taken).toHaveLength(1);
  });
});

describe('a watchman that dies', () => {
  it('after taking the instants and before the mail: the next one sends it', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
    const dying: WatchDeps = { ...hireWatchman(), notify: () => Promise.reject(new Error('killed')) };
    expect(await look(100, dying)).toEqual({ reported: 1, mailed: 0 });
    expect(await look(110)).toEqual({ reported: 0, mailed: 1 });
    expect(server.taken).toHaveLength(1);
  });

  it('between the mail server’s yes and the record of it: the mail goes twice, with the same Message-ID', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
    await look(100);
    await watchman.db.update(notices).set({ state: 'sending', messageId: null, sentAt: null });
    expect(await look(110)).toEqual({ reported: 0, mailed: 1 });
    const ids = server.taken.map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('takes its lock with it: the connection’s end frees it', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
    const dying = hireWatchman();
    const died = look(100, {
      ...dying,
      notify: async () => {
        // As the server sees a watchman that was killed: its connections are gone.
        await watchman.db.execute(
          sql`select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()
            and database = (select oid from pg_database where datname = current_database())`,
        );
        throw new Error('killed');
      },
    });
    await expect(died).resolves.toEqual({ reported: 1, mailed: 0 });
    expect(await look(110)).toEqual({ reported: 0, mailed: 1 });
  });
});

describe('a mail server that is away', () => {
  it('does not lose the alarm: it goes at a later look, once', async () => {
    await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
    server.answers.down = true;
    expect(await look(100)).toEqual({ reported: 1, mailed: 0 });
    expect(await look(110)).toEqual({ reported: 0, mailed: 0 });
    server.answers.down = false;
    expect(await look(120)).toEqual({ reported: 0, mailed: 1 });
    expect(await look(130)).toEqual({ reported: 0, mailed: 0 });
    expect(server.taken).toHaveLength(1);
  });

  it('a notice that nobody can get is on record as failed', async () => {
    await watchman.db.update(people).set({ active: false }).where(eq(people.id, 'ops.one'));
    try {
      await planDeadline(watchman.db, { id: 'd1' }, [{ at: later(0) }]);
      expect(await look(100)).toEqual({ reported: 1, mailed: 0 });
      expect(await alarms()).toMatchObject([{ state: 'failed' }]);
    } finally {
      await watchman.db.update(people).set({ active: true }).where(eq(people.id, 'ops.one'));
    }
  });
});

it('each look leaves a heartbeat, which a clock that is behind does not take back', async () => {
  await look(50);
  await look(20);
  expect(await watchman.db.select().from(heartbeats)).toEqual([{ name: 'watchman', at: later(50) }]);
  await look(60);
  expect(await watchman.db.select().from(heartbeats)).toEqual([{ name: 'watchman', at: later(60) }]);
  expect(await watchman.db.select().from(deadlines)).toHaveLength(1);
});
