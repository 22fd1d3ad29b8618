import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, startApiRig, type TokenName } from './api-rig.js';
import {
  goodEndpoint,
  goodPayment,
  goodPurchase,
  goodShipment,
  goodStock,
  goodSupplier,
  stockCompany,
} from './fact-bodies.js';

let rig: ApiRig;
/** Stand in addresses and bodies for what is there. */
const there: Record<string, string> = {};
beforeAll(async () => {
  rig = await startApiRig();
  there.order = await stockCompany(rig);
  const add = async (url: string, as: TokenName, payload: object) => {
    const answer = await rig.send({ method: 'POST', url, as, payload });
    expect(answer.statusCode, answer.body).toBe(201);
    return answer.json();
  };
  there.purchase = (await add('/v1/purchase-orders', 'purchasing', goodPurchase)).number;
  there.shipment = (await add('/v1/shipments', 'logistics', { ...goodShipment, order: there.order })).id;
  await add('/v1/endpoints', 'technicalSupport', goodEndpoint);
});
afterAll(() => rig?.stop());

const fill = (text: string) => text.replace(/:(order|purchase|shipment)\b/g, (_, name) => there[name] ?? '');

interface Bad {
  url: string;
  method?: 'GET' | 'POST' | 'PUT';
  as?: TokenName | null;
  body?: unknown;
  headers?: Record<string, string>;
  status: number;
  code: string;
  field?: string;
}

async function expectRefused({ url, method = 'GET', as = 'ops', ...bad }: Bad): Promise<void> {
  const before = await rig.countRows();
  const { body, headers, status, code, field } = bad;
  const text = typeof body === 'string' || body === undefined ? body : fill(JSON.stringify(body));
  const answer = await rig.send({
    url: fill(url),
    method,
    as,
    payload: text,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  });
  const problem = answer.json();
  expect([answer.statusCode, problem.code], answer.body).toEqual([status, code]);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
  if (field !== undefined) {
    const fields = (problem.errors ?? []).map((error: { field: string }) => error.field);
    expect(fields, answer.body).toContain(field);
  }
  expect(await rig.countRows()).toEqual(before);
}

const { number: _, ...supplierFacts } = goodSupplier;
const { id: __, ...endpointFacts } = goodEndpoint;
const shipment = { ...goodShipment, order: ':order', trackingNumber: 'SF2000001' };
const payment = { ...goodPayment, order: ':order' };
const receipt = { lines: [{ line: 1, accepted: 1 }] };
const scan = { at: '2026-11-24T01:00:00Z', code: 'pickedUp' };

/** Every route that puts facts on record: a body that it takes, a role that may not send it, fields that are wrong. */
const routes: {
  method: 'POST' | 'PUT';
  url: string;
  body: object;
  wrongRole: TokenName;
  bad: [what: string, change: object, field: string][];
}[] = [
  {
    method: 'POST',
    url: '/v1/suppliers',
    body: goodSupplier,
    wrongRole: 'sales',
    bad: [
      ['no number', { number: undefined }, 'number'],
      ['a number with a slash', { number: 'a/b' }, 'number'],
      ['a name with a line break', { name: 'a\nb' }, 'name'],
      ['two mail addresses', { email: 'a@b.example, c@d.example' }, 'email'],
      ['a telephone of letters', { phone: 'call me' }, 'phone'],
      ['an unknown language', { locale: 'fr' }, 'locale'],
      ['an unknown standing', { standing: 'great' }, 'standing'],
      ['a capability twice', { capabilities: ['轴承', '轴承'] }, 'capabilities.1'],
      ['an unknown article', { offers: [{ ...goodSupplier.offers[0], sku: 'RM-NOPE' }] }, 'offers.0.sku'],
      ['an article twice', { offers: [goodSupplier.offers[0], goodSupplier.offers[0]] }, 'offers.1.sku'],
      [
        'a negative price',
        { offers: [{ ...goodSupplier.offers[0], priceMinor: -1 }] },
        'offers.0.priceMinor',
      ],
      [
        'a lead time in words',
        { offers: [{ ...goodSupplier.offers[0], leadTimeDays: 'soon' }] },
        'offers.0.leadTimeDays',
      ],
      [
        'a smallest quantity of 0',
        { offers: [{ ...goodSupplier.offers[0], minQuantity: 0 }] },
        'offers.0.minQuantity',
      ],
    ],
  },
  {
    method: 'PUT',
    url: '/v1/suppliers/SUP-0900',
    body: supplierFacts,
    wrongRole: 'finance',
    bad: [
      ['a number in the body', { number: 'SUP-0900' }, 'number'],
      ['an unknown article', { offers: [{ ...goodSupplier.offers[0], sku: 'RM-NOPE' }] }, 'offers.0.sku'],
    ],
  },
  {
    method: 'PUT',
    url: '/v1/warehouses/WH-SH',
    body: { name: '上海仓', city: '上海' },
    wrongRole: 'purchasing',
    bad: [
      ['no city', { city: undefined }, 'city'],
      ['an unknown country', { country: 'XX' }, 'country'],
    ],
  },
  {
    method: 'PUT',
    url: '/v1/stock/WH-SH/RM-BRG-6208',
    body: goodStock,
    wrongRole: 'manufacturing',
    bad: [
      ['less than nothing', { onHand: -1 }, 'onHand'],
      ['half a piece', { onHand: 0.5 }, 'onHand'],
      ['a negative reservation', { reserved: -1 }, 'reserved'],
      ['a level of 10^12', { reorderLevel: 1e12 }, 'reorderLevel'],
      ['a count in the future', { countedAt: '2026-11-24T02:00:00Z' }, 'countedAt'],
      ['a count without a zone', { countedAt: '2026-11-24T01:00:00' }, 'countedAt'],
    ],
  },
  {
    method: 'POST',
    url: '/v1/purchase-orders',
    body: goodPurchase,
    wrongRole: 'inventory',
    bad: [
      ['an unknown supplier', { supplier: 'SUP-4040' }, 'supplier'],
      ['an unknown warehouse', { warehouse: 'WH-XX' }, 'warehouse'],
      ['a number of our own form', { number: 'PO-20261124-0099' }, 'number'],
      ['no lines', { lines: [] }, 'lines'],
      ['a day before the order', { neededBy: '2026-11-23' }, 'neededBy'],
      ['31 February', { neededBy: '2027-02-31' }, 'neededBy'],
      ['an order in the future', { orderedAt: '2026-11-25T00:00:00Z' }, 'orderedAt'],
      ['an unknown article', { lines: [{ ...goodPurchase.lines[0], sku: 'RM-NOPE' }] }, 'lines.0.sku'],
      ['quantity 0', { lines: [{ ...goodPurchase.lines[0], quantity: 0 }] }, 'lines.0.quantity'],
      [
        'an amount past all bounds',
        { lines: [{ ...goodPurchase.lines[0], quantity: 1_000_000, unitPriceMinor: 1e15 }] },
        'lines.0.unitPriceMinor',
      ],
      [
        'an order line that is not there',
        { lines: [{ ...goodPurchase.lines[0], waiting: [{ order: ':order', line: 9 }] }] },
        'lines.0.waiting.0',
      ],
      [
        'an order line twice',
        {
          lines: [
            {
              ...goodPurchase.lines[0],
              waiting: [
                { order: ':order', line: 1 },
                { order: ':order', line: 1 },
              ],
            },
          ],
        },
        'lines.0.waiting.1',
      ],
    ],
  },
  {
    method: 'POST',
    url: '/v1/purchase-orders/:purchase/confirm',
    body: { confirmedDate: '2026-12-01' },
    wrongRole: 'inventory',
    bad: [
      ['no day', { confirmedDate: undefined }, 'confirmedDate'],
      ['a day before the order', { confirmedDate: '2026-11-01' }, 'confirmedDate'],
      ['a word in the future', { at: '2026-11-25T00:00:00Z' }, 'at'],
    ],
  },
  {
    method: 'POST',
    url: '/v1/purchase-orders/:purchase/receipts',
    body: receipt,
    wrongRole: 'sales',
    bad: [
      ['no lines', { lines: [] }, 'lines'],
      ['a line that is not there', { lines: [{ line: 2, accepted: 1 }] }, 'lines.0.line'],
      ['a line twice', { lines: [receipt.lines[0], receipt.lines[0]] }, 'lines.1.line'],
      ['more than was ordered', { lines: [{ line: 1, accepted: 101 }] }, 'lines.0.accepted'],
      ['nothing', { lines: [{ line: 1, accepted: 0 }] }, 'lines.0.accepted'],
      ['a negative rejection', { lines: [{ line: 1, accepted: 1, rejected: -1 }] }, 'lines.0.rejected'],
      ['an arrival in the future', { at: '2026-11-25T00:00:00Z' }, 'at'],
    ],
  },
  {
    method: 'POST',
    url: '/v1/shipments',
    body: shipment,
    wrongRole: 'inventory',
    bad: [
      ['a carrier in small letters', { carrier: 'sf' }, 'carrier'],
      ['a tracking number with spaces', { trackingNumber: 'SF 1' }, 'trackingNumber'],
      ['an unknown order', { order: 'SO-20200101-0001' }, 'order'],
      ['an unknown warehouse', { warehouse: 'WH-XX' }, 'warehouse'],
      ['no promised day', { promisedDay: undefined }, 'promisedDay'],
      ['a pick-up that is no instant', { pickupBy: 'tonight' }, 'pickupBy'],
    ],
  },
  {
    method: 'POST',
    url: '/v1/shipments/:shipment/scans',
    body: scan,
    wrongRole: 'sales',
    bad: [
      ['an unknown code', { code: 'teleported' }, 'code'],
      ['no instant', { at: undefined }, 'at'],
      ['an instant in the future', { at: '2026-11-24T02:00:00Z' }, 'at'],
      ['a place with a line break', { place: 'a\nb' }, 'place'],
    ],
  },
  {
    method: 'POST',
    url: '/v1/payments',
    body: payment,
    wrongRole: 'sales',
    bad: [
      ['an unknown order', { order: 'SO-20200101-0001' }, 'order'],
      ['nothing paid', { amountMinor: 0 }, 'amountMinor'],
      ['half a fen', { amountMinor: 0.5 }, 'amountMinor'],
      ['a currency in small letters', { currency: 'cny' }, 'currency'],
      ['a provider in capitals', { provider: 'Alipay' }, 'provider'],
      ['an unknown state', { state: 'lost' }, 'state'],
      ['a failure of what succeeded', { failure: '余额不足' }, 'failure'],
      ['a report from the future', { at: '2026-11-24T02:00:00Z' }, 'at'],
    ],
  },
  {
    method: 'POST',
    url: '/v1/endpoints',
    body: { ...goodEndpoint, id: 'other' },
    wrongRole: 'data',
    bad: [
      ['an id with capitals', { id: 'Other' }, 'id'],
      ['an unknown kind', { kind: 'ftp' }, 'kind'],
      ['an address of another kind', { address: 'tcp://shop.example.com:1' }, 'address'],
      ['no address', { address: 'shop' }, 'address'],
      ['a password in the address', { address: 'https://a:b@shop.example.com' }, 'address'],
      ['a port that is missing', { kind: 'tcp', address: 'tcp://10.0.0.5' }, 'address'],
      ['an interval of a second', { intervalSeconds: 1 }, 'intervalSeconds'],
      ['level 4', { severityHint: 4 }, 'severityHint'],
      ['an owner who is not there', { owner: 'nobody' }, 'owner'],
    ],
  },
  {
    method: 'PUT',
    url: '/v1/endpoints/web-shop',
    body: endpointFacts,
    wrongRole: 'sales',
    bad: [['an owner who is not there', { owner: 'nobody' }, 'owner']],
  },
];

describe.each(routes)('$method $url refuses', ({ method, url, body, wrongRole, bad }) => {
  const request = { method, url };

  it.each(bad)('%s', (_what, change, field) =>
    expectRefused({ ...request, body: { ...body, ...change }, status: 422, code: 'invalid-input', field }),
  );

  it.each<[string, Omit<Bad, 'url'>]>([
    [
      'an unknown field',
      { body: { ...body, extra: true }, status: 422, code: 'invalid-input', field: 'extra' },
    ],
    ['no body', { status: 422, code: 'invalid-input', field: 'body' }],
    ['a list', { body: [], status: 422, code: 'invalid-input' }],
    ['broken JSON', { body: '{"a": ', status: 400, code: 'malformed-body' }],
    ['a prototype in the body', { body: '{"__proto__": {"a": 1}}', status: 400, code: 'malformed-body' }],
    ['a body of 1 MB', { body: `"${'x'.repeat(1_000_000)}"`, status: 413, code: 'body-too-large' }],
    [
      'another content type',
      {
        body: '<a/>',
        headers: { 'content-type': 'text/xml' },
        status: 415,
        code: 'unsupported-media-type',
      },
    ],
    ['no credential', { as: null, body, status: 401, code: 'unauthenticated' }],
    ['an API client without the scope', { as: 'client', body, status: 403, code: 'forbidden' }],
    ['another role', { as: wrongRole, body, status: 403, code: 'forbidden' }],
  ])('%s', (_what, one) => expectRefused({ ...request, ...one }));

  if (method === 'POST') {
    it.each(['', 'x'.repeat(256), 'a\tb'])('the Idempotency-Key %j', (key) =>
      expectRefused({
        ...request,
        body,
        headers: { 'idempotency-key': key },
        status: 400,
        code: 'invalid-idempotency-key',
      }),
    );
  }
});

describe('a write to what is not there is refused:', () => {
  it.each<[method: 'POST' | 'PUT', url: string, body: object, status: number, field?: string]>([
    ['PUT', '/v1/suppliers/SUP-4040', supplierFacts, 404],
    ['PUT', '/v1/suppliers/a%00', supplierFacts, 400, 'number'],
    ['PUT', '/v1/warehouses/%00', { name: 'x', city: 'x' }, 400, 'id'],
    ['PUT', '/v1/stock/WH-XX/RM-BRG-6208', goodStock, 404],
    ['PUT', '/v1/stock/WH-SH/RM-NOPE', goodStock, 404],
    ['PUT', '/v1/stock/WH-SH/a%0Ab', goodStock, 400, 'sku'],
    ['POST', '/v1/purchase-orders/PO-20200101-0001/confirm', { confirmedDate: '2026-12-01' }, 404],
    ['POST', '/v1/purchase-orders/%20/confirm', { confirmedDate: '2026-12-01' }, 400, 'number'],
    ['POST', '/v1/purchase-orders/PO-20200101-0001/receipts', receipt, 404],
    ['POST', '/v1/shipments/SH-20200101-0001/scans', scan, 404],
    ['POST', '/v1/shipments/x/scans', scan, 400, 'id'],
    ['PUT', '/v1/endpoints/nowhere', endpointFacts, 404],
  ])('%s %s', (method, url, body, status, field) =>
    expectRefused({
      method,
      url,
      body,
      status,
      code: status === 404 ? 'not-found' : 'invalid-parameter',
      field,
    }),
  );
});

describe('a batch of scans is refused whole, by the one that is wrong:', () => {
  const url = '/v1/shipments/:shipment/scans';
  it.each<[string, object, string]>([
    ['no scans', { scans: [] }, 'scans'],
    ['an unknown code', { scans: [scan, { ...scan, code: 'teleported' }] }, 'scans.1.code'],
    ['an instant in the future', { scans: [scan, { ...scan, at: '2026-11-24T02:00:00Z' }] }, 'scans.1.at'],
  ])('%s', (_what, body, field) =>
    expectRefused({ method: 'POST', url, body, status: 422, code: 'invalid-input', field }),
  );
});

describe('GET refuses', () => {
  it.each<[url: string, status: number, field?: string]>([
    ['/v1/suppliers?standing=great', 400, 'standing'],
    ['/v1/suppliers?sku=%00', 400, 'sku'],
    ['/v1/suppliers?limit=0', 400, 'limit'],
    ['/v1/suppliers?cursor=WyJcdTAwMDAiXQ', 400, 'cursor'],
    ['/v1/suppliers/SUP-4040', 404],
    ['/v1/stock?low=perhaps', 400, 'low'],
    ['/v1/stock?warehouse=%20', 400, 'warehouse'],
    ['/v1/stock?cursor=WyJhIl0', 400, 'cursor'],
    ['/v1/purchase-orders?state=lost', 400, 'state'],
    ['/v1/purchase-orders?overdue=1', 400, 'overdue'],
    ['/v1/purchase-orders?cursor=nope', 400, 'cursor'],
    ['/v1/purchase-orders/PO-20200101-0001', 404],
    ['/v1/shipments?status=lost', 400, 'status'],
    ['/v1/shipments?carrier=sf', 400, 'carrier'],
    ['/v1/shipments?order=x', 400, 'order'],
    ['/v1/shipments?cursor=nope', 400, 'cursor'],
    ['/v1/shipments/SH-20200101-0001', 404],
    ['/v1/shipments/x', 400, 'id'],
    ['/v1/payments?state=lost', 400, 'state'],
    ['/v1/payments?provider=Ali', 400, 'provider'],
    ['/v1/payments?cursor=nope', 400, 'cursor'],
    ['/v1/endpoints?x=1', 400, 'x'],
    ['/v1/endpoints?cursor=nope', 400, 'cursor'],
    ['/v1/warehouses?cursor=WzFd', 400, 'cursor'],
    ['/v1/endpoints/nowhere', 404],
    ['/v1/endpoints/%00', 400, 'id'],
  ])('%s', (url, status, field) =>
    expectRefused({ url, status, code: status === 404 ? 'not-found' : 'invalid-parameter', field }),
  );

  it.each([
    '/v1/suppliers',
    '/v1/stock',
    '/v1/warehouses',
    '/v1/purchase-orders',
    '/v1/shipments',
    '/v1/payments',
    '/v1/endpoints',
  ])('%s without a credential, and to an API client', async (url) => {
    await expectRefused({ url, as: null, status: 401, code: 'unauthenticated' });
    await expectRefused({ url, as: 'client', status: 403, code: 'forbidden' });
  });
});
