import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../../activities/adapters/channel.js';
import { createActivities } from '../../activities/index.js';
import { createLinks } from '../../app/links.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { relayOnce } from '../../app/relay.js';
import { taskQueue } from '../../app/temporal.js';
import type { IncidentView } from '../../contracts/http-incidents.js';
import type { TaskSummary, TaskView } from '../../contracts/http-tasks.js';
import { commands, notices } from '../../db/schema/index.js';
import { lateDelivery } from '../../domain/playbooks/late-delivery.js';
import { orderDelay } from '../../domain/playbooks/order-delay.js';
import type { Role } from '../../domain/roles/shape.js';
import { startTimeSkipping, workflowBundle } from '../support/temporal.js';
import { waitUntil } from '../support/wait-until.js';
import { type ApiRig, goodOrder, startApiRig, type TokenName } from './api-rig.js';

// The real record, a worker and the workflow: what is done over HTTP is done by the process.
let environment: TestWorkflowEnvironment;
let rig: ApiRig;
let worker: Worker | undefined;
let running: Promise<void> | undefined;
const links = createLinks('a secret of the tests, long enough for it', 'http://127.0.0.1:7300');

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
  const { db, log, now } = rig.ctx;
  await publishBuiltIns(db, now().toISOString());
  worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace,
    taskQueue,
    workflowBundle: workflowBundle(),
    activities: createActivities({ db, channels: { mail }, links, zone: 'Asia/Shanghai', log, now }),
  });
  running = worker.run();
});
afterAll(async () => {
  worker?.shutdown();
  await running;
  await rig?.stop();
  await environment?.teardown();
});

async function get<T>(url: string, as: TokenName = 'orderManager'): Promise<T> {
  const answer = await rig.send({ url, as });
  expect(answer.statusCode, `${url} ${answer.body}`).toBe(200);
  return answer.json();
}
const post = (url: string, as: TokenName, payload: object, headers = {}) =>
  rig.send({ method: 'POST', url, as, payload, headers });

/** The step of late-delivery that the customer decides. */
const CHOICE =
  lateDelivery.steps.find((step) => step.kind === 'decision' && step.by === 'customer')?.key ?? '';
const report = { type: 'supplier-delay', summary: '轴承供应商未按期交货', severity: 2 } as const;

/** Reports an incident, and waits until its process has asked somebody to confirm it. */
async function open(body: object = {}, as: TokenName = 'sales'): Promise<string> {
  const answer = await post('/v1/incidents', as, { ...report, ...body });
  expect(answer.statusCode, answer.body).toBe(201);
  const { number } = answer.json();
  await waitUntil(async () => (await tasksOf(number)).some(({ kind }) => kind === 'confirm'));
  return number;
}

async function tasksOf(number: string, state = 'open'): Promise<TaskSummary[]> {
  return (await get<{ items: TaskSummary[] }>(`/v1/tasks?incident=${number}&state=${state}&limit=200`)).items;
}
async function taskOf(number: string, kind: string, step?: string): Promise<TaskSummary> {
  return waitUntil(async () =>
    (await tasksOf(number)).find((task) => task.kind === kind && (!step || task.id.includes(`.${step}`))),
  );
}
const see = (number: string, as?: TokenName) => get<IncidentView>(`/v1/incidents/${number}`, as);

async function finish(task: string, form: object, as: TokenName = 'emergencyManager') {
  const answer = await post(`/v1/tasks/${task}/complete`, as, form);
  expect(answer.statusCode, `${task} ${answer.body}`).toBe(200);
}

async function activated(body: object = {}): Promise<string> {
  const number = await open(body);
  await finish((await taskOf(number, 'confirm')).id, { outcome: 'activate' });
  return number;
}

async function expectRefused(
  answer: { statusCode: number; json(): { code: string; errors?: { field: string }[] }; body: string },
  status: number,
  code: string,
  field?: string,
) {
  expect([answer.statusCode, answer.json().code], answer.body).toEqual([status, code]);
  if (field !== undefined) expect(answer.json().errors?.map((one) => one.field)).toContain(field);
}

describe('a report', () => {
  it('opens an incident with its level and deadlines, and its process names the owner and team', async () => {
    const placed = await post('/v1/orders', 'client', { ...goodOrder, requestedDelivery: day(9) });
    const order = placed.json().number;
    const key = { 'idempotency-key': 'report once' };
    const body = { ...report, type: 'order-delay', orders: [order] };
    const answer = await post('/v1/incidents', 'hr', body, key);
    expect(answer.statusCode, answer.body).toBe(201);
    const { number } = answer.json();
    expect(answer.headers.location).toBe(`/v1/incidents/${number}`);
    expect(answer.json()).toMatchObject({
      joined: false,
      count: 1,
      type: 'order-delay',
      phase: 'reported',
      severity: 2,
      severityBecause: { zh: '报告人指定' },
      owner: null,
      affected: { orders: 1 },
      deadlines: expect.arrayContaining([
        expect.objectContaining({ kind: 'acknowledge', state: 'open' }),
        expect.objectContaining({ kind: 'confirm', state: 'open' }),
      ]),
    });
    const again = await post('/v1/incidents', 'hr', body, key);
    expect([again.statusCode, again.json()]).toEqual([201, answer.json()]);
    await expectRefused(
      await post('/v1/incidents', 'hr', { ...body, summary: '别的' }, key),
      422,
      'idempotency-key-reused',
    );

    await taskOf(number, 'confirm');
    const incident = await see(number);
    expect(incident.owner).toMatchObject({ name: expect.stringMatching(/[\u4e00-\u9fff]/) });
    expect(incident.team.map(({ person }) => person)).not.toContain(null);
    expect(incident.reportedBy).toMatchObject({ name: expect.any(String) });
    expect(incident.affected).toMatchObject({
      total: 1,
      customers: 1,
      orders: [{ number: order, because: `reported:${order}` }],
    });
    expect(incident.steps.map(({ key: step }) => step)).toEqual(
      orderDelay.steps.map(({ key: step }) => step),
    );
    expect(incident.steps.every(({ title }) => /[\u4e00-\u9fff]/.test(title.zh))).toBe(true);

    const shown = await get<{ incidents: object[] }>(`/v1/orders/${order}`);
    expect(shown.incidents).toEqual([
      { number, type: 'order-delay', severity: 2, phase: 'reported', because: `reported:${order}` },
    ]);
    expect((await get<{ incidents: object[] }>(`/v1/orders/${order}`, 'client')).incidents).toEqual([]);
    const { items } = await get<{ items: { number: string }[] }>(`/v1/incidents?order=${order}&open=true`);
    expect(items.map((one) => one.number)).toEqual([number]);
    const none = await get<{ items: object[] }>(`/v1/incidents?order=${order}&open=false`);
    expect(none.items).toEqual([]);
  });

  it('with the key of an open one joins it, and a storm sends its process one signal', async () => {
    const dedupKey = 'supplier-delay/S-77';
    const number = await open({ dedupKey });
    const joins = await Promise.all(
      Array.from({ length: 20 }, () => post('/v1/incidents', 'purchasing', { ...report, dedupKey })),
    );
    expect(new Set(joins.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    const counts = joins.map((one) => one.json().count).sort((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 20 }, (_, index) => index + 2));
    expect(joins[0]?.json()).toEqual({ number, joined: true, count: expect.any(Number) });
    const signals = await signalsOf(number);
    expect(signals).toHaveLength(1);
    expect(await relayOnce({ ...rig.ctx, now: () => new Date(Date.now() + 60_000) })).toBeGreaterThan(0);
    expect((await signalsOf(number))[0]?.state).toBe('done');
    await waitUntil(async () => {
      const { items } = await get<{ items: { what: string }[] }>(`/v1/incidents/${number}/timeline`);
      // The first report, those that joined, and what the process made of the signal.
      return items.filter(({ what }) => what === 'reported').length === 22;
    });
    const incident = await see(number);
    expect([incident.count, incident.reports.length]).toEqual([21, 21]);
  });

  it.each([
    ['an unknown type', { type: 'moon-landing' }, 'type'],
    ['an order that is not there', { orders: ['SO-20200101-9999'] }, 'orders.0'],
    ['a parent that is not there', { parent: 'IN-20200101-9999' }, 'parent'],
    ['a level that is none', { severity: 4 }, 'severity'],
    ['no words', { summary: ' ' }, 'summary'],
  ])('is refused by its field: %s', async (_what, change, field) => {
    const before = await rig.countRows();
    await expectRefused(
      await post('/v1/incidents', 'sales', { ...report, ...change }),
      422,
      'invalid-input',
      field,
    );
    expect(await rig.countRows()).toEqual(before);
  });

  it('of a client names its own orders, and it reads its own report alone', async () => {
    const ours = await post('/v1/orders', 'sales', {
      ...goodOrder,
      channel: 'phone',
      requestedDelivery: day(9),
    });
    const { number: other } = ours.json();
    await expectRefused(
      await post('/v1/incidents', 'client', { ...report, type: 'order-delay', orders: [other] }),
      422,
      'invalid-input',
      'orders.0',
    );
    const strangers = await open();
    const number = await open({ type: 'order-delay' }, 'client');
    const view = await see(number, 'client');
    expect(view).toMatchObject({
      number,
      summary: report.summary,
      owner: null,
      team: [],
      steps: [],
      similar: [],
      reports: [{ summary: report.summary }],
    });
    expect((await rig.send({ url: `/v1/incidents/${strangers}`, as: 'client' })).statusCode).toBe(404);
    expect((await rig.send({ url: `/v1/incidents/${strangers}/timeline`, as: 'client' })).statusCode).toBe(
      404,
    );
    const { items } = await get<{ items: { number: string }[] }>('/v1/incidents', 'client');
    expect(items.map((one) => one.number)).toEqual([number]);
    const timeline = await get<{ items: { source: string; actor: unknown }[] }>(
      `/v1/incidents/${number}/timeline`,
      'client',
    );
    expect(timeline.items.every(({ source }) => source === 'audit')).toBe(true);
  });

  it('names the open incident that it is a part of', async () => {
    const parent = await open();
    const child = await open({ parent });
    expect((await see(parent)).children).toEqual([
      { number: child, type: 'supplier-delay', phase: 'reported', severity: 2 },
    ]);
    expect((await see(child)).parent).toBe(parent);
  });
});

describe('what is done to an incident', () => {
  it('is acknowledged, taken back, raised, handed over and its team changed, each by those who may', async () => {
    const number = await open();
    const url = `/v1/incidents/${number}`;
    await expectRefused(await post(`${url}/acknowledge`, 'hr', {}), 403, 'forbidden');
    expect((await post(`${url}/acknowledge`, 'purchasing', {})).statusCode).toBe(200);
    expect((await see(number)).acknowledgedBy).not.toBeNull();
    await expectRefused(await post(`${url}/acknowledge`, 'purchasing', {}), 409, 'wrong-phase');
    expect((await post(`${url}/acknowledge`, 'purchasing', { undo: true })).statusCode).toBe(200);
    expect((await see(number)).acknowledgedAt).toBeNull();

    await expectRefused(await post(`${url}/severity`, 'vp', { severity: 3 }), 422, 'invalid-input', 'reason');
    await expectRefused(await post(`${url}/severity`, 'hr', { severity: 3, reason: '急' }), 403, 'forbidden');
    expect((await post(`${url}/severity`, 'vp', { severity: 3, reason: '影响急难订单' })).statusCode).toBe(
      200,
    );
    expect(await see(number)).toMatchObject({ severity: 3, severityBecause: { zh: '影响急难订单' } });

    const to = (await person('emergencyManager')).id;
    await expectRefused(await post(`${url}/hand-over`, 'vp', { to }), 422, 'invalid-input', 'note');
    await expectRefused(
      await post(`${url}/hand-over`, 'vp', { to: 'nobody', note: '出差' }),
      422,
      'invalid-input',
      'to',
    );
    expect((await post(`${url}/hand-over`, 'vp', { to, note: '原负责人出差' })).statusCode).toBe(200);
    expect((await see(number)).owner?.id).toBe(to);

    const { team } = await see(number);
    const [first] = team;
    const change = { team: { [first?.key ?? '']: to } };
    await expectRefused(
      await post(`${url}/team`, 'vp', { team: { moon: to } }),
      422,
      'invalid-input',
      'team.moon',
    );
    await expectRefused(
      await post(`${url}/team`, 'vp', { team: { [first?.key ?? '']: 'nobody' } }),
      422,
      'invalid-input',
      `team.${first?.key}`,
    );
    expect((await post(`${url}/team`, 'orderManager', change)).statusCode).toBe(200);
    expect((await see(number)).team[0]?.person?.id).toBe(to);
  });

  it('a decision is made once, by its step; a step is passed over with a reason', async () => {
    const number = await activated();
    const url = `/v1/incidents/${number}`;
    await expectRefused(
      await post(`${url}/decide`, 'vp', { step: 'which-way', option: 'wait' }),
      409,
      'task-not-open',
    );
    await expectRefused(
      await post(`${url}/skip`, 'vp', { step: 'moon', reason: '无' }),
      422,
      'invalid-input',
      'step',
    );
    for (const step of ['call-supplier', 'check-stock', 'expedite']) {
      const answer = await post(`${url}/skip`, 'emergencyManager', { step, reason: '已电话核实' });
      expect(answer.statusCode, answer.body).toBe(200);
    }
    await expectRefused(
      await post(`${url}/retry`, 'vp', { step: 'expedite', reason: '再试' }),
      409,
      'wrong-phase',
    );
    const decision = await taskOf(number, 'decision', 'which-way');
    expect(decision.words.zh).toBe('确定供应方案');
    await expectRefused(
      await post(`${url}/decide`, 'vp', { step: 'which-way', option: 'pray' }),
      422,
      'invalid-input',
      'option',
    );
    await expectRefused(
      await post(`${url}/decide`, 'hr', { step: 'which-way', option: 'wait' }),
      403,
      'forbidden',
    );
    const decided = await post(`${url}/decide`, 'purchasing', { step: 'which-way', option: 'wait' });
    expect(decided.statusCode, decided.body).toBe(200);
    await expectRefused(
      await post(`${url}/decide`, 'vp', { step: 'which-way', option: 'wait' }),
      409,
      'task-not-open',
    );
    const step = (await see(number)).steps.find(({ key }) => key === 'which-way');
    expect(step).toMatchObject({ state: 'done', outcome: 'wait', outcomeWords: { zh: '等待现供应商' } });
    expect(step?.by).not.toBeNull();
    const { items } = await get<{ items: { words: { zh: string } }[] }>(`${url}/timeline`);
    expect(items.map(({ words }) => words.zh)).toContain('已决定：确定供应方案（等待现供应商）');
  });

  it('is resolved, reported, reviewed with its cause, and then takes nothing more', async () => {
    const number = await activated();
    const url = `/v1/incidents/${number}`;
    await expectRefused(await post(`${url}/resolve`, 'vp', {}), 422, 'invalid-input', 'note');
    expect((await post(`${url}/resolve`, 'vp', { note: '供应商已交货' })).statusCode).toBe(200);
    const review = await taskOf(number, 'review');
    const { causes } = await get<TaskView>(`/v1/tasks/${review.id}`);
    const complete = `/v1/tasks/${review.id}/complete`;
    const cause = causes[0]?.key;
    await expectRefused(
      await post(complete, 'vp', { cause: 'moon', words: '无' }),
      422,
      'invalid-input',
      'cause',
    );
    await expectRefused(
      await post(complete, 'vp', { cause, words: '产能', actionItems: [{ what: '改', owner: 'nobody' }] }),
      422,
      'invalid-input',
      'actionItems.0.owner',
    );
    const late = { what: '改', owner: (await person('purchasing')).id, dueAt: '2026-01-01T00:00:00Z' };
    await expectRefused(
      await post(complete, 'vp', { cause, words: '产能', actionItems: [late] }),
      422,
      'invalid-input',
      'actionItems.0.dueAt',
    );
    await finish(review.id, { cause, words: '供应商产能不足', worked: '提前催货' });
    for (;;) {
      const [task] = await tasksOf(number);
      if (!task) break;
      await finish(task.id, formFor(await get<TaskView>(`/v1/tasks/${task.id}`)), 'vp');
    }
    const ended = await waitUntil(async () => {
      const incident = await see(number);
      return incident.endedAt !== null && incident;
    });
    expect(ended).toMatchObject({
      phase: 'archived',
      rootCause: { category: cause, words: '供应商产能不足' },
    });
    await expectRefused(
      await post(`${url}/severity`, 'vp', { severity: 1, reason: '晚了' }),
      409,
      'incident-ended',
    );
    // Whoever has the like next time reads what worked (P12.3).
    const next = await open();
    expect((await see(next)).similar[0]).toMatchObject({ number, worked: '提前催货' });
  });

  it('answers with the state of its process, where it is asked for', async () => {
    const number = await open();
    expect(await get(`/v1/incidents/${number}?live=true`)).toMatchObject({
      number,
      live: true,
      workflow: { phase: 'reported', severity: 2 },
    });
  });
});

describe('tasks of an incident', () => {
  it('carry their form as a JSON schema, and are finished by it alone', async () => {
    const number = await open();
    const confirm = await taskOf(number, 'confirm');
    const task = await get<TaskView>(`/v1/tasks/${confirm.id}`);
    expect(task).toMatchObject({
      incident: number,
      order: null,
      incidentSummary: { number, phase: 'reported' },
      form: { properties: { outcome: { enum: ['falseAlarm', 'routine', 'activate'] } } },
    });
    const url = `/v1/tasks/${confirm.id}/complete`;
    await expectRefused(await post(url, 'hr', { outcome: 'activate' }), 403, 'forbidden');
    await expectRefused(await post(url, 'vp', { outcome: 'maybe' }), 422, 'invalid-input', 'outcome');
    await expectRefused(await post(url, 'vp', { outcome: 'routine', moon: 1 }), 422, 'invalid-input', 'moon');
    const done = await post(url, 'vp', { outcome: 'activate', severity: 3, note: '急难订单等料' });
    expect([done.statusCode, done.json().phase], done.body).toEqual([200, 'responding']);
    await expectRefused(await post(url, 'vp', { outcome: 'activate' }), 409, 'task-not-open');

    const call = await taskOf(number, 'step', 'call-supplier');
    const shown = await get<TaskView>(`/v1/tasks/${call.id}`, 'purchasing');
    expect(shown.step).toMatchObject({
      key: 'call-supplier',
      ask: { zh: expect.stringContaining('供应商') },
    });
    expect(shown.step?.fields.map(({ key }) => key)).toEqual([
      'contact',
      'cause',
      'responsible',
      'newDate',
      'quantity',
    ]);
    expect(shown.mayComplete).toBe(true);
    const complete = `/v1/tasks/${call.id}/complete`;
    const fields = { contact: '李工', cause: '炉子检修', responsible: 'supplier' };
    for (const [wrong, field] of [
      [{ note: '好' }, 'fields'],
      [{ fields: { ...fields, contact: undefined } }, 'fields.contact'],
      [{ fields: { ...fields, responsible: 'moon' } }, 'fields.responsible'],
      [{ fields: { ...fields, quantity: 'many' } }, 'fields.quantity'],
      [{ fields: { ...fields, newDate: '2026-02-31' } }, 'fields.newDate'],
      [{ fields: { ...fields, colour: 'red' } }, 'fields.colour'],
    ] as const) {
      await expectRefused(await post(complete, 'purchasing', wrong), 422, 'invalid-input', field);
    }
    await finish(call.id, { fields: { ...fields, quantity: 40 } }, 'purchasing');
    const kept = await get<TaskView>(`/v1/tasks/${call.id}`);
    expect(kept).toMatchObject({ state: 'done', result: { fields: { ...fields, quantity: 40 } } });
  });

  it('are finished by the link in the mail as by the API, through the page', async () => {
    const number = await open();
    const confirm = await taskOf(number, 'confirm');
    await submit(confirm, { outcome: 'activate', severity: '2' });
    const call = await taskOf(number, 'step', 'call-supplier');
    const typed = {
      'fields.contact': '李工',
      'fields.cause': '炉子检修',
      'fields.responsible': 'supplier',
      'fields.quantity': '12.5',
    };
    await submit(call, typed);
    const kept = await get<TaskView>(`/v1/tasks/${call.id}`);
    expect(kept).toMatchObject({
      state: 'done',
      finishedBy: { id: call.assignee?.id },
      result: { fields: { contact: '李工', cause: '炉子检修', responsible: 'supplier', quantity: 12.5 } },
    });
  });

  it('leave a choice to the customer, who makes it by the link alone, and once', async () => {
    const placed = await post('/v1/orders', 'client', { ...goodOrder, requestedDelivery: day(9) });
    const { number: order, customer } = placed.json();
    const number = await activated({ type: 'late-delivery', orders: [order] });
    // Whatever comes before the choice is passed over.
    const choice = await waitUntil(async () => {
      const open = await tasksOf(number);
      const asked = open.find(({ kind, id }) => kind === 'decision' && id.includes(CHOICE));
      if (asked) return asked;
      for (const { id, kind } of open) {
        const key = id.split('.')[2];
        if (!['step', 'wait', 'action', 'decision'].includes(kind)) continue;
        await post(`/v1/incidents/${number}/skip`, 'vp', { step: key, reason: '演示' });
      }
      return undefined;
    });
    const { step, facts } = await get<TaskView>(`/v1/tasks/${choice.id}`);
    expect(facts.customers).toEqual([customer.id]);
    const option = step?.options[0]?.key ?? '';
    const url = `/v1/tasks/${choice.id}/complete`;
    await expectRefused(
      await post(url, 'vp', { option, customer: 'C-nope' }),
      422,
      'invalid-input',
      'customer',
    );
    await submit({ ...choice, assignee: null }, { option }, `customer:${customer.id}`);
    const done = await waitUntil(async () => {
      const task = await get<TaskView>(`/v1/tasks/${choice.id}`);
      return task.state === 'done' && task;
    });
    expect(done.facts.answers).toEqual({ [customer.id]: option });
    await expectRefused(await post(url, 'vp', { option }), 409, 'task-not-open');
  });

  it('tells the customers of the orders it affects, and their orders show it', async () => {
    const placed = await post('/v1/orders', 'client', { ...goodOrder, requestedDelivery: day(9) });
    const order = placed.json().number;
    const number = await activated({ type: 'order-delay', orders: [order] });
    const told = await waitUntil(async () => {
      const rows = await rig.ctx.db.select().from(notices).where(eq(notices.incidentNumber, number));
      return rows.find(({ recipient }) => recipient.startsWith('customer:'));
    });
    const { items } = await get<{ items: { key: string; incident: string | null }[] }>(
      `/v1/notices?order=${order}&limit=200`,
    );
    expect(items.find(({ key }) => key === told.key)).toMatchObject({ incident: number });
    // Nobody else's notices of the incident stand among the order's.
    const theirs = items.filter(({ incident }) => incident === number);
    expect(theirs.every(({ key }) => key.includes(told.recipient))).toBe(true);
    const timeline = await get<{ items: { what: string }[] }>(`/v1/orders/${order}/timeline`, 'client');
    expect(timeline.items.map(({ what }) => what)).toContain(`notice.${told.template}`);
    const all = await get<{ items: object[] }>(`/v1/notices?incident=${number}&limit=200`);
    expect(all.items.length).toBeGreaterThan(theirs.length);
  });
});

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

async function person(role: Role): Promise<{ id: string }> {
  const { items } = await get<{ items: { id: string }[] }>(`/v1/people?role=${role}&active=true`);
  const [first] = items;
  if (!first) throw new Error(`nobody holds ${role}`);
  return first;
}

const signalsOf = (number: string) =>
  rig.ctx.db
    .select()
    .from(commands)
    .where(and(eq(commands.target, `incident/${number}`), eq(commands.kind, 'signal')));

/** Whatever a task takes that nothing hangs on. */
function formFor({ kind, step }: TaskView): object {
  if (kind === 'decision') return { option: step?.options[0]?.key };
  if (kind === 'update') return { words: '一切正常' };
  return kind === 'team' ? {} : { note: '已办理' };
}

/** Looks at the page of a task as its assignee, and sends its form as a browser does. */
async function submit(
  task: TaskSummary,
  form: Record<string, string>,
  recipient = `person:${task.assignee?.id}`,
): Promise<void> {
  const link = links.actLink({ task: task.id, recipient, issuedAt: task.openedAt });
  const url = new URL(link).pathname;
  const page = await rig.send({ url, as: null, headers: { 'accept-language': 'zh-CN' } });
  expect(page.statusCode).toBe(200);
  const nonce = /name="nonce" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  for (const name of Object.keys(form)) expect(page.body).toContain(`name="${name}"`);
  const sent = await rig.send({
    method: 'POST',
    url,
    as: null,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'zh-CN' },
    payload: new URLSearchParams({ nonce, ...form }).toString(),
  });
  expect(sent.statusCode, sent.body).toBe(200);
}
