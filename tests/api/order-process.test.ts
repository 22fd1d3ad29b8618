import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../activities/adapters/channel.js';
import { createActivities } from '../../activities/index.js';
import { createLinks } from '../../app/links.js';
import { taskQueue } from '../../app/temporal.js';
import { EVALUATORS, MILESTONES, POINTS } from '../../domain/order/shape.js';
import { startTimeSkipping, workflowBundle } from '../support/temporal.js';
import { waitUntil } from '../support/wait-until.js';
import { type ApiRig, goodOrder, startApiRig, type TokenName } from './api-rig.js';

let environment: TestWorkflowEnvironment;
let rig: ApiRig;
let running: Promise<void> | undefined;
let worker: Worker | undefined;

/** Every mail is taken: what is sent is not this file's matter. */
const mail: Channel = {
  addressOf: ({ email }) => email,
  send: async (message) =>
    message.to.map((address) => ({
      address,
      outcome: 'accepted',
      why: null,
      reference: `<${message.id}@test>`,
    })),
  close: () => undefined,
};

beforeAll(async () => {
  environment = await startTimeSkipping();
  rig = await startApiRig({ temporal: environment.client, now: () => new Date() });
  const { db, log, publicUrl, now } = rig.ctx;
  worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace,
    taskQueue,
    workflowBundle: workflowBundle(),
    activities: createActivities({
      db,
      channels: { mail },
      links: createLinks('a secret of the tests, long enough for it', publicUrl),
      zone: 'Asia/Shanghai',
      log,
      now,
    }),
  });
  running = worker.run();
});
afterAll(async () => {
  await stopWorker();
  await rig?.stop();
  await environment?.teardown();
});

async function stopWorker(): Promise<void> {
  worker?.shutdown();
  worker = undefined;
  await running;
}

async function get(url: string, as: TokenName = 'orderManager') {
  const answer = await rig.send({ url, as });
  expect(answer.statusCode, `${url} ${answer.body}`).toBe(200);
  return answer.json();
}

async function post(url: string, as: TokenName, payload: object, headers = {}) {
  return rig.send({ method: 'POST', url, as, payload, headers });
}

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function place(): Promise<string> {
  const placed = await post('/v1/orders', 'client', { ...goodOrder, requestedDelivery: day(7) });
  expect(placed.statusCode, placed.body).toBe(201);
  return placed.json().number;
}

const tasksOf = async (number: string, state = 'open') =>
  (await get(`/v1/tasks?order=${number}&state=${state}`)).items as {
    id: string;
    kind: string;
    department: string;
  }[];

const taskOf = (number: string, kind: string) =>
  waitUntil(async () => (await tasksOf(number)).find((task) => task.kind === kind), {
    what: `a task ${kind}`,
  });

const allOk = { points: Object.fromEntries(POINTS.map((point) => [point, { ok: true }])) };

async function evaluate(number: string): Promise<void> {
  await waitUntil(async () => (await tasksOf(number)).length === 4, { what: 'four evaluations' });
  for (const department of EVALUATORS) {
    const done = await post(`/v1/tasks/${number}.evaluate.${department}/complete`, department, allOk);
    expect(done.statusCode, done.body).toBe(200);
  }
}

describe('an urgent order over the API alone', () => {
  it('goes from intake to closed, each person with their own token', async () => {
    const number = await place();
    const live = await waitUntil(async () => {
      const order = await get(`/v1/orders/${number}?live=true`, 'client');
      return order.live && order.workflow.begun ? order : undefined;
    });
    expect(live.workflow.phase).toBe('evaluating');

    await waitUntil(async () => (await tasksOf(number)).length === 4);
    const mine = (await get('/v1/tasks', 'quality')).items;
    expect(mine.map(({ id }: { id: string }) => id)).toContain(`${number}.evaluate.quality`);
    const task = await get(`/v1/tasks/${number}.evaluate.quality`, 'quality');
    expect(task).toMatchObject({
      kind: 'evaluate',
      state: 'open',
      mayComplete: true,
      words: { zh: '订单评估' },
      orderSummary: { number, red: true },
      lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
      proposal: null,
      form: { type: 'object', required: ['points'], additionalProperties: false },
    });
    expect(
      Object.keys(task.form.properties.points.properties ?? task.form.properties.points),
    ).not.toHaveLength(0);
    expect((await get(`/v1/tasks/${number}.evaluate.quality`, 'sales')).mayComplete).toBe(false);
    await evaluate(number);

    const measure = await taskOf(number, 'measure');
    const seen = await get(`/v1/tasks/${measure.id}`, 'manufacturing');
    expect(seen.evaluations).toHaveLength(4);
    expect(seen.evaluations[0]).toMatchObject({ objections: [], by: { name: expect.any(String) } });
    const chosen = await post(`/v1/tasks/${measure.id}/complete`, 'manufacturing', { option: 'overtime' });
    expect([chosen.statusCode, chosen.json()]).toEqual([
      200,
      expect.objectContaining({ number, phase: 'signing' }),
    ]);

    const { proposal } = await get(`/v1/orders/${number}`);
    expect(proposal).toMatchObject({ state: 'open', measure: 'overtime', promisedDelivery: day(7) });
    const sign = `/v1/orders/${number}/sign-off`;
    const stale = await post(sign, 'vp', { proposal: 'another', decision: 'approve' });
    expect([stale.statusCode, stale.json().code]).toEqual([409, 'stale-proposal']);
    const forbidden = await post(sign, 'sales', { proposal: proposal.id, decision: 'approve' });
    expect([forbidden.statusCode, forbidden.json().code]).toEqual([403, 'forbidden']);
    const key = { 'idempotency-key': 'sign once' };
    const signed = await post(sign, 'vp', { proposal: proposal.id, decision: 'approve' }, key);
    expect(signed.statusCode, signed.body).toBe(200);
    const again = await post(sign, 'vp', { proposal: proposal.id, decision: 'approve' }, key);
    expect([again.statusCode, again.json()]).toEqual([200, signed.json()]);

    const progress = `/v1/orders/${number}/progress`;
    const early = await post(progress, 'logistics', { milestone: 'ship' });
    expect([early.statusCode, early.json().code]).toEqual([409, 'milestone-out-of-order']);
    const { policy } = await get('/v1/policy');
    for (const milestone of MILESTONES) {
      const done = await post(progress, policy.progressRoles[milestone][0], { milestone });
      expect(done.statusCode, done.body).toBe(200);
    }

    await taskOf(number, 'customerContact');
    const delivery = { how: 'phone', confirmedBy: '王磊', at: new Date().toISOString(), words: '已收到' };
    const closed = await post(`/v1/orders/${number}/delivery`, 'customerService', delivery);
    expect([closed.statusCode, closed.json()]).toEqual([200, expect.objectContaining({ phase: 'closed' })]);

    const order = await get(`/v1/orders/${number}`, 'client');
    expect(order).toMatchObject({
      phase: 'closed',
      promisedDelivery: day(7),
      confirmedBy: { name: expect.any(String) },
      proposal: { state: 'approved', credential: 'token' },
      breached: false,
    });
    expect(order.milestones).toHaveLength(7);
    const ended = await post(progress, 'logistics', { milestone: 'ship' });
    expect([ended.statusCode, ended.json().code]).toEqual([409, 'order-ended']);
  });

  it('is told whole by its timeline, oldest first, in both languages (P01.5, P06.7)', async () => {
    const number = await place();
    await evaluate(number);
    await taskOf(number, 'measure');
    const { items } = await waitUntil(async () => {
      const timeline = await get(`/v1/orders/${number}/timeline`);
      const told = timeline.items.filter(({ source }: { source: string }) => source === 'notice');
      return told.length > 0 &&
        told.every(({ detail }: { detail: { state: string } }) => detail.state === 'delivered')
        ? timeline
        : undefined;
    });
    const at = items.map((entry: { at: string }) => entry.at);
    expect(at).toEqual([...at].sort());
    const whats = items.map(({ what }: { what: string }) => what);
    expect(whats.filter((what: string) => what === 'evaluate')).toHaveLength(4);
    expect(whats).toEqual(
      expect.arrayContaining(['accept', 'begin', 'notice.departmentsTold', 'notice.orderReceived']),
    );
    for (const { words } of items) {
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(words.en).toMatch(/[A-Z]/);
    }
    const quality = items.find(
      ({ source, task }: { source: string; task: string | null }) =>
        source === 'audit' && task === `${number}.evaluate.quality`,
    );
    expect(quality).toMatchObject({ words: { zh: '品管部完成订单评估' }, actor: { id: expect.any(String) } });

    const forClient = (await get(`/v1/orders/${number}/timeline`, 'client')).items;
    const staff = (await get('/v1/people?limit=200')).items.map(({ name }: { name: string }) => name);
    expect(forClient.map(({ what }: { what: string }) => what)).toContain('evaluate');
    for (const name of staff) expect(JSON.stringify(forClient)).not.toContain(name);

    const notices = (await get(`/v1/notices?order=${number}&limit=3`)) as { items: object[]; next: string };
    expect(notices.items).toHaveLength(3);
    expect(JSON.stringify(await get(`/v1/notices?order=${number}&limit=200`))).not.toMatch(
      /[\w.]+@[\w.]+\.example/,
    );
    const audit = (await get(`/v1/audit?order=${number}`, 'compliance')).items;
    expect(audit.map(({ action }: { action: string }) => action).slice(0, 2)).toEqual(['accept', 'begin']);
  });

  it('shows doubts with the customer’s answers, and refuses a wrong form by its field', async () => {
    const number = await place();
    await waitUntil(async () => (await tasksOf(number)).length === 4);
    const url = `/v1/tasks/${number}.evaluate.technical/complete`;
    const missing = await post(url, 'technical', { points: { ...allOk.points, price: undefined } });
    expect([missing.statusCode, missing.json().errors[0].field]).toEqual([422, 'points.price']);
    const silent = await post(url, 'technical', { points: { ...allOk.points, process: { ok: false } } });
    expect([silent.statusCode, silent.json().errors[0].field]).toEqual([422, 'points.process.note']);
    const other = await post(url, 'quality', allOk);
    expect([other.statusCode, other.json().code]).toEqual([403, 'forbidden']);

    const ask = '请确认硬度要求';
    const doubt = { points: { ...allOk.points, process: { ok: false, ask } } };
    expect((await post(url, 'technical', doubt)).statusCode).toBe(200);
    const question = await taskOf(number, 'question');
    const task = await get(`/v1/tasks/${question.id}`, 'sales');
    expect(task.questions).toEqual([expect.objectContaining({ text: ask, point: 'process', answer: null })]);
    expect(task.evaluations).toEqual([
      expect.objectContaining({ department: 'technical', objections: ['process'] }),
    ]);
    // As people write it, with a line end and their own zone: the same request all the same when it is sent again.
    const at = '2026-11-24T09:30:00+08:00';
    const answer = { answer: 'HRC 58\n', how: 'phone', answeredBy: '王磊', at };
    const key = { 'idempotency-key': 'answer once' };
    const answered = await post(`/v1/tasks/${question.id}/complete`, 'sales', answer, key);
    expect(answered.statusCode, answered.body).toBe(200);
    const again = await post(`/v1/tasks/${question.id}/complete`, 'sales', answer, key);
    expect([again.statusCode, again.json()]).toEqual([200, answered.json()]);
    const { items } = await get(`/v1/orders/${number}/questions`, 'client');
    expect(items).toEqual([
      expect.objectContaining({
        text: ask,
        words: { zh: '加工工艺', en: 'Process' },
        answer: 'HRC 58',
        answeredBy: '王磊',
      }),
    ]);
    const twice = await post(`/v1/tasks/${question.id}/complete`, 'sales', answer);
    expect([twice.statusCode, twice.json().code]).toEqual([409, 'task-not-open']);
  });

  it('keeps a command that nobody takes, and says where to ask for it', async () => {
    const number = await place();
    await waitUntil(async () => (await tasksOf(number)).length === 4);
    await stopWorker();
    const later = await post(`/v1/tasks/${number}.evaluate.sales/complete`, 'sales', allOk);
    expect([later.statusCode, later.json().state]).toEqual([202, 'pending']);
    const location = String(later.headers.location);
    expect(location).toBe(`/v1/commands/${later.json().id}`);
    const command = await get(location, 'sales');
    expect(command).toMatchObject({
      state: 'pending',
      order: number,
      status: null,
      result: null,
      refusal: null,
    });
    expect(await get(location, 'ops')).toEqual(command);
    for (const as of ['client', 'quality'] as const) {
      expect((await rig.send({ url: location, as })).statusCode).toBe(404);
    }
    const order = await get(`/v1/orders/${number}?live=true`);
    expect(order).toMatchObject({ number, live: false });
  });
});
