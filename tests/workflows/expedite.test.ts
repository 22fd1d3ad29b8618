import { and, eq } from 'drizzle-orm';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import pages from '../../api/pages/index.js';
import { completeTask } from '../../app/complete-task.js';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { createLinks } from '../../app/links.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { findCommand, submitCommand } from '../../app/submit-command.js';
import {
  audit,
  incidentSteps,
  incidents,
  notices,
  purchaseOrders,
  suppliers,
  tasks,
} from '../../db/schema/index.js';
import type { IncidentFacts } from '../../domain/incident/shape.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
let app: FastifyInstance;
const running: string[] = [];
const links = createLinks('a secret of the tests, long enough for it', 'http://127.0.0.1:7300');

beforeAll(async () => {
  rig = await startRig();
  const at = rig.now().toISOString();
  await publishBuiltIns(rig.db, at);
  const supplier = { standing: 'approved' as const, createdAt: at, updatedAt: at };
  await rig.db.insert(suppliers).values([
    { number: 'SUP-EN', name: 'Bremen Bearings', email: 'sales@bremen.example', locale: 'en', ...supplier },
    { number: 'SUP-MUTE', name: '无邮箱轴承厂', ...supplier },
  ]);
  const order = { currency: 'CNY', orderedAt: at, state: 'ordered' as const, createdAt: at };
  await rig.db.insert(purchaseOrders).values([
    { number: 'PO-EN-1', supplierNumber: 'SUP-EN', neededBy: '2027-01-10', ...order },
    { number: 'PO-EN-2', supplierNumber: 'SUP-EN', neededBy: '2027-01-20', ...order },
  ]);
  app = fastify();
  await app.register(pages, { ctx: rig.ctx, links, complete: (request) => completeTask(rig.ctx, request) });
});
afterEach(async () => {
  for (const number of running.splice(0)) {
    await rig.end(`incident/${number}`);
    await rig.db
      .update(incidents)
      .set({ endedAt: rig.now().toISOString() })
      .where(eq(incidents.number, number));
  }
  await rig.db.update(purchaseOrders).set({ state: 'ordered', confirmedDate: null, confirmedAt: null });
  await rig.clear();
});
afterAll(async () => {
  await app?.close();
  await rig?.stop();
});

const taskOf = async (id: string) => (await rig.db.select().from(tasks).where(eq(tasks.id, id)))[0];
const purchase = async (number: string) =>
  (await rig.db.select().from(purchaseOrders).where(eq(purchaseOrders.number, number)))[0];
const stepOf = async (incident: string) =>
  (
    await rig.db
      .select()
      .from(incidentSteps)
      .where(and(eq(incidentSteps.incident, incident), eq(incidentSteps.key, 'expedite')))
  )[0];

/** A late supplier, activated: the step of its playbook that asks for the goods sooner has begun. */
async function late(facts: IncidentFacts): Promise<{ number: string; task: string }> {
  await rig.sync();
  const principal = await rig.personById('xiao.peng');
  const body = { type: 'supplier-delay', summary: '轴承未到', severity: 2 as const, facts };
  const { number } = await reportIncident(rig.ctx, { principal, body });
  running.push(number);
  const confirm = await rig.waitFor('the confirmation to be asked for', () =>
    taskOf(`${number}.confirm.purchasing`),
  );
  await rig.sync();
  await submitCommand(rig.ctx, {
    principal: await rig.personById(confirm?.assigneeId ?? ''),
    route: 'test confirm',
    key: undefined,
    body: {},
    target: `incident/${number}`,
    name: 'completeTask',
    message: { task: confirm?.id, gist: { kind: 'confirm', outcome: 'activate' } },
  });
  const task = `${number}.action.expedite`;
  await rig.waitFor('the step to begin', () => taskOf(task));
  return { number, task };
}

const letter = (number: string) =>
  rig.waitFor('the letter', async () =>
    (
      await rig.db
        .select()
        .from(notices)
        .where(and(eq(notices.incidentNumber, number), eq(notices.template, 'expediteRequest')))
    ).find(({ state }) => state === 'delivered'),
  );

/** The page behind the link in the letter, and what a browser sends from it. */
async function follow(address = 'sales@bremen.example') {
  const mail = await rig.waitFor('the mail', async () =>
    rig.mail.sent.findLast(({ to }) => to.includes(address)),
  );
  const url = /\/t\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  const shown = await app.inject({ url, headers: { 'accept-language': 'zh-CN' } });
  const nonce = /name="nonce" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
  const send = async (form: Record<string, string>) => {
    await rig.sync();
    return app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ nonce, ...form }).toString(),
    });
  };
  return { shown, send, url };
}

describe('a supplier that is asked to deliver sooner', () => {
  // First: an incident that a test ends with a letter under way holds the server's clock.
  it('that does not answer is not waited for in silence: purchasing is warned, and the ladder climbs', async () => {
    const { number, task } = await late({ supplier: 'SUP-EN' });
    const due = (await taskOf(task))?.dueAt ?? '';
    await rig.skipTo(new Date(Date.parse(due) + 60_000).toISOString());
    const deadline = (await taskOf(task))?.deadlineId ?? '';
    await rig.waitFor('the breach', async () => (await rig.deadline(deadline)).state === 'breached');
    expect((await stepOf(number))?.state).toBe('open');
  });

  it('answers by the link in its own language; the day stands on the purchase order, and purchasing sees it', async () => {
    const { number, task } = await late({ supplier: 'SUP-EN', purchaseOrder: 'PO-EN-1' });
    expect(await letter(number)).toMatchObject({
      recipient: 'supplier:SUP-EN',
      subject: expect.stringContaining('PO-EN-1'),
    });
    expect((await taskOf(task))?.facts).toMatchObject({
      supplier: 'SUP-EN',
      purchases: [{ number: 'PO-EN-1' }],
    });
    const { shown, send, url } = await follow();
    expect(shown.statusCode).toBe(200);
    expect(shown.headers['content-language']).toBe('en');
    expect(shown.body).toContain('PO-EN-1: needed by 2027-01-10, not confirmed yet');
    expect(shown.body).not.toMatch(/<script|undefined|\[object|轴承未到|IN-2026/);

    const wrong = await send({ answer: 'earlier' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Please give a day from today on');
    expect((await send({ answer: 'earlier', date: '2026-01-01' })).statusCode).toBe(422);
    expect((await taskOf(task))?.state).toBe('open');

    expect(
      (await send({ answer: 'earlier', date: '2027-01-05', note: 'two shifts' })).statusCode,
    ).toBeLessThan(203);
    const done = await rig.waitFor('the answer', async () => {
      const found = await taskOf(task);
      return found?.state === 'done' ? found : undefined;
    });
    expect(done).toMatchObject({
      finishedBy: 'supplier:SUP-EN',
      finishedCredential: 'link',
      result: { answer: 'earlier', date: '2027-01-05', note: 'two shifts' },
    });
    expect(await purchase('PO-EN-1')).toMatchObject({ confirmedDate: '2027-01-05', state: 'confirmed' });
    expect(await stepOf(number)).toMatchObject({
      state: 'done',
      said: { zh: expect.stringContaining('2027-01-05') },
    });
    const entries = await rig.db.select().from(audit).where(eq(audit.subject, 'purchase-order/PO-EN-1'));
    expect(entries).toMatchObject([{ action: 'confirmPurchaseOrder', actor: 'supplier:SUP-EN' }]);
    expect((await app.inject({ url })).statusCode).toBe(410);
  });

  it('names which of several purchase orders it answers for, and a part confirms no more than the rest does', async () => {
    const { task } = await late({ supplier: 'SUP-EN' });
    const { shown, send } = await follow();
    expect(shown.body).toContain('PO-EN-2');
    const part = { answer: 'part', date: '2027-01-05', quantity: '40' };
    expect((await send(part)).statusCode).toBe(422);
    expect((await send({ ...part, purchaseOrder: 'PO-OTHER' })).statusCode).toBe(422);
    await send({ ...part, purchaseOrder: 'PO-EN-2' });
    await rig.waitFor('the answer', async () => (await taskOf(task))?.state === 'done');
    expect(await purchase('PO-EN-2')).toMatchObject({ confirmedDate: null, state: 'ordered' });
    expect(await purchase('PO-EN-1')).toMatchObject({ confirmedDate: null });
  });

  it('may be answered for by purchasing, who called, with the day or with a note alone', async () => {
    const { task } = await late({ supplier: 'SUP-EN', purchaseOrder: 'PO-EN-2' });
    const principal = await rig.personById((await taskOf(task))?.assigneeId ?? '');
    await rig.sync();
    const form = { answer: 'later', date: '2027-02-01', note: '电话确认' };
    const answer = await completeTask(rig.ctx, { principal, taskId: task, form });
    if (answer.status === 202) {
      await rig.waitFor(
        'the answer',
        async () => (await findCommand(rig.ctx, answer.body.id))?.state === 'done',
      );
    }
    expect(await purchase('PO-EN-2')).toMatchObject({ confirmedDate: '2027-02-01' });
  });

  it.each([
    ['names no supplier', {}, '未指明供应商'],
    ['has no mail address', { supplier: 'SUP-MUTE' }, '没有可用的邮箱'],
  ])('is a task alone where the incident %s', async (_what, facts, reason) => {
    const { number, task } = await late(facts);
    expect(await stepOf(number)).toMatchObject({
      state: 'open',
      said: { zh: expect.stringContaining(reason) },
    });
    expect((await taskOf(task))?.facts.supplier).toBeUndefined();
    const sent = await rig.db.select().from(notices).where(eq(notices.template, 'expediteRequest'));
    expect(sent.filter((notice) => notice.incidentNumber === number)).toEqual([]);
  });

  it('acts on its own request alone', async () => {
    const { number, task } = await late({ supplier: 'SUP-EN' });
    const issuedAt = rig.now().toISOString();
    for (const [of, recipient] of [
      [task, 'supplier:SUP-MUTE'],
      [`${number}.step.call-supplier`, 'supplier:SUP-EN'],
      [task, 'supplier:SUP-none'],
    ] as const) {
      const url = new URL(links.actLink({ task: of, recipient, issuedAt })).pathname;
      expect((await app.inject({ url })).statusCode, `${recipient} on ${of}`).toBe(410);
    }
    const stranger = {
      kind: 'supplier',
      id: 'SUP-MUTE',
      credentialId: 'link:supplier:SUP-MUTE',
      credential: 'link',
    } as const;
    await expect(
      completeTask(rig.ctx, { principal: stranger, taskId: task, form: { answer: 'cannot' } }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});
