import { eq } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Channels, closeChannels, createChannels } from '../../activities/adapters/channels.js';
import { createNotify } from '../../activities/notify.js';
import { createLinks } from '../../app/links.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { notices } from '../../db/schema/index.js';
import { startRobotPeer } from '../support/robot-peer.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startFickleServer } from './fickle-server.js';
import {
  EARLIER,
  INCIDENT,
  queueIncidentNotices,
  recordIncident,
  SUMMARY,
} from './incident-notice-record.js';
import { NUMBER as ORDER, recordOrder } from './notice-record.js';

const links = createLinks('a secret of at least thirty-two characters', 'https://orders.example.com');
const now = () => new Date('2026-11-24T01:31:00.000Z');
let database: TestDatabase;
let db: Database;
let server: Awaited<ReturnType<typeof startFickleServer>>;
let peer: Awaited<ReturnType<typeof startRobotPeer>>;
let channels: Channels;
let notify: ReturnType<typeof createNotify>;
let made = 0;

const nextStep = () => {
  made += 1;
  return `incident/${INCIDENT}/step/${made}`;
};
const rowsOf = (step: string) => db.select().from(notices).where(eq(notices.step, step)).orderBy(notices.key);
const mailTo = (address: string) => server.taken.find(({ recipients }) => recipients.includes(address));
/** What links of a mail stand for. */
const linksOf = (text = '') => [...text.matchAll(/\/t\/(\S+)/g)].map(([, token]) => links.open(token ?? ''));

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.appUrl, 3);
  server = await startFickleServer();
  peer = await startRobotPeer(now);
  await recordOrder(db);
  await recordIncident(db);
  channels = createChannels(
    {
      smtpUrl: server.url,
      mailFrom: '红标 Redmark <orders@redmark.local>',
      robots: { wecom: peer.robots.wecom },
    },
    now,
  );
  notify = createNotify({
    db,
    channels,
    links,
    log: pino({ level: 'silent' }),
    zone: 'Asia/Shanghai',
    now,
    processUrl: (number, kind) => `https://temporal.example.com/${kind}/${number}`,
  });
});
afterEach(() => {
  server.answers.refuse.clear();
  server.taken.length = 0;
  peer.clear();
});
afterAll(async () => {
  if (channels) closeChannels(channels);
  await server?.stop();
  await peer?.stop();
  await db?.$client.end();
  await database?.drop();
});

describe('a person', () => {
  it('gets the task of a step with its form, the deadline, and a link of their own', async () => {
    const step = nextStep();
    const task = `${INCIDENT}.step.call-supplier`;
    await queueIncidentNotices(db, step, [
      { template: 'incidentTask', to: 'person:xu.bo', facts: { step: 'call-supplier', task } },
    ]);
    expect(await notify({ step })).toEqual({ sent: 1, failed: [] });
    const mail = mailTo('xu.bo@redmark.example');
    expect(mail?.subject).toBe(`【突发情况 ▮▮ 二级】待办：向供应商核实——突发情况 ${INCIDENT}（供应商延迟）`);
    for (const fact of [
      '立即联系供应商',
      '责任方：供应商 / 承运商 / 本公司 / 其他',
      '完成时限：2026-11-24 17:00（北京时间）',
      SUMMARY,
      '影响范围：2 份订单、2 家客户',
      '供应商：宁波轴承钢有限公司',
      `处理流程：https://temporal.example.com/incident/${INCIDENT}`,
    ]) {
      expect(mail?.text).toContain(fact);
    }
    expect(linksOf(mail?.text)).toEqual([
      expect.objectContaining({ kind: 'act', task, recipient: 'person:xu.bo' }),
    ]);
  });

  it('who is to confirm reads what worked before; who is told beside them has no link', async () => {
    const step = nextStep();
    const task = `${INCIDENT}.confirm.purchasing`;
    await queueIncidentNotices(db, step, [
      { template: 'incidentReported', to: 'person:xu.bo', facts: { task } },
      { template: 'incidentReported', to: 'person:fang.yu' },
    ]);
    expect(await notify({ step })).toEqual({ sent: 2, failed: [] });
    const owner = mailTo('xu.bo@redmark.example');
    for (const fact of [EARLIER, '炉子检修', '确定供应方案：改由替代供应商供货', '有效做法：派人驻厂催货']) {
      expect(owner?.text).toContain(fact);
    }
    expect(linksOf(owner?.text)).toHaveLength(1);
    expect(linksOf(mailTo('fang.yu@redmark.example')?.text)).toEqual([]);
  });

  it('gets deadlines and escalations of an incident in the same words as of an order', async () => {
    const step = nextStep();
    await queueIncidentNotices(db, step, [
      {
        template: 'deadlineEscalated',
        to: 'person:fang.yu',
        facts: { deadline: `${INCIDENT}.step`, rung: 2, role: 'emergencyManager' },
      },
    ]);
    await notify({ step });
    expect(mailTo('fang.yu@redmark.example')?.subject).toContain('逐级上报（第 2 级·应急管理负责人）');
    expect(mailTo('fang.yu@redmark.example')?.text).toContain('向供应商核实：采购 徐波');
  });
});

describe('a customer', () => {
  it('reads of their own orders that are affected, in their language, and nothing of another customer', async () => {
    const step = nextStep();
    const facts = (orders: string[]) => ({ step: 'tell-customers', audience: 'customers', orders });
    await queueIncidentNotices(db, step, [
      { template: 'playbookNotice', to: 'customer:C-0001', facts: facts([ORDER]) },
      // A number that is somebody else's is not told, whoever wrote it down.
      { template: 'playbookNotice', to: 'customer:C-0002', facts: facts(['SO-20261124-0002', ORDER]) },
    ]);
    expect(await notify({ step })).toEqual({ sent: 2, failed: [] });
    const chinese = mailTo('caigou@pujiang.example');
    expect(chinese?.subject).toBe(`情况说明：订单 ${ORDER}，部分物料供应延迟`);
    expect(chinese?.text).toContain('下次通报：2026-11-24 23:00（北京时间）');
    expect(chinese?.text).toContain('最迟 2026-11-25 17:00（北京时间）另行告知');
    expect(linksOf(chinese?.text)).toEqual([{ kind: 'view', order: ORDER, version: 1 }]);
    expect(chinese?.header('reply-to')).toMatchObject({ text: 'chen.jing@redmark.example' });
    const english = mailTo('buyer@pumps.example');
    expect(english?.text).toContain('SO-20261124-0002 (your reference NP-5)');
    expect(english?.text).not.toContain('SO-20261124-0003');
    expect(english?.text).not.toContain(ORDER);
    for (const { subject, text } of [chinese, english].flatMap((mail) => mail ?? [])) {
      expect(subject + text).not.toContain(SUMMARY);
      expect(subject + text).not.toMatch(/宁波|IN-2026|▮|temporal/);
    }
    expect(english?.text).not.toContain('浦江');
    expect(chinese?.text).not.toContain('Pumps');
  });
});

describe('a supplier', () => {
  it('reads of their own purchase orders alone, and answers to the owner', async () => {
    const step = nextStep();
    await queueIncidentNotices(db, step, [
      {
        template: 'playbookNotice',
        to: 'supplier:S-001',
        facts: { step: 'tell-supplier', audience: 'suppliers' },
      },
    ]);
    expect(await notify({ step })).toEqual({ sent: 1, failed: [] });
    const mail = mailTo('sales@ningbo.example');
    expect(mail?.text).toContain('尊敬的宁波轴承钢有限公司：您好！');
    expect(mail?.text).toContain('采购订单 PO-20261110-0001');
    expect(mail?.header('reply-to')).toMatchObject({ text: 'xu.bo@redmark.example' });
    expect(`${mail?.subject}${mail?.text}`).not.toMatch(/浦江|SO-2026|IN-2026|▮/);
  });
});

describe('a group chat', () => {
  it('is told what a playbook marks as urgent for the team, once, and nothing that a person typed', async () => {
    const step = nextStep();
    const facts = { step: 'tell-team', audience: 'team' };
    await queueIncidentNotices(db, step, [
      { template: 'playbookNotice', to: 'person:xu.bo', facts },
      { template: 'playbookNotice', to: 'person:wu.gang', facts },
      {
        template: 'playbookNotice',
        to: 'customer:C-0001',
        facts: { ...facts, step: 'tell-customers', audience: 'customers' },
      },
    ]);
    expect(await notify({ step })).toEqual({ sent: 4, failed: [] });
    expect(await notify({ step })).toEqual({ sent: 4, failed: [] });
    expect(peer.taken).toHaveLength(1);
    const [told] = peer.taken;
    expect(told?.title).toContain('突发情况 ▮▮ 二级');
    expect(told?.text).toContain('影响范围');
    expect(JSON.stringify(told?.body)).not.toMatch(/浦江|caigou|55500104|\/t\//);
    const copies = (await rowsOf(step)).filter(({ recipient }) => recipient === 'group:wecom');
    expect(copies).toMatchObject([{ incidentNumber: INCIDENT, orderNumber: null, state: 'delivered' }]);
  });

  it('is told that an incident is activated, and of a meeting nothing', async () => {
    const step = nextStep();
    await queueIncidentNotices(db, step, [
      { template: 'incidentActivated', to: 'person:xu.bo' },
      { template: 'playbookNotice', to: 'person:wu.gang', facts: { step: 'hold-meeting', audience: 'team' } },
    ]);
    await notify({ step });
    expect(peer.taken.map(({ title }) => title)).toEqual([expect.stringContaining('启动预案（二级）')]);
    expect(mailTo('wu.gang@redmark.example')?.subject).toContain('会议通知：召开紧急会议');
  });
});

it('names those whom an earlier notice of the incident has not reached', async () => {
  const lost = nextStep();
  server.answers.refuse.set('sales@ningbo.example', 550);
  await queueIncidentNotices(db, lost, [
    {
      template: 'playbookNotice',
      to: 'supplier:S-001',
      facts: { step: 'tell-supplier', audience: 'suppliers' },
    },
  ]);
  await notify({ step: lost });
  const step = nextStep();
  await queueIncidentNotices(db, step, [{ template: 'noticeUndelivered', to: 'person:fang.yu' }]);
  await notify({ step });
  expect(mailTo('fang.yu@redmark.example')?.text).toContain('- 宁波轴承钢有限公司');
});
