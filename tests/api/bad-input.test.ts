import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import { samplePlaybook } from '../domain/playbooks/sample-playbook.js';
import { type ApiRig, goodOrder, NOW, startApiRig, type TokenName } from './api-rig.js';

let rig: ApiRig;
let order: string;
let incident: string;
const goodReport = {
  type: 'supplier-delay',
  summary: '轴承供应商未按期交货',
  dedupKey: 'supplier-delay/S-1',
};
beforeAll(async () => {
  rig = await startApiRig();
  const placed = await rig.send({ method: 'POST', url: '/v1/orders', as: 'client', payload: goodOrder });
  order = placed.json().number;
  await publishBuiltIns(rig.ctx.db, NOW, [samplePlaybook]);
  const reported = await rig.send({ method: 'POST', url: '/v1/incidents', payload: goodReport });
  incident = reported.json().number;
});
afterAll(() => rig?.stop());

interface Bad {
  what: string;
  /** The request; `:number` stands for an order that is there, `:incident` for an incident. */
  url: string;
  method?: 'POST' | 'PUT';
  as?: TokenName | null;
  body?: unknown;
  headers?: Record<string, string>;
  status: number;
  code: string;
  /** The field that the problem names. */
  field?: string;
}

async function expectRefused({ url, method, as, body, headers, status, code, field }: Bad): Promise<void> {
  const before = await rig.countRows();
  const json = { 'content-type': 'application/json' };
  const answer = await rig.send({
    url: url.replace(':number', order).replace(':incident', incident),
    method: method ?? 'GET',
    as: as === undefined ? 'orderManager' : as,
    payload: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
    headers: { ...(body === undefined ? {} : json), ...headers },
  });
  const problem = answer.json();
  expect([answer.statusCode, problem.code], answer.body).toEqual([status, code]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  expect(problem).toMatchObject({ status, type: `urn:redmark:problem:${code}`, title: expect.any(String) });
  if (field !== undefined) {
    const fields = (problem.errors ?? []).map((error: { field: string }) => error.field);
    expect(fields, answer.body).toContain(field);
  }
  expect(await rig.countRows()).toEqual(before);
}

const line = goodOrder.lines[0];
const withLine = (change: object) => ({ ...goodOrder, lines: [{ ...line, ...change }] });
const withAddress = (change: object) => ({ ...goodOrder, shipTo: { ...goodOrder.shipTo, ...change } });
const withCustomer = (change: object) => ({ ...goodOrder, customer: { ...goodOrder.customer, ...change } });

/** Bodies of `POST /v1/orders` and the field each is refused for (P06.1). */
const badOrders: [string, unknown, string][] = [
  ['an unknown SKU', withLine({ sku: 'RM-NOPE' }), 'lines.0.sku'],
  ['quantity 0', withLine({ quantity: 0 }), 'lines.0.quantity'],
  ['quantity 1.5', withLine({ quantity: 1.5 }), 'lines.0.quantity'],
  ['quantity 10^12', withLine({ quantity: 1e12 }), 'lines.0.quantity'],
  ['quantity as text', withLine({ quantity: '1' }), 'lines.0.quantity'],
  ['a negative price', withLine({ unitPriceMinor: -1 }), 'lines.0.unitPriceMinor'],
  ['a price with a fraction', withLine({ unitPriceMinor: 1.5 }), 'lines.0.unitPriceMinor'],
  ['an amount past all bounds', withLine({ quantity: 1_000_000, unitPriceMinor: 1e15 }), 'lines.0'],
  ['a discount above all', withLine({ discountBp: 10_001 }), 'lines.0.discountBp'],
  ['an unknown field of a line', withLine({ colour: 'red' }), 'lines.0.colour'],
  ['no lines', { ...goodOrder, lines: [] }, 'lines'],
  ['a delivery in the past', { ...goodOrder, requestedDelivery: '2026-11-23' }, 'requestedDelivery'],
  ['a delivery beyond five years', { ...goodOrder, requestedDelivery: '2199-12-31' }, 'requestedDelivery'],
  ['31 February', { ...goodOrder, requestedDelivery: '2027-02-31' }, 'requestedDelivery'],
  ['a delivery that is no date', { ...goodOrder, requestedDelivery: 'soon' }, 'requestedDelivery'],
  [
    'a reply time in the past',
    { ...goodOrder, requestedReplyBy: '2026-11-24T01:00:00Z' },
    'requestedReplyBy',
  ],
  ['a reply day in the past', { ...goodOrder, requestedReplyBy: '2026-11-20' }, 'requestedReplyBy'],
  ['a receipt in the future', { ...goodOrder, receivedAt: '2026-11-24T02:00:00Z' }, 'receivedAt'],
  ['a receipt two days back', { ...goodOrder, receivedAt: '2026-11-22T01:00:00Z' }, 'receivedAt'],
  ['a receipt without a zone', { ...goodOrder, receivedAt: '2026-11-24T01:00:00' }, 'receivedAt'],
  ['an unknown currency', { ...goodOrder, currency: 'XXQ' }, 'currency'],
  ['a currency in small letters', { ...goodOrder, currency: 'cny' }, 'currency'],
  ['an unknown country', withAddress({ country: 'XX' }), 'shipTo.country'],
  ['no city', withAddress({ city: undefined }), 'shipTo.city'],
  [
    'a line break in a mail address',
    withCustomer({ email: 'a@b.example\r\nBcc: c@d.example' }),
    'customer.email',
  ],
  ['two mail addresses', withCustomer({ email: 'a@b.example, c@d.example' }), 'customer.email'],
  ['a line break in a name', withCustomer({ name: '张三\n李四' }), 'customer.name'],
  ['a name of 201 characters', withCustomer({ name: '长'.repeat(201) }), 'customer.name'],
  ['a telephone of letters', withCustomer({ phone: 'call me' }), 'customer.phone'],
  ['a customer without a name or id', { ...goodOrder, customer: {} }, 'customer.name'],
  ['an id beside a name', withCustomer({ id: 'C-0001' }), 'customer.id'],
  ['an unknown customer', { ...goodOrder, customer: { id: 'C-nope' } }, 'customer.id'],
  ['NUL in a text', { ...goodOrder, specialRequirements: 'a\u0000b' }, 'specialRequirements'],
  ['half a surrogate pair', { ...goodOrder, specialRequirements: 'a\ud800b' }, 'specialRequirements'],
  ['an unknown ground', { ...goodOrder, ground: 'money', groundStatement: '…' }, 'ground'],
  ['an unknown channel', { ...goodOrder, channel: 'fax' }, 'channel'],
  ['an unknown field', { ...goodOrder, priority: 1 }, 'priority'],
  ['a class chosen by the client', { ...goodOrder, class: 'critical' }, 'class'],
  ['nothing', {}, 'lines'],
  ['a list', [], 'body'],
  ['null', null, 'body'],
  ['a number', 7, 'body'],
];

describe('an order is refused, by its field, and nothing is stored: ', () => {
  it.each(badOrders)('%s', (what, body, field) =>
    expectRefused({
      what,
      url: '/v1/orders',
      method: 'POST',
      as: 'client',
      body,
      status: 422,
      code: 'invalid-input',
      field,
    }),
  );

  it('a discontinued product', async () => {
    const products = await rig.send({ url: '/v1/products?discontinued=true', as: 'client' });
    const { sku } = products.json().items[0];
    await expectRefused({
      what: 'discontinued',
      url: '/v1/orders',
      method: 'POST',
      body: withLine({ sku }),
      status: 422,
      code: 'invalid-input',
      field: 'lines.0.sku',
    });
  });

  it('a name that two customers have', async () => {
    for (const email of ['one@twin.example', 'two@twin.example']) {
      const body = { ...goodOrder, customer: { name: '同名公司', email } };
      const placed = await rig.send({ method: 'POST', url: '/v1/orders', as: 'sales', payload: body });
      expect(placed.statusCode, placed.body).toBe(201);
    }
    await expectRefused({
      what: 'ambiguous',
      url: '/v1/orders',
      method: 'POST',
      as: 'sales',
      body: { ...goodOrder, customer: { name: '同名公司' } },
      status: 409,
      code: 'ambiguous-customer',
      field: 'customer.name',
    });
  });
});

const signOff = { proposal: 'SO-20261124-0001.proposal', decision: 'approve' };
const delivery = { how: 'phone', confirmedBy: '王磊', at: '2026-11-24T01:00:00Z' };
const task = 'SO-20261124-0001.evaluate.quality';

/** Every route that reads a body: a body that it takes, who may send it, a field that can be wrong. */
const bodies = [
  {
    url: '/v1/orders',
    method: 'POST',
    as: 'client',
    body: goodOrder,
    wrong: { channel: 7 },
    wrongRole: 'quality',
  },
  {
    url: '/v1/orders/:number/sign-off',
    method: 'POST',
    as: 'vp',
    body: signOff,
    wrong: { decision: 'maybe' },
  },
  {
    url: '/v1/orders/:number/classify',
    method: 'POST',
    as: 'orderManager',
    body: { class: 'urgent', reason: '客户产线停机' },
    wrong: { class: 'odd' },
    wrongRole: 'quality',
  },
  {
    url: '/v1/orders/:number/progress',
    method: 'POST',
    as: 'manufacturing',
    body: { milestone: 'produce' },
    wrong: { milestone: 'dance' },
    wrongRole: 'hr',
  },
  {
    url: '/v1/orders/:number/delivery',
    method: 'POST',
    as: 'sales',
    body: delivery,
    wrong: { at: '31.2.2027' },
  },
  {
    url: '/v1/incidents',
    method: 'POST',
    as: 'client',
    body: goodReport,
    wrong: { type: 'Supplier' },
  },
  {
    url: '/v1/incidents/:incident/decide',
    method: 'POST',
    as: 'vp',
    body: { step: 'which-way', option: 'wait' },
    wrong: { option: '' },
    wrongRole: 'hr',
  },
  {
    url: '/v1/incidents/:incident/severity',
    method: 'POST',
    as: 'vp',
    body: { severity: 3, reason: '急难订单等料' },
    wrong: { severity: 4 },
    wrongRole: 'hr',
  },
  {
    url: '/v1/incidents/:incident/team',
    method: 'POST',
    as: 'vp',
    body: { team: { lead: 'wu.lei' } },
    wrong: { team: {} },
    wrongRole: 'hr',
  },
  {
    url: '/v1/incidents/:incident/hand-over',
    method: 'POST',
    as: 'vp',
    body: { to: 'wu.lei', note: '出差' },
    wrong: { note: '' },
    wrongRole: 'hr',
  },
  {
    url: '/v1/incidents/:incident/retry',
    method: 'POST',
    as: 'vp',
    body: { step: 'expedite', reason: '邮箱已更正' },
    wrong: { reason: ' ' },
    wrongRole: 'hr',
  },
  {
    url: '/v1/incidents/:incident/skip',
    method: 'POST',
    as: 'vp',
    body: { step: 'expedite', reason: '已电话催货' },
    wrong: { step: 7 },
    wrongRole: 'hr',
  },
  {
    url: '/v1/incidents/:incident/resolve',
    method: 'POST',
    as: 'vp',
    body: { note: '已交货' },
    wrong: { note: null },
    wrongRole: 'hr',
  },
  {
    url: '/v1/policy',
    method: 'PUT',
    as: 'orderManager',
    body: { revision: 1, policy: defaultPolicy },
    wrong: { revision: 0 },
    wrongRole: 'vp',
  },
  {
    url: '/v1/playbooks/supplier-delay/draft',
    method: 'PUT',
    as: 'orderManager',
    body: { baseRevision: 1, playbook: samplePlaybook },
    wrong: { baseRevision: -1 },
    wrongRole: 'vp',
  },
  {
    url: '/v1/playbooks/supplier-delay/draft/publish',
    method: 'POST',
    as: 'emergencyManager',
    body: { revision: 2 },
    wrong: { revision: 0 },
    wrongRole: 'orderManager',
  },
  {
    url: '/v1/playbooks/supplier-delay/retire',
    method: 'POST',
    as: 'generalManager',
    body: { reason: '已并入供应链中断' },
    wrong: { reason: '' },
    wrongRole: 'orderManager',
  },
] as const;

describe.each(bodies)('$method $url refuses', ({ url, method, as, body, wrong, ...rest }) => {
  const field = Object.keys(wrong)[0] ?? '';
  const request = { url, method, as };

  it.each<Omit<Bad, 'url' | 'method'>>([
    { what: 'a wrong field', body: { ...body, ...wrong }, status: 422, code: 'invalid-input', field },
    {
      what: 'a missing field',
      body: { ...body, [field]: undefined },
      status: 422,
      code: 'invalid-input',
      field,
    },
    {
      what: 'an unknown field',
      body: { ...body, extra: true },
      status: 422,
      code: 'invalid-input',
      field: 'extra',
    },
    { what: 'no body', body: undefined, status: 422, code: 'invalid-input', field: 'body' },
    { what: 'an empty body', body: '', status: 400, code: 'malformed-body' },
    { what: 'broken JSON', body: '{"channel": ', status: 400, code: 'malformed-body' },
    { what: 'a prototype in the body', body: '{"__proto__": {"a": 1}}', status: 400, code: 'malformed-body' },
    { what: 'a body of 5 MB', body: `"${'x'.repeat(5_000_000)}"`, status: 413, code: 'body-too-large' },
    {
      what: 'another content type',
      body: '<order/>',
      headers: { 'content-type': 'application/xml' },
      status: 415,
      code: 'unsupported-media-type',
    },
    {
      what: 'plain text',
      body: JSON.stringify(body),
      headers: { 'content-type': 'text/plain' },
      status: 415,
      code: 'unsupported-media-type',
    },
    { what: 'no credential', as: null, body, status: 401, code: 'unauthenticated' },
    {
      what: 'an unknown credential',
      as: null,
      body,
      headers: { authorization: 'Bearer nobody' },
      status: 401,
      code: 'unauthenticated',
    },
    {
      what: 'another scheme',
      as: null,
      body,
      headers: { authorization: 'Basic dGVzdDp0ZXN0' },
      status: 401,
      code: 'unauthenticated',
    },
  ])('$what', (bad) => expectRefused({ ...request, ...bad }));

  if (method === 'POST') {
    it.each(['', 'x'.repeat(256), 'schlüssel', 'a\tb'])('the Idempotency-Key %j', (key) =>
      expectRefused({
        ...request,
        what: 'key',
        body,
        headers: { 'idempotency-key': key },
        status: 400,
        code: 'invalid-idempotency-key',
      }),
    );
  }
  if ('wrongRole' in rest) {
    it(`the role ${rest.wrongRole}`, () =>
      expectRefused({ ...request, what: 'role', as: rest.wrongRole, body, status: 403, code: 'forbidden' }));
  }
  if (url !== '/v1/orders' && url !== '/v1/incidents') {
    it('an API client', () =>
      expectRefused({ ...request, what: 'client', as: 'client', body, status: 403, code: 'forbidden' }));
  }
  if (url.includes(':number')) {
    it('an order that is not there', () =>
      expectRefused({
        ...request,
        url: url.replace(':number', 'SO-20200101-9999'),
        what: 'absent',
        body,
        status: 404,
        code: 'not-found',
      }));
    it.each(['%00', 'x', 'SO-20261124-0001%0A', "SO-20261124-0001'--"])('the number %s', (number) =>
      expectRefused({
        ...request,
        url: url.replace(':number', number),
        what: 'number',
        body,
        status: 400,
        code: 'invalid-parameter',
        field: 'number',
      }),
    );
  }
});

describe('what is done to incidents is refused', () => {
  it.each(['decide', 'severity', 'team', 'hand-over', 'retry', 'skip', 'resolve', 'acknowledge'])(
    'on an incident that is not there, and one that can be none: %s',
    async (change) => {
      const body = {
        ...bodies.find(({ url }) => url.endsWith(`/:incident/${change}`))?.body,
      };
      const request = { what: change, method: 'POST' as const, as: 'vp' as const, body };
      const at = (number: string) => `/v1/incidents/${number}/${change}`;
      await expectRefused({ ...request, url: at('IN-20200101-9999'), status: 404, code: 'not-found' });
      for (const number of ['%00', 'x', 'SO-20261124-0001', "IN-20261124-0001'--"]) {
        await expectRefused({
          ...request,
          url: at(number),
          status: 400,
          code: 'invalid-parameter',
          field: 'number',
        });
      }
    },
  );

  it.each<[string, string, object, string]>([
    ['a step that the playbook has not', 'skip', { step: 'moon', reason: '无' }, 'step'],
    ['a step that is no decision', 'decide', { step: 'expedite', option: 'wait' }, 'step'],
    ['an option that is none', 'decide', { step: 'which-way', option: 'pray' }, 'option'],
    ['a role that the team has not', 'team', { team: { moon: 'wu.lei' } }, 'team.moon'],
    ['nobody as lead', 'team', { team: { lead: 'nobody' } }, 'team.lead'],
    ['nobody as owner', 'hand-over', { to: 'nobody', note: '出差' }, 'to'],
    ['a word for true', 'acknowledge', { undo: 'yes' }, 'undo'],
    ['an unknown field', 'acknowledge', { by: 'wu.lei' }, 'by'],
  ])('by its field: %s', (what, change, body, field) =>
    expectRefused({
      what,
      url: `/v1/incidents/:incident/${change}`,
      method: 'POST',
      as: 'vp',
      body,
      status: 422,
      code: 'invalid-input',
      field,
    }),
  );

  it('a decision that is not open', () =>
    expectRefused({
      what: 'not open',
      url: '/v1/incidents/:incident/decide',
      method: 'POST',
      as: 'vp',
      body: { step: 'which-way', option: 'wait' },
      status: 409,
      code: 'task-not-open',
    }));

  it.each(['hr', 'client'] as const)('an acknowledgement by %s', (as) =>
    expectRefused({
      what: as,
      url: '/v1/incidents/:incident/acknowledge',
      method: 'POST',
      as,
      body: {},
      status: 403,
      code: 'forbidden',
    }),
  );

  it.each([
    ['a customer’s order that is not there', { orders: ['SO-20200101-9999'] }, 'orders.0'],
    ['a parent that is not there', { parent: 'IN-20200101-9999' }, 'parent'],
    ['a parent that is an order', { parent: 'SO-20261124-0001' }, 'parent'],
    ['a type without a playbook', { type: 'moon-landing' }, 'type'],
    ['a fact of another kind', { facts: { delayHours: -1 } }, 'facts.delayHours'],
    ['an unknown fact', { facts: { moon: 'full' } }, 'facts.moon'],
    ['NUL in the words', { summary: 'a\u0000b' }, 'summary'],
  ])('a report of %s', (what, change, field) =>
    expectRefused({
      what,
      url: '/v1/incidents',
      method: 'POST',
      body: { ...goodReport, ...change },
      status: 422,
      code: 'invalid-input',
      field,
    }),
  );
});

describe('POST /v1/tasks/{id}/complete refuses', () => {
  const url = `/v1/tasks/${task}/complete`;
  const body = { points: {} };
  it.each<Omit<Bad, 'url'>>([
    { what: 'a task that is not there', body, status: 404, code: 'not-found' },
    { what: 'no credential', as: null, body, status: 401, code: 'unauthenticated' },
    { what: 'an API client', as: 'client', body, status: 403, code: 'forbidden' },
    { what: 'broken JSON', body: '{', status: 400, code: 'malformed-body' },
    { what: 'a body of 5 MB', body: `"${'x'.repeat(5_000_000)}"`, status: 413, code: 'body-too-large' },
    {
      what: 'another content type',
      body: 'a=b',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      status: 415,
      code: 'unsupported-media-type',
    },
    {
      what: 'a bad key',
      body,
      headers: { 'idempotency-key': 'é' },
      status: 400,
      code: 'invalid-idempotency-key',
    },
  ])('$what', (bad) => expectRefused({ url, method: 'POST', ...bad }));

  it.each(['%00', 'x', 'SO-20261124-0001', 'SO-20261124-0001.evaluate.quality%00'])('the id %s', (id) =>
    expectRefused({
      what: 'id',
      url: `/v1/tasks/${id}/complete`,
      method: 'POST',
      body,
      status: 400,
      code: 'invalid-parameter',
      field: 'id',
    }),
  );
});

describe('POST /v1/playbooks/{type}/simulate refuses', () => {
  const url = '/v1/playbooks/supplier-delay/simulate';
  it.each<Omit<Bad, 'url' | 'method'>>([
    {
      what: 'a level that is none',
      body: { severity: 4 },
      status: 422,
      code: 'invalid-input',
      field: 'severity',
    },
    { what: 'no level', body: {}, status: 422, code: 'invalid-input', field: 'severity' },
    {
      what: 'an instant without a zone',
      body: { severity: 1, startAt: '2026-11-24T09:30:00' },
      status: 422,
      code: 'invalid-input',
      field: 'startAt',
    },
    {
      what: 'the draft and a revision at once',
      body: { severity: 1, revision: 1, draft: true },
      status: 422,
      code: 'invalid-input',
      field: 'revision',
    },
    {
      what: 'a revision that is not there',
      body: { severity: 1, revision: 9 },
      status: 404,
      code: 'not-found',
    },
    { what: 'a draft that is not there', body: { severity: 1, draft: true }, status: 404, code: 'not-found' },
    { what: 'broken JSON', body: '{', status: 400, code: 'malformed-body' },
    { what: 'a list', body: [], status: 422, code: 'invalid-input', field: 'body' },
    { what: 'an API client', as: 'client', body: { severity: 1 }, status: 403, code: 'forbidden' },
    { what: 'no credential', as: null, body: { severity: 1 }, status: 401, code: 'unauthenticated' },
  ])('$what', (bad) => expectRefused({ url, method: 'POST', ...bad }));
});

/** Every route that reads an address alone, and what can be wrong with it. */
const addresses: [url: string, status: number, code: string, field?: string][] = [
  ['/v1/orders?class=odd', 400, 'invalid-parameter', 'class'],
  ['/v1/orders?grade=4', 400, 'invalid-parameter', 'grade'],
  ['/v1/orders?phase=done', 400, 'invalid-parameter', 'phase'],
  ['/v1/orders?breached=1', 400, 'invalid-parameter', 'breached'],
  ['/v1/orders?limit=0', 400, 'invalid-parameter', 'limit'],
  ['/v1/orders?limit=201', 400, 'invalid-parameter', 'limit'],
  ['/v1/orders?limit=1.5', 400, 'invalid-parameter', 'limit'],
  ['/v1/orders?limit=many', 400, 'invalid-parameter', 'limit'],
  ['/v1/orders?dueBefore=2026-02-31T00:00:00Z', 400, 'invalid-parameter', 'dueBefore'],
  ['/v1/orders?dueBefore=tomorrow', 400, 'invalid-parameter', 'dueBefore'],
  ['/v1/orders?cursor=nope', 400, 'invalid-parameter', 'cursor'],
  ['/v1/orders?cursor=WyJhIiwiYiJd', 400, 'invalid-parameter', 'cursor'],
  // Cursors of the right shape with what PostgreSQL cannot hold: a year 0, a NUL, half a surrogate pair.
  [
    '/v1/orders?cursor=WyIwMDAwLTAxLTAxVDAwOjAwOjAwLjAwMFoiLCJTTy0yMDI2MTEyNC0wMDAxIl0',
    400,
    'invalid-parameter',
    'cursor',
  ],
  [
    '/v1/orders?cursor=WyIyMDI2LTExLTI0VDAwOjAwOjAwLjAwMFoiLCJcdTAwMDAiXQ',
    400,
    'invalid-parameter',
    'cursor',
  ],
  ['/v1/tasks?cursor=WyIwMDAwLTAxLTAxVDAwOjAwOjAwLjAwMFoiLCJ4Il0', 400, 'invalid-parameter', 'cursor'],
  ['/v1/customers?cursor=WyJcdTAwMDAiXQ', 400, 'invalid-parameter', 'cursor'],
  ['/v1/products?cursor=WyJcdWQ4MDAiXQ', 400, 'invalid-parameter', 'cursor'],
  ['/v1/people?cursor=WyJcdTAwMDAiXQ', 400, 'invalid-parameter', 'cursor'],
  [
    '/v1/notices?order=:number&cursor=WyIwMDAwLTAxLTAxVDAwOjAwOjAwLjAwMFoiLCJ4Il0',
    400,
    'invalid-parameter',
    'cursor',
  ],
  ['/v1/orders?q=', 400, 'invalid-parameter', 'q'],
  ['/v1/orders?q=%00', 400, 'invalid-parameter', 'q'],
  ['/v1/orders?customer=a%00b', 400, 'invalid-parameter', 'customer'],
  ['/v1/orders?klass=urgent', 400, 'invalid-parameter', 'klass'],
  ['/v1/orders?class=urgent&class=normal', 400, 'invalid-parameter', 'class'],
  ['/v1/orders/%00', 400, 'invalid-parameter', 'number'],
  ['/v1/orders/%ED%A0%80', 400, 'invalid-parameter'],
  ['/v1/orders/%E0%A4%A', 400, 'invalid-parameter'],
  ['/v1/orders/SO-20200101-9999', 404, 'not-found'],
  ['/v1/orders/:number?live=yes', 400, 'invalid-parameter', 'live'],
  ['/v1/orders/SO-20200101-9999/timeline', 404, 'not-found'],
  ['/v1/orders/x/timeline', 400, 'invalid-parameter', 'number'],
  ['/v1/orders/SO-20200101-9999/questions', 404, 'not-found'],
  ['/v1/orders/x/questions', 400, 'invalid-parameter', 'number'],
  ['/v1/incidents?type=Supplier', 400, 'invalid-parameter', 'type'],
  ['/v1/incidents?phase=done', 400, 'invalid-parameter', 'phase'],
  ['/v1/incidents?severity=4', 400, 'invalid-parameter', 'severity'],
  ['/v1/incidents?open=1', 400, 'invalid-parameter', 'open'],
  ['/v1/incidents?order=x', 400, 'invalid-parameter', 'order'],
  ['/v1/incidents?q=%00', 400, 'invalid-parameter', 'q'],
  ['/v1/incidents?limit=0', 400, 'invalid-parameter', 'limit'],
  ['/v1/incidents?cursor=WyJhIiwiYiJd', 400, 'invalid-parameter', 'cursor'],
  ['/v1/incidents?state=open', 400, 'invalid-parameter', 'state'],
  ['/v1/incidents/IN-20200101-9999', 404, 'not-found'],
  ['/v1/incidents/:number', 400, 'invalid-parameter', 'number'],
  ['/v1/incidents/:incident?live=yes', 400, 'invalid-parameter', 'live'],
  ['/v1/incidents/IN-20200101-9999/timeline', 404, 'not-found'],
  ['/v1/incidents/x/timeline', 400, 'invalid-parameter', 'number'],
  ['/v1/tasks?incident=x', 400, 'invalid-parameter', 'incident'],
  ['/v1/notices?incident=IN-20200101-9999', 404, 'not-found'],
  ['/v1/notices?order=:number&incident=:incident', 400, 'invalid-parameter', 'order'],
  ['/v1/audit?order=:number&incident=:incident', 400, 'invalid-parameter', 'incident'],
  ['/v1/tasks?order=x', 400, 'invalid-parameter', 'order'],
  ['/v1/tasks?state=lost', 400, 'invalid-parameter', 'state'],
  ['/v1/tasks?cursor=WyJhIiwiYiJd', 400, 'invalid-parameter', 'cursor'],
  [`/v1/tasks/${task}`, 404, 'not-found'],
  ['/v1/tasks/%00', 400, 'invalid-parameter', 'id'],
  ['/v1/commands/4b0d4c2e-7f0a-4f57-9d0c-0f6f3c0f8a11', 404, 'not-found'],
  ['/v1/commands/x', 400, 'invalid-parameter', 'id'],
  ['/v1/customers?tier=gold', 400, 'invalid-parameter', 'tier'],
  ['/v1/customers?cursor=WzFd', 400, 'invalid-parameter', 'cursor'],
  ['/v1/customers/C-nope', 404, 'not-found'],
  ['/v1/customers/a%00b', 400, 'invalid-parameter', 'id'],
  ['/v1/products?discontinued=maybe', 400, 'invalid-parameter', 'discontinued'],
  ['/v1/products/RM-NOPE', 404, 'not-found'],
  ['/v1/products/a%0Ab', 400, 'invalid-parameter', 'sku'],
  ['/v1/people?role=king', 400, 'invalid-parameter', 'role'],
  ['/v1/people?department=moon', 400, 'invalid-parameter', 'department'],
  ['/v1/notices', 400, 'invalid-parameter', 'order'],
  ['/v1/notices?order=SO-20200101-9999', 404, 'not-found'],
  ['/v1/notices?order=:number&state=lost', 400, 'invalid-parameter', 'state'],
  ['/v1/audit?order=x', 400, 'invalid-parameter', 'order'],
  ['/v1/audit?cursor=WyIxIl0', 400, 'invalid-parameter', 'cursor'],
  ['/v1/calendar/add', 400, 'invalid-parameter', 'from'],
  ['/v1/calendar/add?from=2026-11-24T01:30:00Z', 400, 'invalid-parameter', 'workingDays'],
  [
    '/v1/calendar/add?from=2026-11-24T01:30:00Z&workingDays=1&workingHours=1',
    400,
    'invalid-parameter',
    'workingDays',
  ],
  ['/v1/calendar/add?from=2026-11-24T01:30:00Z&workingDays=-1', 400, 'invalid-parameter', 'workingDays'],
  ['/v1/calendar/add?from=2026-11-24T01:30:00Z&workingDays=1e9', 400, 'invalid-parameter', 'workingDays'],
  [
    '/v1/calendar/add?from=2026-11-24T01:30:00Z&workingHours=Infinity',
    400,
    'invalid-parameter',
    'workingHours',
  ],
  ['/v1/calendar/add?from=2026-02-31T01:30:00Z&workingDays=1', 400, 'invalid-parameter', 'from'],
  ['/v1/playbooks?limit=0', 400, 'invalid-parameter', 'limit'],
  ['/v1/playbooks?cursor=WyJcdTAwMDAiXQ', 400, 'invalid-parameter', 'cursor'],
  ['/v1/playbooks?state=draft', 400, 'invalid-parameter', 'state'],
  ['/v1/playbooks/Supplier', 400, 'invalid-parameter', 'type'],
  ['/v1/playbooks/%00', 400, 'invalid-parameter', 'type'],
  ['/v1/playbooks/moon-landing', 404, 'not-found'],
  ['/v1/playbooks/supplier-delay?revision=0', 400, 'invalid-parameter', 'revision'],
  ['/v1/playbooks/supplier-delay?revision=1e99', 400, 'invalid-parameter', 'revision'],
  ['/v1/playbooks/supplier-delay?revision=9', 404, 'not-found'],
  ['/v1/playbooks/supplier-delay/revisions?cursor=WzAsMV0', 400, 'invalid-parameter', 'cursor'],
  ['/v1/playbooks/moon-landing/revisions', 404, 'not-found'],
  ['/v1/playbooks/supplier-delay/draft', 404, 'not-found'],
  ['/v1/playbooks/supplier-delay/draft/diff', 404, 'not-found'],
  ['/v1/playbooks/supplier-delay/draft/diff?to=x', 400, 'invalid-parameter', 'to'],
  ['/v1/nothing', 404, 'not-found'],
  ['/nothing', 404, 'not-found'],
];

describe('GET refuses', () => {
  it.each(addresses)('%s', (url, status, code, field) =>
    expectRefused({ what: url, url, status, code, field }),
  );

  it.each([
    '/v1/orders',
    '/v1/orders/:number',
    '/v1/orders/:number/timeline',
    '/v1/orders/:number/questions',
    '/v1/incidents',
    '/v1/incidents/:incident',
    '/v1/incidents/:incident/timeline',
    '/v1/tasks',
    `/v1/tasks/${task}`,
    '/v1/commands/4b0d4c2e-7f0a-4f57-9d0c-0f6f3c0f8a11',
    '/v1/customers',
    '/v1/customers/C-0001',
    '/v1/products',
    '/v1/products/RM-SHAFT-45',
    '/v1/people',
    '/v1/notices?order=SO-20261124-0001',
    '/v1/audit',
    '/v1/policy',
    '/v1/playbooks',
    '/v1/playbooks/supplier-delay',
    '/v1/playbooks/supplier-delay/revisions',
    '/v1/playbooks/supplier-delay/draft',
    '/v1/playbooks/supplier-delay/draft/diff',
    '/v1/calendar/add?from=2026-11-24T01:30:00Z&workingDays=1',
  ])('%s without a credential', async (url) => {
    await expectRefused({ what: url, url, as: null, status: 401, code: 'unauthenticated' });
    const address = url.replace(':number', order).replace(':incident', incident);
    const answer = await rig.send({ url: address, as: null });
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it.each<[string, TokenName]>([
    ['/v1/tasks', 'client'],
    [`/v1/tasks/${task}`, 'client'],
    ['/v1/people', 'client'],
    ['/v1/notices?order=:number', 'client'],
    ['/v1/audit', 'client'],
    ['/v1/audit', 'sales'],
    ['/v1/policy', 'client'],
    ['/v1/playbooks', 'client'],
    ['/v1/playbooks/supplier-delay', 'client'],
    ['/v1/playbooks/supplier-delay/draft', 'client'],
  ])('%s to %s', (url, as) => expectRefused({ what: url, url, as, status: 403, code: 'forbidden' }));
});

describe('another method than the address takes', () => {
  it.each([
    ['DELETE', '/v1/orders', 'POST, GET, HEAD'],
    ['PUT', '/v1/orders/:number', 'GET, HEAD'],
    ['PATCH', '/v1/policy', 'GET, HEAD, PUT'],
    ['POST', '/v1/tasks', 'GET, HEAD'],
    ['DELETE', '/v1/incidents', 'POST, GET, HEAD'],
    ['GET', '/v1/incidents/:number/severity', 'POST'],
    ['PATCH', '/v1/playbooks/supplier-delay/draft', 'GET, HEAD, PUT, DELETE'],
    ['GET', '/v1/playbooks/supplier-delay/retire', 'POST'],
    ['GET', '/v1/orders/:number/sign-off', 'POST'],
    ['POST', '/health/ready', 'GET, HEAD'],
    ['QUERY', '/v1/orders', 'POST, GET, HEAD'],
  ] as const)('%s %s is answered with 405 and Allow', async (method, url, allow) => {
    const answer = await rig.send({ method, url: url.replace(':number', order), payload: '<x/>' });
    expect([answer.statusCode, answer.json().code]).toEqual([405, 'method-not-allowed']);
    expect(answer.headers.allow).toBe(allow);
  });
});
