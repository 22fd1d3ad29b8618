import { eq, notLike } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Channels, closeChannels, createChannels } from '../../activities/adapters/channels.js';
import { createNotify, NoticesDeferredError } from '../../activities/notify.js';
import { createLinks } from '../../app/links.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { countWatched } from '../../db/queries/watch-warnings.js';
import { notices } from '../../db/schema/index.js';
import { startRobotPeer } from '../support/robot-peer.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startFickleServer } from './fickle-server.js';
import { NUMBER, queueNotices, recordOrder } from './notice-record.js';

const links = createLinks('a secret of at least thirty-two characters', 'https://orders.example.com');
/** When the notices are asked for; see queueNotices. */
const ASKED_AT = Date.parse('2026-11-24T01:30:01.000Z');
let atMs = ASKED_AT;
const now = () => new Date(atMs);
let database: TestDatabase;
let db: Database;
let server: Awaited<ReturnType<typeof startFickleServer>>;
let peer: Awaited<ReturnType<typeof startRobotPeer>>;
let channels: Channels;
let notify: ReturnType<typeof createNotify>;
let made = 0;

const nextStep = () => {
  made += 1;
  return `order/${NUMBER}/group/${made}`;
};
const rowsOf = (step: string) => db.select().from(notices).where(eq(notices.step, step)).orderBy(notices.key);
const copiesOf = async (step: string) =>
  (await rowsOf(step)).filter(({ recipient }) => recipient.startsWith('group:'));
const told = [
  { template: 'departmentsTold', to: 'person:qin.lan', facts: { task: `${NUMBER}.evaluate.quality` } },
  { template: 'departmentsTold', to: 'person:wu.gang' },
  { template: 'departmentsTold', to: 'person:mark.lee' },
  { template: 'orderReceived', to: 'customer:C-0001' },
];

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.appUrl, 3);
  server = await startFickleServer();
  peer = await startRobotPeer(now);
  await recordOrder(db);
});
// A robot counts what it sends within a minute: each test has channels of its own.
const start = (robots: Partial<typeof peer.robots> = peer.robots) => {
  channels = createChannels(
    { smtpUrl: server.url, mailFrom: '红标 Redmark <orders@redmark.local>', robots },
    now,
  );
  notify = createNotify({ db, channels, links, log: pino({ level: 'silent' }), zone: 'Asia/Shanghai', now });
};
afterEach(() => {
  closeChannels(channels);
  peer.clear();
  server.taken.length = 0;
  server.answers.down = false;
  atMs = ASKED_AT;
});
afterAll(async () => {
  await server?.stop();
  await peer?.stop();
  await db?.$client.end();
  await database?.drop();
});

describe('a notice that is urgent for the team (P05.3, P14.6)', () => {
  it('goes to each group once, beside the mails, as a row of its own', async () => {
    start();
    const step = nextStep();
    await queueNotices(db, step, told);
    expect(await notify({ step })).toEqual({ sent: 7, failed: [] });
    expect(server.taken).toHaveLength(4);
    expect(peer.taken.map(({ robot }) => robot).sort()).toEqual(['dingtalk', 'feishu', 'wecom']);
    const copies = await copiesOf(step);
    expect(
      copies.map(({ recipient, channel, state, address }) => [recipient, channel, state, address]),
    ).toEqual([
      ['group:dingtalk', 'dingtalk', 'delivered', 'dingtalk'],
      ['group:feishu', 'feishu', 'delivered', 'feishu'],
      ['group:wecom', 'wecom', 'delivered', 'wecom'],
    ]);
    expect(
      copies.every(({ orderNumber, template }) => orderNumber === NUMBER && template === 'departmentsTold'),
    ).toBe(true);
  });

  it('says urgency and delivery in the group, and nothing of the customer, and has no link that acts', async () => {
    start();
    const step = nextStep();
    await queueNotices(db, step, told);
    await notify({ step });
    for (const { text, title, body } of peer.taken) {
      expect(title).toContain('红色标识 ▮▮ 紧急');
      expect(text).toContain('2026-12-09');
      const all = JSON.stringify(body);
      expect(all).not.toMatch(/浦江|caigou|55500104|上海|\/t\//);
    }
    // The mails have all of it.
    expect(server.taken.some(({ subject }) => subject.includes('上海浦江机电有限公司'))).toBe(true);
  });

  it('of each deadline and rung is one of its own', async () => {
    start({ wecom: peer.robots.wecom });
    const step = nextStep();
    const rung = (to: string, index: number) => ({
      template: 'deadlineEscalated',
      to: `person:${to}`,
      facts: { deadline: `${NUMBER}.evaluation`, rung: index, role: 'vp' },
    });
    await queueNotices(db, step, [rung('wu.gang', 2), rung('xu.bo', 2), rung('zheng.hong', 4)]);
    await notify({ step });
    expect(peer.taken.map(({ title }) => /第 (\d) 级/.exec(title)?.[1]).sort()).toEqual(['2', '4']);
    // Whom it was escalated to is named: they are ours.
    expect(peer.taken.find(({ title }) => title.includes('第 2 级'))?.text).toContain('吴刚、徐波');
  });

  it('is sent to the group once, however often the step is tried', async () => {
    start({ wecom: peer.robots.wecom });
    const step = nextStep();
    await queueNotices(db, step, told);
    server.answers.down = true;
    await expect(notify({ step })).rejects.toThrow(NoticesDeferredError);
    server.answers.down = false;
    expect(await notify({ step })).toEqual({ sent: 5, failed: [] });
    expect(peer.taken).toHaveLength(1);
  });

  it('goes by mail alone where no robot is configured', async () => {
    start({});
    const step = nextStep();
    await queueNotices(db, step, told);
    expect(await notify({ step })).toEqual({ sent: 4, failed: [] });
    expect(await copiesOf(step)).toEqual([]);
  });
});

describe('what is not marked for a group', () => {
  it('stays out of it: other notices, and what goes to customers and ops', async () => {
    start();
    const step = nextStep();
    await queueNotices(db, step, [
      { template: 'taskOpened', to: 'person:qin.lan', facts: { task: `${NUMBER}.evaluate.quality` } },
      { template: 'orderReceived', to: 'customer:C-0001' },
      { template: 'orderConfirmed', to: 'person:chen.jing' },
    ]);
    await notify({ step });
    expect(peer.state.requests).toBe(0);
    expect(await copiesOf(step)).toEqual([]);
  });

  it('is refused there even where a row asks for it', async () => {
    start({ wecom: peer.robots.wecom });
    const step = nextStep();
    await queueNotices(db, step, [
      { template: 'orderReceived', to: 'customer:C-0001', channel: 'wecom' },
      { template: 'taskOpened', to: 'person:qin.lan', channel: 'wecom' },
      { template: 'taskOpened', to: 'group:wecom', channel: 'wecom' },
    ]);
    await notify({ step });
    expect(peer.state.requests).toBe(0);
    expect((await rowsOf(step)).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
  });
});

describe('a group that does not take its copy', () => {
  it('is tried again, and left out after ten minutes: nobody has to be reached another way', async () => {
    start({ dingtalk: { ...peer.robots.dingtalk, secret: 'another' } });
    const step = nextStep();
    await queueNotices(db, step, told);
    await expect(notify({ step })).rejects.toThrow(NoticesDeferredError);
    expect(await copiesOf(step)).toMatchObject([{ state: 'queued', lastError: '310000 sign not match' }]);
    atMs += 10 * 60_000;
    expect(await notify({ step })).toEqual({ sent: 4, failed: [] });
    expect(await copiesOf(step)).toMatchObject([{ state: 'failed', attempts: 2 }]);
    // A later repeat does not count it as failed either, and readiness does not warn of it.
    expect(await notify({ step })).toEqual({ sent: 4, failed: [] });
    expect(server.taken).toHaveLength(4);
  });

  it('is left out at once where its robot is gone', async () => {
    start({ wecom: { url: peer.robots.wecom.url.replace('key-of', 'gone') } });
    const step = nextStep();
    await queueNotices(db, step, told);
    expect(await notify({ step })).toEqual({ sent: 4, failed: [] });
    expect(await copiesOf(step)).toMatchObject([
      { state: 'failed', lastError: expect.stringMatching(/^93000 /), address: 'wecom' },
    ]);
  });

  it('is no notice that readiness warns of', async () => {
    await db.update(notices).set({ state: 'delivered' }).where(notLike(notices.recipient, 'group:%'));
    expect((await db.select().from(notices).where(eq(notices.state, 'failed'))).length).toBeGreaterThan(0);
    const late = '2026-11-25T00:00:00.000Z';
    const limits = {
      instants: late,
      notices: late,
      oldestNotices: '2026-11-01T00:00:00.000Z',
      commands: late,
    };
    expect((await countWatched(db, limits)).notices.count).toBe(0);
  });
});
