import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fastify, { type FastifyInstance } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../../api/app.js';
import pages from '../../api/pages/index.js';
import { type CompleteTaskRequest, completeTask } from '../../app/complete-task.js';
import type { AppContext } from '../../app/context.js';
import { createLinks } from '../../app/links.js';
import { TASK_FORMS, type TaskKind } from '../../contracts/forms.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { commands, notices, orders, people, policies, proposals, tasks } from '../../db/schema/index.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import { addTask, NUMBER, queueNotices, recordOrder } from '../activities/notice-record.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const links = createLinks('a secret of at least thirty-two characters', 'https://orders.example.com');
const issuedAt = '2026-11-24T01:30:00.000Z';
const at = '2026-11-24T02:00:00.000Z';
let database: TestDatabase;
let db: Database;
let app: FastifyInstance;
let ctx: AppContext;
let clock = at;
const asked: CompleteTaskRequest[] = [];
/** What the workflow answers; the pages, the use case and the record are real. */
let answer: () => Promise<unknown>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.appUrl, 3);
  await recordOrder(db);
  await addTasks();
  const temporal = {
    connection: { withDeadline: (_deadline: number, call: () => unknown) => call() },
    workflow: { getHandle: () => ({ executeUpdate }) },
  } as never;
  ctx = {
    db,
    temporal,
    log: pino({ level: 'silent' }),
    publicUrl: 'https://orders.example.com',
    now: () => new Date(clock),
  };
  app = fastify();
  await app.register(pages, {
    ctx,
    links,
    complete: (request) => {
      asked.push(request);
      return completeTask(ctx, request);
    },
  });
});

/** Answers, and settles the command with its record step, as the workflow does. */
async function executeUpdate(_name: string, { updateId }: { updateId: string }): Promise<unknown> {
  const result = await answer();
  const settled = { state: 'done' as const, status: 200, result, settledAt: clock };
  await db.update(commands).set(settled).where(eq(commands.id, updateId));
  return result;
}

beforeEach(async () => {
  asked.length = 0;
  clock = at;
  answer = async () => ({ number: NUMBER, phase: 'evaluating', version: 2 });
  await db.delete(commands);
});

afterAll(async () => {
  await app?.close();
  await db?.$client.end();
  await database?.drop();
});

const question = { evaluation: `${NUMBER}.evaluate.technical`, points: ['process'], department: 'technical' };

async function addTasks() {
  await db.insert(proposals).values({
    id: `${NUMBER}.proposal`,
    orderNumber: NUMBER,
    round: 1,
    orderVersion: 3,
    measure: 'overtime',
    promisedDelivery: '2026-12-09',
    currency: 'CNY',
    amountMinor: 256_000,
    proposedBy: 'wu.gang',
    proposedAt: at,
    state: 'open',
  });
  await db.$client.query(
    `insert into questions (id, order_number, point, department, text, asked_at)
     values ($1, $2, 'process', 'technical', '硬度 <b>要求</b>是多少？', now())`,
    [`${NUMBER}.evaluate.technical.process`, NUMBER],
  );
  const sales = { role: 'sales', assigneeId: 'chen.jing' };
  const manager = { role: 'orderManager', department: 'management', assigneeId: 'he.wei' };
  await db.insert(people).values({
    id: 'he.wei',
    name: '何伟',
    email: 'he.wei@redmark.example',
    department: 'management',
    roles: ['orderManager'],
  });
  const facts = { offeredDelivery: '2026-12-15' };
  await addTask(db, { id: `${NUMBER}.question.technical`, kind: 'question', ...sales, facts: question });
  await addTask(db, { id: `${NUMBER}.alternative.customer`, kind: 'alternative', ...sales, facts });
  await addTask(db, { id: `${NUMBER}.customerContact.sales`, kind: 'customerContact', ...sales });
  await addTask(db, {
    id: `${NUMBER}.measure.manufacturing`,
    kind: 'measure',
    role: 'manufacturing',
    assigneeId: 'wu.gang',
  });
  await addTask(db, { id: `${NUMBER}.conflict.orderManager`, kind: 'conflict', ...manager });
  await addTask(db, { id: `${NUMBER}.ground.orderManager`, kind: 'ground', ...manager });
  await addTask(db, { id: `${NUMBER}.reach.orderManager`, kind: 'reach', ...manager });
  await addTask(db, {
    id: `${NUMBER}.signOff.vp`,
    kind: 'signOff',
    role: 'vp',
    department: 'management',
    assigneeId: 'zheng.hong',
    facts: { proposal: `${NUMBER}.proposal` },
  });
}

const link = (task: string, recipient: string) =>
  new URL(links.actLink({ task: `${NUMBER}.${task}`, recipient, issuedAt })).pathname;

function get(url: string, language = 'zh-CN') {
  return app.inject({ method: 'GET', url, headers: { 'accept-language': language } });
}

function post(url: string, fields: Record<string, string>, language = 'zh-CN') {
  return app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': language },
    payload: new URLSearchParams(fields).toString(),
  });
}

const hiddenOf = (body: string): Record<string, string> =>
  Object.fromEntries(
    [...body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
      ([, name = '', value = '']) => [name, value],
    ),
  );

const points = ['product', 'quantity', 'price', 'process', 'deliveryDate', 'shipping'];
const allOk = Object.fromEntries(points.map((point) => [`points.${point}.ok`, 'true']));

const cases: {
  kind: TaskKind;
  task: string;
  as: string;
  says: string;
  fields: Record<string, string>;
  form: Record<string, unknown>;
}[] = [
  {
    kind: 'evaluate',
    task: 'evaluate.quality',
    as: 'person:qin.lan',
    says: '加工工艺（主责）',
    fields: { ...allOk, 'points.process.ok': 'false', 'points.process.ask': '硬度？' },
    form: {
      points: {
        ...Object.fromEntries(points.map((point) => [point, { ok: true }])),
        process: { ok: false, ask: '硬度？' },
      },
    },
  },
  {
    kind: 'question',
    task: 'question.technical',
    as: 'customer:C-0001',
    says: '硬度 &lt;b&gt;要求&lt;/b&gt;是多少？',
    fields: { answer: 'HRC 58–62\r\n表面淬火' },
    form: { how: 'link', answer: 'HRC 58–62\r\n表面淬火' },
  },
  {
    kind: 'question',
    task: 'question.technical',
    as: 'person:chen.jing',
    says: '+862155500104',
    fields: { answer: 'HRC 60', answeredBy: '李工', how: 'phone', at: '2026-11-24T09:55' },
    form: { answer: 'HRC 60', answeredBy: '李工', how: 'phone', at: '2026-11-24T01:55:00.000Z' },
  },
  {
    kind: 'measure',
    task: 'measure.manufacturing',
    as: 'person:wu.gang',
    says: '三班倒',
    fields: { option: 'threeShifts', promisedDelivery: '2026-12-08' },
    form: { option: 'threeShifts', promisedDelivery: '2026-12-08' },
  },
  {
    kind: 'alternative',
    task: 'alternative.customer',
    as: 'customer:C-0001',
    says: '2026-12-15',
    fields: { accept: 'false', words: '太晚了' },
    form: { how: 'link', accept: false, words: '太晚了' },
  },
  {
    kind: 'alternative',
    task: 'alternative.customer',
    as: 'person:chen.jing',
    says: '2026-12-15',
    fields: { accept: 'true', answeredBy: '李工', how: 'mail', at: '2026-11-24T09:55' },
    form: { accept: true, answeredBy: '李工', how: 'mail', at: '2026-11-24T01:55:00.000Z' },
  },
  {
    kind: 'conflict',
    task: 'conflict.orderManager',
    as: 'person:he.wei',
    says: '向客户提出替代交期',
    fields: { decision: 'offer', offeredDelivery: '2026-12-20', reason: '产能不足' },
    form: { decision: 'offer', offeredDelivery: '2026-12-20', reason: '产能不足' },
  },
  {
    kind: 'ground',
    task: 'ground.orderManager',
    as: 'person:he.wei',
    says: '急难理由是否成立',
    fields: { confirmed: 'true' },
    form: { confirmed: true },
  },
  {
    kind: 'signOff',
    task: 'signOff.vp',
    as: 'person:zheng.hong',
    says: 'CNY 2,560.00',
    fields: { decision: 'approve' },
    form: { proposal: `${NUMBER}.proposal`, decision: 'approve' },
  },
  {
    kind: 'customerContact',
    task: 'customerContact.sales',
    as: 'customer:C-0001',
    says: '是否收到货物',
    fields: { received: 'true', confirmedBy: '李工' },
    form: { how: 'link', at, received: true, confirmedBy: '李工' },
  },
  {
    kind: 'customerContact',
    task: 'customerContact.sales',
    as: 'person:chen.jing',
    says: '未联系上',
    fields: { reached: 'false', how: 'phone', at: '2026-11-24T09:59' },
    form: { reached: false, how: 'phone', at: '2026-11-24T01:59:00.000Z' },
  },
  {
    kind: 'reach',
    task: 'reach.orderManager',
    as: 'person:he.wei',
    says: '如何通知',
    fields: { note: '已电话通知陆峰' },
    form: { note: '已电话通知陆峰' },
  },
];

describe.each(cases)('the page of $kind for $as', ({ kind, task, as, says, fields, form }) => {
  it('shows what must be known, in the visitor’s language, each field with its label', async () => {
    const chinese = await get(link(task, as));
    expect(chinese.statusCode).toBe(200);
    expect(chinese.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(chinese.body).toContain('<html lang="zh-CN">');
    expect(chinese.body).toContain(says);
    expect(chinese.body).toContain('▮▮');
    expect(chinese.body).not.toMatch(/undefined|\[object|<script|<b>/);
    for (const [, id] of chinese.body.matchAll(/<(?:input type="(?!hidden)[^>]*|textarea) id="([^"]+)"/g)) {
      expect(chinese.body).toContain(` for="${id}"`);
    }
    const english = await get(link(task, as), 'en');
    expect(english.body).toContain('<html lang="en">');
    expect(english.body).toContain('Submit');
  });

  it('finishes the task as exactly the one it was sent to, by the form that the API takes', async () => {
    const url = link(task, as);
    const hidden = hiddenOf((await get(url)).body);
    const done = await post(url, { ...hidden, ...fields });
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('已提交');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      taskId: `${NUMBER}.${task}`,
      idempotencyKey: hidden.nonce,
      principal: { kind: as.split(':')[0], id: as.split(':')[1], credential: 'link' },
    });
    expect(asked[0]?.form).toEqual(form);
    expect(TASK_FORMS[kind].safeParse(form).success).toBe(true);
    expect(done.body.includes('尚未收到货物')).toBe(false);
    const [command] = await db.select().from(commands);
    expect(command).toMatchObject({ credential: 'link', state: 'done', target: `order/${NUMBER}` });
  });
});

describe('acting by a link', () => {
  it('records its notice as read, and no other', async () => {
    const step = `order/${NUMBER}/read`;
    const facts = { task: `${NUMBER}.evaluate.quality` };
    await queueNotices(db, step, [
      { template: 'departmentsTold', to: 'person:qin.lan', facts },
      { template: 'departmentsTold', to: 'person:wu.gang', facts },
      { template: 'taskOpened', to: 'person:qin.lan', facts: { task: `${NUMBER}.evaluate.quality.2` } },
    ]);
    await db.update(notices).set({ state: 'delivered' });
    const url = link('evaluate.quality', 'person:qin.lan');
    const { body } = await get(url);
    const states = async () =>
      (await db.select().from(notices).orderBy(notices.key)).map(({ state, readAt }) => [state, readAt]);
    expect((await states()).map(([state]) => state)).toEqual(['delivered', 'delivered', 'delivered']);
    await post(url, { ...hiddenOf(body), ...allOk });
    expect(await states()).toEqual([
      ['read', at],
      ['delivered', null],
      ['delivered', null],
    ]);
  });

  it('tells a customer whose goods did not arrive that it is on record, and whom to call', async () => {
    const url = link('customerContact.sales', 'customer:C-0001');
    const page = await post(url, {
      ...hiddenOf((await get(url)).body),
      received: 'false',
      words: '未见货物',
    });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('尚未收到货物');
    expect(page.body).toContain('陈静');
    expect(asked[0]?.form).toMatchObject({ received: false, words: '未见货物' });
  });
});

describe('a form', () => {
  const url = link('evaluate.quality', 'person:qin.lan');

  it('that is sent twice has one effect and says the same', async () => {
    const fields = { ...hiddenOf((await get(url)).body), ...allOk };
    const both = await Promise.all([post(url, fields), post(url, fields)]);
    const third = await post(url, fields);
    expect([...both, third].map(({ statusCode }) => statusCode)).not.toContain(409);
    expect(third.statusCode).toBe(200);
    expect(await db.select().from(commands)).toHaveLength(1);
  });

  it('says beside each field what is wrong, in the visitor’s language, and keeps what was typed', async () => {
    const hidden = hiddenOf((await get(url)).body);
    const note = '不确定 <script>alert(1)</script> "引号"';
    const fields = {
      ...hidden,
      ...allOk,
      'points.price.ok': 'false',
      'points.shipping.ok': '',
      'points.product.note': note,
    };
    const wrong = await post(url, fields);
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('id="f-points-price-note-problem">未确认的项目，请说明问题');
    expect(wrong.body).toContain('id="f-points-shipping-ok-problem">请选择一项');
    expect(wrong.body).toContain('不确定 &lt;script&gt;alert(1)&lt;/script&gt; &quot;引号&quot;');
    expect(wrong.body).not.toContain('<script>');
    expect(wrong.body).toMatch(/name="points\.price\.ok" value="false" checked/);
    expect(await db.select().from(commands)).toHaveLength(0);

    const english = await post(url, fields, 'en');
    expect(english.body).toContain('say what is wrong or write the question');
    const mended = {
      ...fields,
      ...hiddenOf(wrong.body),
      'points.price.note': '含税？',
      'points.shipping.ok': 'true',
    };
    expect((await post(url, mended)).statusCode).toBe(200);
  });

  it('that Temporal cannot take now is safely kept, and the page says so', async () => {
    answer = async () => {
      throw new Error('Temporal is away');
    };
    const later = await post(url, { ...hiddenOf((await get(url)).body), ...allOk });
    expect(later.statusCode).toBe(202);
    expect(later.body).toContain('无需重复提交');
    const [command] = await db.select().from(commands);
    expect(command).toMatchObject({ state: 'pending' });
  });

  it.each([
    ['without its nonce', { ...allOk }, 400],
    ['with a nonce of one letter', { ...allOk, nonce: 'x' }, 400],
    ['with a NUL', { ...allOk, nonce: '0123456789abcdef', 'points.price.note': 'a\0b' }, 422],
    [
      'with a note of 3,000 letters',
      { ...allOk, nonce: '0123456789abcdef', 'points.price.note': 'x'.repeat(3000) },
      422,
    ],
    ['with a choice that is none', { ...allOk, nonce: '0123456789abcdef', 'points.price.ok': 'maybe' }, 422],
    [
      'with fields of no form',
      { ...allOk, nonce: '0123456789abcdef', __proto__x: '1', 'points.price.ok.x': '1' },
      200,
    ],
  ])('%s is answered as such', async (_what, fields, status) => {
    expect((await post(url, fields as Record<string, string>)).statusCode).toBe(status);
  });

  it('of another content type, or too large, is refused by a page', async () => {
    const json = await app.inject({ method: 'POST', url, payload: { nonce: 1 } });
    expect(json.statusCode).toBe(415);
    expect(json.headers['content-type']).toContain('text/html');
    const large = await post(url, {
      ...allOk,
      nonce: '0123456789abcdef',
      'points.price.note': 'x'.repeat(200_000),
    });
    expect(large.statusCode).toBe(413);
  });

  it('signs the proposal that was read, by its id; another one is the workflow’s to refuse', async () => {
    const signing = link('signOff.vp', 'person:zheng.hong');
    const hidden = hiddenOf((await get(signing)).body);
    await post(signing, { ...hidden, decision: 'approve' });
    expect(asked[0]?.form).toMatchObject({ proposal: `${NUMBER}.proposal` });
    const forged = await post(signing, {
      ...hidden,
      nonce: 'fedcba9876543210',
      proposal: 'SO-x.proposal.9',
      decision: 'approve',
    });
    expect(forged.statusCode).toBe(200);
    expect(asked[1]?.form).toMatchObject({ proposal: 'SO-x.proposal.9' });
  });
});

describe('a link that leads nowhere says so kindly, in the visitor’s language', () => {
  const url = link('evaluate.quality', 'person:qin.lan');
  const setState = (state: 'open' | 'done' | 'withdrawn') =>
    db
      .update(tasks)
      .set({ state })
      .where(eq(tasks.id, `${NUMBER}.evaluate.quality`));

  it('when its task is done', async () => {
    const fields = { ...hiddenOf((await get(url)).body), ...allOk };
    await setState('done');
    try {
      const used = await get(url);
      expect(used.statusCode).toBe(410);
      expect(used.body).toContain('该事项已办理');
      expect((await get(url, 'en')).body).toContain('done already');
      const late = await post(url, fields);
      expect(late.statusCode).toBe(410);
      expect(late.body).toContain('该事项已办理');
    } finally {
      await setState('open');
    }
  });

  it('but the repeat of a form that finished it is thanked like the first', async () => {
    const fields = { ...hiddenOf((await get(url)).body), ...allOk };
    expect((await post(url, fields)).statusCode).toBe(200);
    await setState('done');
    try {
      const repeat = await post(url, fields);
      expect(repeat.statusCode).toBe(200);
      expect(repeat.body).toContain('已提交');
    } finally {
      await setState('open');
    }
  });

  it('when its task was withdrawn', async () => {
    await setState('withdrawn');
    try {
      const withdrawn = await get(url);
      expect(withdrawn.statusCode).toBe(410);
      expect(withdrawn.body).toContain('该事项已撤销');
      expect((await post(url, { ...allOk, nonce: '0123456789abcdef' })).statusCode).toBe(410);
      expect(asked).toHaveLength(0);
    } finally {
      await setState('open');
    }
  });

  it('when it has expired, to the second', async () => {
    clock = '2026-12-24T01:29:59.999Z';
    expect((await get(url)).statusCode).toBe(200);
    clock = '2026-12-24T01:30:00.000Z';
    const expired = await get(url);
    expect(expired.statusCode).toBe(410);
    expect(expired.body).toContain('链接已过期');
    expect((await post(url, { ...allOk, nonce: '0123456789abcdef' })).statusCode).toBe(410);
    expect(asked).toHaveLength(0);
  });

  it.each([
    ['a task that is gone', link('evaluate.nobody', 'person:qin.lan'), 410, '链接已失效'],
    ['a person who has left', link('evaluate.quality', 'person:gone'), 410, '链接已失效'],
    ['another customer', link('question.technical', 'customer:C-0002'), 410, '链接已失效'],
    ['a recipient of no kind', link('evaluate.quality', 'ops'), 410, '链接已失效'],
    ['a forged token', `${link('evaluate.quality', 'person:qin.lan')}x`, 404, '未找到页面'],
    ['no token', '/t/', 404, '未找到页面'],
    ['strange letters', '/t/%00%F0%9F%A6%8A/../x', 404, ''],
  ])('for %s', async (_what, address, status, says) => {
    const page = await get(address);
    expect(page.statusCode).toBe(status);
    expect(page.body).toContain(says);
  });

  it('when the role does not allow it any more', async () => {
    const forbidden = await post(link('evaluate.quality', 'person:wu.gang'), {
      ...allOk,
      nonce: '0123456789abcdef',
    });
    expect(forbidden.statusCode).toBe(403);
    expect(forbidden.body).toContain('没有办理该事项的权限');
  });

  it('when signing by link is switched off', async () => {
    let revision = 1;
    const setByLink = (byLink: boolean) => {
      revision += 1;
      const policy = { ...defaultPolicy, signOff: { ...defaultPolicy.signOff, byLink } };
      return db.insert(policies).values({ revision, policy, by: 'test', at });
    };
    await setByLink(false);
    try {
      for (const page of [
        await get(link('signOff.vp', 'person:zheng.hong')),
        await post(link('signOff.vp', 'person:zheng.hong'), {
          nonce: '0123456789abcdef',
          decision: 'approve',
        }),
      ]) {
        expect(page.statusCode).toBe(403);
        expect(page.body).toContain('未开放通过邮件链接签字');
      }
      expect(asked).toHaveLength(0);
    } finally {
      await setByLink(true);
    }
  });
});

describe('a GET', () => {
  it('changes nothing, however often', async () => {
    const snapshot = async () => {
      const tables = [
        'orders',
        'tasks',
        'commands',
        'notices',
        'audit',
        'questions',
        'proposals',
        'deadlines',
      ];
      const rows = tables.map((table) =>
        db.$client.query(`select to_jsonb(t) row from ${table} t order by 1`),
      );
      return JSON.stringify((await Promise.all(rows)).map((result) => result.rows));
    };
    const before = await snapshot();
    for (const { task, as } of cases) {
      await get(link(task, as));
      await app.inject({ method: 'HEAD', url: link(task, as) });
    }
    expect(await snapshot()).toBe(before);
    expect(asked).toHaveLength(0);
  });

  it('may not be cached, indexed, framed or referred from, and runs no script', async () => {
    const { headers, body } = await get(link('evaluate.quality', 'person:qin.lan'));
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(body) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`);
    // An inline style would be refused by that policy.
    expect(body).not.toContain('style="');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(headers['content-security-policy']).not.toContain('script');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-robots-tag']).toContain('noindex');
    expect(headers.vary).toBe('Accept-Language');
    expect(headers['set-cookie']).toBeUndefined();
  });
});

it('keeps its own headers and language inside the whole API, whose other answers stay problems', async () => {
  const whole = await buildApp({ ctx, links, developmentTokens: false, warningSources: [] });
  try {
    const url = link('evaluate.quality', 'person:qin.lan');
    const page = await whole.inject({ method: 'GET', url, headers: { 'accept-language': 'en' } });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("form-action 'self'");
    expect(page.headers['content-language']).toBe('en');
    const form = await whole.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'a=b',
    });
    expect(form.statusCode).toBeGreaterThanOrEqual(400);
    expect(form.headers['content-type']).toContain('application/problem+json');
  } finally {
    await whole.close();
  }
});

describe('the tracking page (P01.4–5)', () => {
  const url = new URL(links.viewLink({ order: NUMBER, trackingVersion: 1 })).pathname;

  it('tells the customer where the order stands, and nothing internal', async () => {
    const { statusCode, body } = await get(url);
    expect(statusCode).toBe(200);
    for (const fact of [NUMBER, '已收到，正在评估', '传动轴 45（RM-SHAFT-45）× 2 件', '2026-12-09', '陈静']) {
      expect(body).toContain(fact);
    }
    expect(body).not.toMatch(/得分|判定依据|吴刚|硬度|加班|郑宏|<form/);
    expect((await get(url, 'en-GB')).body).toContain('Received; our departments are evaluating it');
  });

  it('takes no submission', async () => {
    expect((await post(url, { nonce: '0123456789abcdef' })).statusCode).toBe(404);
  });

  it('is gone once the tracking version was raised', async () => {
    await db.update(orders).set({ trackingVersion: 2 }).where(eq(orders.number, NUMBER));
    try {
      expect((await get(url)).statusCode).toBe(410);
    } finally {
      await db.update(orders).set({ trackingVersion: 1 }).where(eq(orders.number, NUMBER));
    }
  });
});

it('says that the system is away when the database is, without a word of why', async () => {
  const away = connectDatabase('postgres://nobody@127.0.0.1:1/none', 1);
  const lonely = fastify();
  const ctx = { db: away, now: () => new Date(at) } as AppContext;
  await lonely.register(pages, { ctx, links, complete: () => Promise.reject(new Error('not reached')) });
  try {
    const page = await lonely.inject({ method: 'GET', url: link('evaluate.quality', 'person:qin.lan') });
    expect(page.statusCode).toBe(503);
    expect(page.body).toContain('系统暂时不可用');
    expect(page.body).not.toContain('127.0.0.1');
  } finally {
    await lonely.close();
    await away.$client.end();
  }
});
