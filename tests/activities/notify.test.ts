import { eq } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Channels, closeChannels, createChannels } from '../../activities/adapters/channels.js';
import { createNotify, NoticesDeferredError } from '../../activities/notify.js';
import { createLinks } from '../../app/links.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { notices } from '../../db/schema/index.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startFickleServer } from './fickle-server.js';
import { addTask, NUMBER, queueNotices, recordOrder } from './notice-record.js';

const links = createLinks('a secret of at least thirty-two characters', 'https://orders.example.com');
let database: TestDatabase;
let db: Database;
let server: Awaited<ReturnType<typeof startFickleServer>>;
let channels: Channels;
let notify: ReturnType<typeof createNotify>;
const logged: string[] = [];
let made = 0;

/** Each test has a step of its own in the one database. */
const nextStep = () => {
  made += 1;
  return `order/${NUMBER}/step/${made}`;
};
const rowsOf = (step: string) => db.select().from(notices).where(eq(notices.step, step)).orderBy(notices.key);

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.appUrl, 3);
  server = await startFickleServer();
  channels = createChannels({ smtpUrl: server.url, mailFrom: '红标 Redmark <orders@redmark.local>' });
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  notify = createNotify({ db, channels, links, log, zone: 'Asia/Shanghai', now: () => new Date() });
  await recordOrder(db);
});

afterEach(() => {
  server.answers.refuse.clear();
  server.answers.down = false;
  server.answers.sender = 0;
  server.answers.data = 0;
  server.taken.length = 0;
});

afterAll(async () => {
  closeChannels(channels);
  await server?.stop();
  await db?.$client.end();
  await database?.drop();
});

describe('notify', () => {
  it('sends each reader their own mail in their language, and records it as delivered', async () => {
    const step = nextStep();
    await queueNotices(db, step, [
      { template: 'departmentsTold', to: 'person:qin.lan', facts: { task: `${NUMBER}.evaluate.quality` } },
      { template: 'departmentsTold', to: 'person:mark.lee' },
      { template: 'orderReceived', to: 'customer:C-0001' },
    ]);
    expect(await notify({ step })).toEqual({ sent: 3, failed: [] });

    const mail = (to: string) => server.taken.find(({ recipients }) => recipients.includes(to));
    const quality = mail('qin.lan@redmark.example');
    expect(quality?.subject).toMatch(/^【红色标识 ▮▮ 紧急】紧急订单 SO-20261124-0001/);
    const token = /\/t\/(\S+)/.exec(quality?.text ?? '')?.[1] ?? '';
    expect(links.open(token)).toMatchObject({
      kind: 'act',
      task: `${NUMBER}.evaluate.quality`,
      recipient: 'person:qin.lan',
      expiresAt: '2026-12-24T01:30:01.000Z',
    });
    const colleague = mail('mark.lee@redmark.example');
    expect(colleague?.subject).toContain('[RED ▮▮ URGENT]');
    expect(colleague?.text).not.toContain('/t/');
    const customer = mail('caigou@pujiang.example');
    expect(customer?.text).toContain('上海浦江机电有限公司：您好！');
    expect(links.open(/\/t\/(\S+)/.exec(customer?.text ?? '')?.[1] ?? '')).toEqual({
      kind: 'view',
      order: NUMBER,
      version: 1,
    });

    for (const row of await rowsOf(step)) {
      expect(row).toMatchObject({ state: 'delivered', attempts: 1, lastError: null });
      expect(row.sentAt).not.toBeNull();
      const sent = server.taken.find(({ messageId }) => messageId === row.messageId);
      expect(sent?.recipients).toContain(row.address);
      expect(sent?.subject).toBe(row.subject);
    }
  });

  it('writes headers that keep answering machines quiet and lead a customer’s answer to the sales owner', async () => {
    const step = nextStep();
    await queueNotices(db, step, [{ template: 'orderReceived', to: 'customer:C-0001' }]);
    await notify({ step });
    const [mail] = server.taken;
    expect(mail?.header('auto-submitted')).toBe('auto-generated');
    expect(mail?.header('reply-to')).toMatchObject({ text: 'chen.jing@redmark.example' });
    expect(mail?.messageId).toMatch(/^<[0-9a-f]{32}@redmark\.local>$/);
  });

  it('sends what is the same for several of our people as one message, each with a state of its own', async () => {
    const step = nextStep();
    const to = ['wu.gang', 'xu.bo', 'mark.lee', 'gone'];
    await queueNotices(
      db,
      step,
      to.map((id) => ({ template: 'productionPlanIssued', to: `person:${id}` })),
    );
    const gone = `${step}/productionPlanIssued/person:gone`;
    expect(await notify({ step })).toEqual({ sent: 3, failed: [gone] });
    expect(server.taken.map(({ recipients }) => recipients).sort()).toEqual([
      ['mark.lee@redmark.example'],
      ['wu.gang@redmark.example', 'xu.bo@redmark.example'],
    ]);
    const states = Object.fromEntries((await rowsOf(step)).map(({ key, state }) => [key, state]));
    expect(states[gone]).toBe('failed');
    expect(Object.values(states).filter((state) => state === 'delivered')).toHaveLength(3);
  });

  it('sends nothing again once a step is done', async () => {
    const step = nextStep();
    await queueNotices(db, step, [
      { template: 'orderReceived', to: 'customer:C-0001' },
      { template: 'orderReceived', to: 'customer:C-none' },
    ]);
    const first = await notify({ step });
    expect(first).toEqual({ sent: 1, failed: [`${step}/orderReceived/customer:C-none`] });
    server.taken.length = 0;
    expect(await notify({ step })).toEqual(first);
    expect(server.taken).toEqual([]);
  });

  it('answers a step without notices, or one that nobody knows, with nothing sent', async () => {
    expect(await notify({ step: 'order/none/begin/1' })).toEqual({ sent: 0, failed: [] });
  });
});

describe('a server that does not take a mail', () => {
  it('for the moment: the others go out, the activity fails for Temporal to repeat it, and only the rest goes then', async () => {
    const step = nextStep();
    await queueNotices(db, step, [
      { template: 'productionPlanIssued', to: 'person:wu.gang' },
      { template: 'productionPlanIssued', to: 'person:xu.bo' },
      { template: 'orderReceived', to: 'customer:C-0001' },
    ]);
    server.answers.refuse.set('xu.bo@redmark.example', 451);
    await expect(notify({ step })).rejects.toThrow(NoticesDeferredError);
    expect(server.taken).toHaveLength(2);
    const waiting = (await rowsOf(step)).find(({ state }) => state !== 'delivered');
    expect(waiting).toMatchObject({ recipient: 'person:xu.bo', state: 'queued', attempts: 1 });
    expect(waiting?.lastError).toContain('said the test');

    server.answers.refuse.clear();
    expect(await notify({ step })).toEqual({ sent: 3, failed: [] });
    const [again] = server.taken.slice(2);
    expect(again?.recipients).toEqual(['xu.bo@redmark.example']);
    expect((await rowsOf(step)).map(({ attempts }) => attempts).sort()).toEqual([1, 1, 2]);
  });

  it('for good: the notice is failed, named in the answer, and not tried again', async () => {
    const step = nextStep();
    await queueNotices(db, step, [
      { template: 'orderReceived', to: 'customer:C-0001' },
      { template: 'productionPlanIssued', to: 'person:wu.gang' },
    ]);
    server.answers.refuse.set('caigou@pujiang.example', 550);
    const key = `${step}/orderReceived/customer:C-0001`;
    expect(await notify({ step })).toEqual({ sent: 1, failed: [key] });
    server.answers.refuse.clear();
    server.taken.length = 0;
    expect(await notify({ step })).toEqual({ sent: 1, failed: [key] });
    expect(server.taken).toEqual([]);
  });

  it('at all: everything waits, and nothing says an address or a word of content to log or failure', async () => {
    const step = nextStep();
    await queueNotices(db, step, [{ template: 'orderReceived', to: 'customer:C-0001' }]);
    server.answers.down = true;
    logged.length = 0;
    const failure = await notify({ step }).then(
      () => '',
      (error: Error) => `${error.message} ${error.stack}`,
    );
    expect(failure).toContain('1 of 1 notices wait for another try');
    expect(failure + logged.join()).not.toMatch(/pujiang|浦江|传动轴/);
    expect(logged).toHaveLength(1);
  });

  it.each([
    { what: 'a message it refuses for good', answers: { data: 554 }, state: 'failed' },
    { what: 'a message it cannot take now', answers: { data: 452 }, state: 'queued' },
    { what: 'our sender, which is ours to mend', answers: { sender: 550 }, state: 'queued' },
  ])('$what: the notice is $state', async ({ answers, state }) => {
    const step = nextStep();
    await queueNotices(db, step, [{ template: 'orderReceived', to: 'customer:C-0001' }]);
    Object.assign(server.answers, answers);
    const outcome = await notify({ step }).catch((error: Error) => error.name);
    expect(outcome).toEqual(
      state === 'queued'
        ? 'NoticesDeferredError'
        : { sent: 0, failed: [`${step}/orderReceived/customer:C-0001`] },
    );
    expect((await rowsOf(step))[0]).toMatchObject({ state });
  });

  it('because it is not there: everything waits', async () => {
    const step = nextStep();
    await queueNotices(db, step, [{ template: 'orderReceived', to: 'customer:C-0001' }]);
    const nowhere = createChannels({ smtpUrl: 'smtp://127.0.0.1:1', mailFrom: 'orders@redmark.local' });
    const log = pino({ level: 'silent' });
    const unreachable = createNotify({
      db,
      channels: nowhere,
      links,
      log,
      zone: 'UTC',
      now: () => new Date(),
    });
    await expect(unreachable({ step })).rejects.toThrow(NoticesDeferredError);
    closeChannels(nowhere);
    expect((await rowsOf(step))[0]).toMatchObject({ state: 'queued' });
  });
});

describe('a worker that died while it sent', () => {
  it('sends the mail a second time with the same Message-ID', async () => {
    const step = nextStep();
    await queueNotices(db, step, [
      { template: 'orderReceived', to: 'customer:C-0001' },
      { template: 'productionPlanIssued', to: 'person:wu.gang' },
    ]);
    await notify({ step });
    const first = server.taken.map(({ messageId }) => messageId).sort();
    // As it stands when the server took the mails and the worker died before saying so.
    await db
      .update(notices)
      .set({ state: 'sending', messageId: null, sentAt: null })
      .where(eq(notices.step, step));
    server.taken.length = 0;
    expect(await notify({ step })).toEqual({ sent: 2, failed: [] });
    expect(server.taken.map(({ messageId }) => messageId).sort()).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });
});

describe('a notice that cannot be sent', () => {
  it.each([
    { why: 'nobody has its wording', row: { template: 'neverWritten', to: 'person:wu.gang' } },
    { why: 'it is not for customers', row: { template: 'deadlineEscalated', to: 'customer:C-0001' } },
    { why: 'the record lacks its fact', row: { template: 'orderRejected', to: 'customer:C-0001' } },
    {
      why: 'its channel does not exist',
      row: { template: 'orderReceived', to: 'customer:C-0001', channel: 'fax' },
    },
    {
      why: 'its order does not exist',
      row: { template: 'departmentsTold', to: 'person:wu.gang', order: 'SO-none' },
    },
  ])('is failed with its reason, and holds nothing up: $why', async ({ row }) => {
    const step = nextStep();
    await queueNotices(db, step, [row]);
    expect(await notify({ step })).toEqual({ sent: 0, failed: [`${step}/${row.template}/${row.to}`] });
    const [failed] = await rowsOf(step);
    expect(failed?.state).toBe('failed');
    expect(failed?.lastError).not.toBe('');
  });
});

describe('links in mails', () => {
  it('are given to none but the one who has the task', async () => {
    const step = nextStep();
    const facts = { deadline: `${NUMBER}.evaluation` };
    await queueNotices(db, step, [
      { template: 'deadlineBreached', to: 'person:qin.lan', facts },
      { template: 'deadlineBreached', to: 'person:wu.gang', facts },
    ]);
    await notify({ step });
    const withLink = server.taken
      .filter(({ text }) => text.includes('/t/'))
      .flatMap(({ recipients }) => recipients);
    expect(withLink).toEqual(['qin.lan@redmark.example']);
  });

  it('let the customer answer the question of their own order', async () => {
    const step = nextStep();
    const task = `${NUMBER}.question.technical`;
    const facts = {
      evaluation: `${NUMBER}.evaluate.technical`,
      points: ['process'],
      department: 'technical',
    };
    await addTask(db, { id: task, kind: 'question', role: 'sales', assigneeId: 'chen.jing', facts });
    await db.$client.query(
      `insert into questions (id, order_number, point, department, text, asked_at)
       values ($1, $2, 'process', 'technical', '硬度要求是多少？', now())`,
      [`${NUMBER}.evaluate.technical.process`, NUMBER],
    );
    await queueNotices(db, step, [{ template: 'customerQuestion', to: 'customer:C-0001', facts: { task } }]);
    expect(await notify({ step })).toEqual({ sent: 1, failed: [] });
    const [mail] = server.taken;
    expect(mail?.text).toContain('硬度要求是多少？');
    const opened = links.open(/\/t\/(\S+)/.exec(mail?.text ?? '')?.[1] ?? '');
    expect(opened).toMatchObject({ kind: 'act', task, recipient: 'customer:C-0001' });
  });
});

it('names in the escalation of undelivered notices those whom nothing reached', async () => {
  const lost = nextStep();
  await queueNotices(db, lost, [{ template: 'orderReceived', to: 'customer:C-0001' }]);
  server.answers.refuse.set('caigou@pujiang.example', 550);
  await notify({ step: lost });
  const step = nextStep();
  await queueNotices(db, step, [{ template: 'noticeUndelivered', to: 'person:wu.gang' }]);
  await notify({ step });
  const mail = server.taken.find(({ recipients }) => recipients.includes('wu.gang@redmark.example'));
  expect(mail?.text).toContain('- 上海浦江机电有限公司');
});

it('tells all of ops at once, without an order', async () => {
  const step = 'watchman/1';
  const overdue = [{ deadline: `${NUMBER}.evaluation`, kind: 'evaluation', at: '2026-11-24T09:00:00.000Z' }];
  await queueNotices(db, step, [{ template: 'watchmanAlarm', to: 'ops', facts: { overdue }, order: null }]);
  expect(await notify({ step })).toEqual({ sent: 1, failed: [] });
  expect(server.taken[0]?.recipients).toEqual(['ops.one@redmark.example']);
  expect(server.taken[0]?.subject).toBe('值守报警：1 个时限到点未触发');
});
