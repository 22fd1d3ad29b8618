import fastify, { type FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import pages from '../../api/pages/index.js';
import type { CompleteTaskRequest } from '../../app/complete-task.js';
import { AppError } from '../../app/errors.js';
import { createLinks } from '../../app/links.js';
import { INCIDENT_FORMS } from '../../contracts/incident-forms.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { notices, playbooks } from '../../db/schema/index.js';
import { playbookSchema } from '../../domain/playbooks/shape.js';
import { supplierDelay } from '../../domain/playbooks/supplier-delay.js';
import {
  addIncidentTask,
  EARLIER,
  INCIDENT,
  queueIncidentNotices,
  recordIncident,
  SUMMARY,
} from '../activities/incident-notice-record.js';
import { recordOrder } from '../activities/notice-record.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const links = createLinks('a secret of at least thirty-two characters', 'https://orders.example.com');
const issuedAt = '2026-11-24T01:30:00.000Z';
const nonce = 'a-nonce-of-the-page-01';
let database: TestDatabase;
let db: Database;
let app: FastifyInstance;
const asked: CompleteTaskRequest[] = [];
/** What the use case answers; pages, links and record are real. */
let answer: () => Promise<unknown>;

/** A step of the playbook with a field of every kind. */
const everyKind = {
  key: 'every-kind',
  phase: 'contain',
  kind: 'task',
  role: 'purchasing',
  title: { zh: '登记', en: 'Record' },
  instructions: { zh: '请登记。', en: 'Please record it.' },
  form: (['text', 'line', 'yesNo', 'choice', 'number', 'date', 'instant', 'money'] as const).map((kind) => ({
    key: kind,
    label: { zh: `栏目 ${kind}`, en: `Field ${kind}` },
    kind,
    required: kind !== 'money',
    ...(kind === 'choice'
      ? {
          options: [
            { key: 'one-way', label: { zh: '甲', en: 'A' } },
            { key: 'other-way', label: { zh: '乙', en: 'B' } },
          ],
        }
      : {}),
  })),
  due: { workingHours: 1 },
  cites: ['P03.2'],
} as const;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.appUrl, 3);
  await recordOrder(db);
  await recordIncident(db);
  const playbook = playbookSchema.parse({
    ...supplierDelay,
    steps: [...supplierDelay.steps, { ...everyKind, form: [...everyKind.form] }],
  });
  await db.update(playbooks).set({ playbook });
  await addIncidentTask(db, { id: `${INCIDENT}.step.every-kind`, kind: 'step', step: 'every-kind' });
  await addIncidentTask(db, { id: `${INCIDENT}.decision.which-way`, kind: 'decision', step: 'which-way' });
  await addIncidentTask(db, {
    id: `${INCIDENT}.decision.customer-choice`,
    kind: 'decision',
    step: 'customer-choice',
  });
  await addIncidentTask(db, { id: `${INCIDENT}.wait.await-delivery`, kind: 'wait', step: 'await-delivery' });
  await addIncidentTask(db, { id: `${INCIDENT}.action.reroute`, kind: 'action', step: 'reroute' });
  await addIncidentTask(db, { id: `${INCIDENT}.action.hold-meeting`, kind: 'action', step: 'hold-meeting' });
  for (const kind of ['report', 'review', 'reach']) {
    await addIncidentTask(db, { id: `${INCIDENT}.${kind}.purchasing`, kind });
  }
  app = fastify();
  await app.register(pages, {
    ctx: { db, log: pino({ level: 'silent' }), now: () => new Date('2026-11-24T02:00:00.000Z') } as never,
    links,
    complete: (request) => {
      asked.push(request);
      return answer() as never;
    },
  });
});
beforeEach(() => {
  asked.length = 0;
  answer = async () => ({ status: 200, body: {} });
});
afterAll(async () => {
  await app?.close();
  await db?.$client.end();
  await database?.drop();
});

const urlOf = (task: string, recipient = 'person:xu.bo') =>
  new URL(links.actLink({ task: `${INCIDENT}.${task}`, recipient, issuedAt })).pathname;
const look = (task: string, recipient?: string) =>
  app.inject({ url: urlOf(task, recipient), headers: { 'accept-language': 'zh-CN' } });
const submit = (task: string, form: Record<string, string>, recipient?: string) =>
  app.inject({
    method: 'POST',
    url: urlOf(task, recipient),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': 'zh-CN' },
    payload: new URLSearchParams({ nonce, ...form }).toString(),
  });

const typed = {
  'fields.text': '第一行\n第二行',
  'fields.line': '一行',
  'fields.yesNo': 'false',
  'fields.choice': 'other-way',
  'fields.number': '12.5',
  'fields.date': '2026-12-01',
  'fields.instant': '2026-11-24T18:30',
  'fields.money.amountMinor': '1280.15',
  'fields.money.currency': 'cny',
};

describe('the form of a playbook’s fields', () => {
  it('is shown without script, each field with its label, and what is optional as such', async () => {
    const { statusCode, body } = await look('step.every-kind');
    expect(statusCode).toBe(200);
    expect(body).not.toMatch(/<script|undefined|\[object/);
    for (const { label } of everyKind.form) expect(body).toContain(label.zh);
    expect(body).toContain('<textarea id="f-fields-text"');
    expect(body).toContain('type="radio" id="f-fields-choice-1" name="fields.choice" value="other-way"');
    expect(body).toContain('type="date" id="f-fields-date"');
    expect(body).toContain('type="datetime-local" id="f-fields-instant"');
    expect(body).toMatch(/栏目 money <span class="hint">\(选填\)/);
    expect(body).toContain('▮▮');
    expect(body).toContain(SUMMARY);
  });

  it('reads back each kind of field, for whom the link was sent to', async () => {
    expect((await submit('step.every-kind', typed)).statusCode).toBe(200);
    const [request] = asked;
    expect(request).toMatchObject({
      taskId: `${INCIDENT}.step.every-kind`,
      idempotencyKey: nonce,
      principal: { kind: 'person', id: 'xu.bo', credential: 'link' },
    });
    expect(request?.form).toEqual({
      fields: {
        text: '第一行\n第二行',
        line: '一行',
        yesNo: false,
        choice: 'other-way',
        number: 12.5,
        date: '2026-12-01',
        instant: '2026-11-24T10:30:00.000Z',
        money: { amountMinor: 128_015, currency: 'CNY' },
      },
    });
    // And it is a form that the task takes.
    const step = playbookSchema.shape.steps.element.parse({ ...everyKind, form: [...everyKind.form] });
    const playbook = playbookSchema.parse(supplierDelay);
    expect(INCIDENT_FORMS.step({ playbook, step }).parse(request?.form)).toEqual(request?.form);
  });

  it.each([
    ['an empty amount is no money', { 'fields.money.amountMinor': '' }, undefined],
    [
      'yen have no cents',
      { 'fields.money.amountMinor': '500', 'fields.money.currency': 'JPY' },
      { amountMinor: 500, currency: 'JPY' },
    ],
    [
      'what is no amount stays as typed, for the check to name it',
      { 'fields.money.amountMinor': '1.005' },
      { amountMinor: '1.005', currency: 'CNY' },
    ],
  ])('%s', async (_what, change, money) => {
    await submit('step.every-kind', { ...typed, ...change });
    const form = asked[0]?.form as { fields: { money?: unknown } } | undefined;
    expect(form?.fields.money).toEqual(money);
    expect(form).toBeDefined();
  });

  it('says beside a field what is wrong, and keeps what was typed', async () => {
    answer = async () => {
      throw new AppError('invalid-input', 'wrong', [
        { field: 'fields.number', message: 'must be a number' },
        { field: 'fields.money.amountMinor', message: 'must be a number' },
      ]);
    };
    const { statusCode, body } = await submit('step.every-kind', { ...typed, 'fields.number': '<b>many' });
    expect(statusCode).toBe(422);
    expect(body).toContain('id="f-fields-number-problem"');
    expect(body).toContain('id="f-fields-money-problem"');
    expect(body).toContain('value="&lt;b&gt;many"');
    expect(body).toContain('value="1280.15"');
    expect(body).not.toContain('must be a number');
  });
});

describe('the engine’s own tasks', () => {
  it.each([
    ['confirm.purchasing', { outcome: 'activate', severity: '3' }, { outcome: 'activate', severity: 3 }],
    ['confirm.purchasing', { outcome: 'falseAlarm', note: '误报' }, { outcome: 'falseAlarm', note: '误报' }],
    ['decision.which-way', { option: 'reroute' }, { option: 'reroute' }],
    ['wait.await-delivery', { note: '已到货' }, { note: '已到货' }],
    ['action.reroute', { note: '已下单' }, { note: '已下单' }],
    [
      'action.hold-meeting',
      { 'attended:xu.bo': 'on', conclusion: '改由乙供应商供货，周五前到货' },
      { attended: ['xu.bo'], conclusion: '改由乙供应商供货，周五前到货' },
    ],
    ['report.purchasing', { note: '经过' }, { note: '经过' }],
    [
      'review.purchasing',
      { cause: 'other', words: '炉子', worked: '催货' },
      { cause: 'other', words: '炉子', worked: '催货' },
    ],
    ['reach.purchasing', { note: '已电话' }, { note: '已电话' }],
  ])('%s is shown, and gives %j', async (task, form, expected) => {
    const { statusCode, body } = await look(task);
    expect(statusCode).toBe(200);
    for (const name of Object.keys(form)) expect(body).toContain(`name="${name}"`);
    expect((await submit(task, form)).statusCode).toBe(200);
    expect(asked[0]?.form).toEqual(expected);
  });

  it('show what was done about the like before, to who confirms (P12.3)', async () => {
    expect((await look('confirm.purchasing')).body).toContain(EARLIER);
    expect((await look('step.every-kind')).body).not.toContain(EARLIER);
  });
});

describe('a customer’s link', () => {
  it('shows the choice and their own orders, and nothing of the incident', async () => {
    const { statusCode, body } = await look('decision.customer-choice', 'customer:C-0002');
    expect(statusCode).toBe(200);
    expect(body).toContain('取消订单并退款');
    expect(body).toContain('SO-20261124-0002');
    expect(body).not.toMatch(/浦江|SO-20261124-0001|IN-2026|▮|宁波/);
    const sent = await submit('decision.customer-choice', { option: 'wait' }, 'customer:C-0002');
    expect(sent.statusCode).toBe(200);
    expect(asked[0]).toMatchObject({
      principal: { kind: 'customer', id: 'C-0002' },
      form: { option: 'wait' },
    });
  });

  it.each([
    ['decision.which-way', 'customer:C-0001'],
    ['step.call-supplier', 'customer:C-0001'],
    ['decision.customer-choice', 'customer:C-none'],
    ['decision.customer-choice', 'supplier:S-001'],
    ['decision.customer-choice', 'person:gone'],
  ])('leads nowhere where %s is not theirs: %s', async (task, recipient) => {
    expect((await look(task, recipient)).statusCode).toBe(410);
    expect((await submit(task, { option: 'wait' }, recipient)).statusCode).toBe(410);
    expect(asked).toEqual([]);
  });
});

it('acting on a link marks the letter it came in as read', async () => {
  const task = `${INCIDENT}.wait.await-delivery`;
  await queueIncidentNotices(db, 'read', [{ template: 'incidentTask', to: 'person:xu.bo', facts: { task } }]);
  await db.update(notices).set({ state: 'delivered' });
  await submit('wait.await-delivery', { note: '已到货' });
  expect((await db.select().from(notices))[0]?.state).toBe('read');
});
