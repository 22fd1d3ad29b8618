import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTokenHash } from '../../app/hash-token.js';
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
let order: string;
beforeAll(async () => {
  rig = await startApiRig();
  order = await stockCompany(rig);
});
afterAll(() => rig?.stop());

const call = async (
  method: 'POST' | 'PUT',
  url: string,
  as: TokenName,
  payload: object,
  headers: Record<string, string> = {},
) => {
  const answer = await rig.send({ method, url, as, payload, headers });
  return { status: answer.statusCode, body: answer.json(), location: answer.headers.location };
};
const get = async (url: string, as: TokenName = 'hr') => {
  const answer = await rig.send({ url, as });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json();
};
const auditOf = async (subject: string) => {
  const { rows } = await rig.ctx.db.$client.query(
    'select action, actor, detail from audit where subject = $1 order by seq',
    [subject],
  );
  return rows;
};

describe('suppliers (P15.3)', () => {
  it('are added with what they offer, and read by the staff; how to reach them, by who deals with orders', async () => {
    const added = await call('POST', '/v1/suppliers', 'purchasing', goodSupplier);
    expect(added).toMatchObject({
      status: 201,
      location: '/v1/suppliers/SUP-0901',
      body: {
        number: 'SUP-0901',
        email: 'sales@hongda.example',
        phone: '+8651055550901',
        locale: 'zh-CN',
        standing: 'preferred',
        offers: [
          { sku: 'RM-BRG-6208', priceMinor: 2100, leadTimeDays: 5, minQuantity: 10 },
          { sku: 'RM-SEAL-62', minQuantity: 1 },
        ],
      },
    });
    expect(await get('/v1/suppliers/SUP-0901', 'sales')).toEqual(added.body);
    expect(await get('/v1/suppliers/SUP-0901', 'hr')).toEqual({
      ...added.body,
      contactPerson: null,
      email: null,
      phone: null,
    });
    const again = await call('POST', '/v1/suppliers', 'purchasing', goodSupplier);
    expect(again).toMatchObject({ status: 409, body: { code: 'already-exists' } });
  });

  it('are replaced whole: an offer that is left out is gone', async () => {
    const { number: _, contactPerson: __, ...facts } = goodSupplier;
    const offers = [{ sku: 'RM-BELT-B1500', priceMinor: 1200, currency: 'CNY', leadTimeDays: 3 }];
    const put = await call('PUT', '/v1/suppliers/SUP-0901', 'ops', { ...facts, standing: 'onTrial', offers });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({ standing: 'onTrial', contactPerson: null });
    expect(put.body.offers.map(({ sku }: { sku: string }) => sku)).toEqual(['RM-BELT-B1500']);
    const none = await call('PUT', '/v1/suppliers/SUP-4040', 'purchasing', { ...facts });
    expect([none.status, none.body.code]).toEqual([404, 'not-found']);
    // The log has who did what, and nobody's address.
    const entries = await auditOf('supplier/SUP-0901');
    expect(entries.map(({ action }) => action)).toEqual(['addSupplier', 'putSupplier']);
    expect(JSON.stringify(entries)).not.toContain('hongda');
  });

  it('are found by what they offer, by name, by standing, and listed page by page', async () => {
    const numbersOf = async (query: string) =>
      (await get(`/v1/suppliers?${query}`)).items.map(({ number }: { number: string }) => number);
    expect(await numbersOf('sku=RM-BRG-6208')).toEqual(['SUP-0900']);
    expect(await numbersOf('standing=onTrial')).toEqual(['SUP-0901']);
    expect(await numbersOf(`q=${encodeURIComponent('宏达')}`)).toEqual(['SUP-0900', 'SUP-0901']);
    const first = await get('/v1/suppliers?limit=1');
    expect(await numbersOf(`limit=1&cursor=${first.next}`)).toEqual(['SUP-0901']);
  });
});

describe('a repeated request', () => {
  it('with its key gives the first answer again; with another body it is refused', async () => {
    const key = { 'idempotency-key': 'erp/1' };
    const first = await call('POST', '/v1/purchase-orders', 'purchasing', goodPurchase, key);
    expect(first.status).toBe(201);
    const before = await rig.countRows();
    expect(await call('POST', '/v1/purchase-orders', 'purchasing', goodPurchase, key)).toEqual(first);
    const other = { ...goodPurchase, neededBy: '2026-12-02' };
    const refused = await call('POST', '/v1/purchase-orders', 'purchasing', other, key);
    expect([refused.status, refused.body.code]).toEqual([422, 'idempotency-key-reused']);
    expect(await rig.countRows()).toEqual(before);
  });

  it('at the same moment makes one record', async () => {
    const key = { 'idempotency-key': 'erp/2' };
    const all = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', '/v1/purchase-orders', 'purchasing', goodPurchase, key)),
    );
    expect(new Set(all.map(({ status, body }) => `${status} ${body.number}`)).size).toBe(1);
  });

  it('that was refused is no repeat: it may be put right under its key', async () => {
    const key = { 'idempotency-key': 'erp/3' };
    const wrong = { ...goodPurchase, supplier: 'SUP-4040' };
    expect((await call('POST', '/v1/purchase-orders', 'purchasing', wrong, key)).status).toBe(422);
    expect((await call('POST', '/v1/purchase-orders', 'purchasing', goodPurchase, key)).status).toBe(201);
  });
});

describe('stock (P14.3)', () => {
  it('is stated, is low under its reorder level, and an older count changes nothing', async () => {
    const url = '/v1/stock/WH-SH/RM-BRG-6208';
    const first = await call('PUT', url, 'inventory', goodStock);
    expect(first).toMatchObject({
      status: 201,
      body: {
        warehouse: { id: 'WH-SH', name: '上海仓' },
        available: 35,
        low: true,
        countedAt: '2026-11-24T00:30:00.000Z',
      },
    });
    expect((await get('/v1/stock?low=true')).items).toEqual([first.body]);
    const older = { ...goodStock, onHand: 1, countedAt: '2026-11-23T00:00:00Z' };
    const refused = await call('PUT', url, 'inventory', older);
    expect([refused.status, refused.body.code]).toEqual([409, 'stale-revision']);
    const { reorderLevel: _, countedAt: __, ...now } = goodStock;
    const second = await call('PUT', url, 'inventory', now);
    expect(second).toMatchObject({
      status: 200,
      body: { reorderLevel: null, low: false, countedAt: '2026-11-24T01:30:00.000Z' },
    });
    expect((await get('/v1/stock?low=true')).items).toEqual([]);
    expect((await get('/v1/stock?warehouse=WH-SZ')).items).toEqual([]);
    expect((await get('/v1/stock?sku=RM-BRG-6208&low=false')).items).toHaveLength(1);
  });

  it('lies in warehouses that are there', async () => {
    expect((await get('/v1/warehouses')).items).toEqual([
      { id: 'WH-SH', name: '上海仓', country: 'CN', region: '上海', city: '上海' },
      { id: 'WH-SZ', name: '苏州仓', country: 'CN', region: '江苏', city: '苏州' },
    ]);
    const nowhere = await call('PUT', '/v1/stock/WH-XX/RM-BRG-6208', 'inventory', goodStock);
    expect([nowhere.status, nowhere.body.code]).toEqual([404, 'not-found']);
    const nothing = await call('PUT', '/v1/stock/WH-SH/RM-NOPE', 'inventory', goodStock);
    expect([nothing.status, nothing.body.code]).toEqual([404, 'not-found']);
  });
});

describe('a purchase order (P09.3)', () => {
  it('is numbered by its day, confirmed, received in parts, and then closed', async () => {
    const lines = [
      { sku: 'RM-BRG-6208', quantity: 100, unitPriceMinor: 2100, waiting: [{ order, line: 1 }] },
      { sku: 'RM-SEAL-62', quantity: 10, unitPriceMinor: 900 },
    ];
    const placed = await call('POST', '/v1/purchase-orders', 'purchasing', { ...goodPurchase, lines });
    expect(placed.status, JSON.stringify(placed.body)).toBe(201);
    expect(placed.body.number).toMatch(/^PO-20261124-\d{4}$/);
    expect(placed.body).toMatchObject({
      state: 'ordered',
      amountMinor: 219_000,
      confirmedDate: null,
      overdue: false,
      lines: [
        { line: 1, waiting: [{ order, line: 1 }] },
        { line: 2, waiting: [] },
      ],
    });
    const url = `/v1/purchase-orders/${placed.body.number}`;
    expect(placed.location).toBe(url);

    const confirmed = await call('POST', `${url}/confirm`, 'purchasing', { confirmedDate: '2026-12-02' });
    expect(confirmed).toMatchObject({
      status: 200,
      body: { state: 'confirmed', confirmedDate: '2026-12-02', confirmedAt: '2026-11-24T01:30:00.000Z' },
    });
    const receipt = {
      reference: 'DN-1',
      lines: [
        { line: 1, accepted: 60, rejected: 5, note: '划伤' },
        { line: 2, accepted: 10 },
      ],
    };
    const part = await call('POST', `${url}/receipts`, 'quality', receipt);
    expect(part).toMatchObject({
      status: 201,
      body: { state: 'partlyReceived', lines: [{ accepted: 60, rejected: 5 }, { accepted: 10 }] },
    });
    expect(part.body.receipts).toHaveLength(2);
    const twice = await call('POST', `${url}/receipts`, 'inventory', receipt);
    expect([twice.status, twice.body.code]).toEqual([422, 'invalid-input']);
    const same = await call('POST', `${url}/receipts`, 'inventory', {
      reference: 'DN-1',
      lines: [{ line: 1, accepted: 1 }],
    });
    expect([same.status, same.body.code]).toEqual([409, 'already-exists']);
    const rest = await call('POST', `${url}/receipts`, 'inventory', { lines: [{ line: 1, accepted: 40 }] });
    expect(rest.body.state).toBe('received');
    const late = await call('POST', `${url}/confirm`, 'purchasing', { confirmedDate: '2026-12-03' });
    expect([late.status, late.body.code]).toEqual([409, 'wrong-phase']);
    expect(await get(url)).toEqual(rest.body);
    const actions = (await auditOf(`purchase-order/${placed.body.number}`)).map(({ action }) => action);
    expect(actions).toEqual(['placePurchaseOrder', 'confirmPurchaseOrder', 'receiveGoods', 'receiveGoods']);
  });

  it('is overdue once its confirmed day has passed, or its needed day where none was confirmed', async () => {
    const old = { orderedAt: '2026-11-10T02:00:00Z', neededBy: '2026-11-20' };
    const late = (await call('POST', '/v1/purchase-orders', 'purchasing', { ...goodPurchase, ...old })).body;
    const kept = (await call('POST', '/v1/purchase-orders', 'purchasing', { ...goodPurchase, ...old })).body;
    const url = `/v1/purchase-orders/${kept.number}/confirm`;
    await call('POST', url, 'purchasing', { confirmedDate: '2026-11-24' });
    const numbers = (await get('/v1/purchase-orders?overdue=true')).items.map(
      ({ number }: { number: string }) => number,
    );
    expect(numbers).toEqual([late.number]);
  });

  it('bears the number of the purchasing system where it has one', async () => {
    const own = { ...goodPurchase, number: '4500017' };
    const placed = await call('POST', '/v1/purchase-orders', 'purchasing', own);
    expect([placed.status, placed.body.number]).toEqual([201, '4500017']);
    const again = await call('POST', '/v1/purchase-orders', 'purchasing', own);
    expect([again.status, again.body.code]).toEqual([409, 'already-exists']);
  });

  it('is not placed with a suspended supplier', async () => {
    const bad = { number: 'SUP-0902', name: '停用供应商', standing: 'suspended' };
    expect((await call('POST', '/v1/suppliers', 'purchasing', bad)).status).toBe(201);
    const refused = await call('POST', '/v1/purchase-orders', 'purchasing', {
      ...goodPurchase,
      supplier: 'SUP-0902',
    });
    expect(refused.body.errors).toEqual([{ field: 'supplier', message: 'SUP-0902 is suspended' }]);
  });
});

describe('a shipment (P05.5, P09.3)', () => {
  it('is where its last scan says, in whatever order scans arrive, each once', async () => {
    const added = await call('POST', '/v1/shipments', 'logistics', { ...goodShipment, order });
    expect(added, JSON.stringify(added.body)).toMatchObject({
      status: 201,
      body: { status: 'booked', lastScanAt: null, scans: [], order, overdue: false },
    });
    expect(added.body.id).toMatch(/^SH-20261124-\d{4}$/);
    const url = `/v1/shipments/${added.body.id}/scans`;
    const one = await call('POST', url, 'logistics', {
      at: '2026-11-24T01:20:00Z',
      code: 'arrived',
      place: '上海转运中心',
    });
    expect([one.status, one.body.status]).toEqual([200, 'underway']);
    const scans = [
      { at: '2026-11-24T01:20:00Z', code: 'arrived', place: '上海转运中心' },
      { at: '2026-11-24T00:40:00Z', code: 'pickedUp' },
      { at: '2026-11-24T01:25:00Z', code: 'outForDelivery' },
    ];
    const batch = await call('POST', url, 'logistics', { scans });
    expect(batch.body).toMatchObject({ status: 'outForDelivery', lastScanAt: '2026-11-24T01:25:00.000Z' });
    expect(batch.body.scans.map(({ code }: { code: string }) => code)).toEqual([
      'pickedUp',
      'arrived',
      'outForDelivery',
    ]);
    const late = await call('POST', url, 'ops', { at: '2026-11-24T01:10:00Z', code: 'departed' });
    expect(late.body.status).toBe('outForDelivery');
    expect((await get(`/v1/shipments?order=${order}`)).items).toEqual([late.body]);
    expect(await get(`/v1/shipments/${added.body.id}`)).toEqual(late.body);
    const twin = await call('POST', '/v1/shipments', 'logistics', { ...goodShipment, order });
    expect([twin.status, twin.body.code]).toEqual([409, 'already-exists']);
  });

  it('is overdue past its promised day, until it is signed for', async () => {
    const late = { ...goodShipment, order, trackingNumber: 'SF1000002', promisedDay: '2026-11-23' };
    const { body } = await call('POST', '/v1/shipments', 'logistics', late);
    expect((await get('/v1/shipments?overdue=true')).items.map(({ id }: { id: string }) => id)).toEqual([
      body.id,
    ]);
    const scan = { at: '2026-11-24T01:20:00Z', code: 'signedFor' };
    const signed = await call('POST', `/v1/shipments/${body.id}/scans`, 'logistics', scan);
    expect(signed.body).toMatchObject({ status: 'signedFor', overdue: false });
    expect((await get('/v1/shipments?overdue=true')).items).toEqual([]);
  });
});

describe('a payment (P17.1)', () => {
  it('takes later states, never earlier ones, and keeps its order and amount', async () => {
    const pay = (change: object) =>
      call('POST', '/v1/payments', 'finance', { ...goodPayment, order, ...change });
    const first = await pay({ state: 'pending' });
    expect(first).toMatchObject({ status: 201, body: { state: 'pending', order } });
    const second = await pay({ at: '2026-11-24T01:05:00Z' });
    expect(second).toMatchObject({ status: 200, body: { id: first.body.id, state: 'succeeded' } });
    const stale = await pay({ state: 'failed', failure: '余额不足' });
    expect(stale).toMatchObject({ status: 200, body: { state: 'succeeded', failure: null } });
    const other = await pay({ amountMinor: 1 });
    expect(other.status).toBe(422);
    expect(other.body.errors).toEqual([{ field: 'amountMinor', message: 'is 128000 on record' }]);
    expect((await get(`/v1/payments?order=${order}`)).items).toEqual([second.body]);
    expect((await get('/v1/payments?state=failed')).items).toEqual([]);
  });

  it('that is reported twice at once is one', async () => {
    const body = { ...goodPayment, order, reference: 'twice' };
    const all = await Promise.all(
      Array.from({ length: 6 }, () => call('POST', '/v1/payments', 'finance', body)),
    );
    expect(new Set(all.map((one) => one.body.id)).size).toBe(1);
    expect(all.filter(({ status }) => status === 201)).toHaveLength(1);
  });
});

describe('an endpoint (P12.1)', () => {
  it('is registered, changed, and read by the staff', async () => {
    const added = await call('POST', '/v1/endpoints', 'technicalSupport', goodEndpoint);
    expect(added).toMatchObject({
      status: 201,
      location: '/v1/endpoints/web-shop',
      body: { owner: { id: 'dong.chao', name: '董超' }, active: true },
    });
    const { id: _, ...facts } = goodEndpoint;
    const off = await call('PUT', '/v1/endpoints/web-shop', 'ops', { ...facts, active: false });
    expect(off).toMatchObject({ status: 200, body: { active: false } });
    expect(await get('/v1/endpoints/web-shop')).toEqual(off.body);
    expect((await get('/v1/endpoints')).items).toEqual([off.body]);
    const again = await call('POST', '/v1/endpoints', 'ops', goodEndpoint);
    expect([again.status, again.body.code]).toEqual([409, 'already-exists']);
  });
});

describe('an API client', () => {
  it('writes only what its key’s scope says, and reads none of it', async () => {
    const { $client } = rig.ctx.db;
    await $client.query(`insert into api_clients (id, name, scopes) values ('carrier', 'SF', '{shipments}')`);
    await $client.query(
      `insert into credentials (id, token_hash, kind, client_id) values ('key-carrier', $1, 'key', 'carrier')`,
      [findTokenHash('key-of-carrier')],
    );
    const headers = { authorization: 'Bearer key-of-carrier' };
    const send = (method: 'GET' | 'POST', url: string, payload?: object) =>
      rig.send({ method, url, as: null, payload, headers });
    const shipment = { ...goodShipment, order, trackingNumber: 'SF1000003' };
    expect((await send('POST', '/v1/shipments', shipment)).statusCode).toBe(201);
    const payment = await send('POST', '/v1/payments', { ...goodPayment, order });
    expect([payment.statusCode, payment.json().code]).toEqual([403, 'forbidden']);
    expect(payment.json().detail).toContain('scope payments');
    expect((await send('GET', '/v1/shipments')).statusCode).toBe(403);
    const without = await rig.send({ method: 'POST', url: '/v1/shipments', as: 'client', payload: shipment });
    expect(without.statusCode).toBe(403);
  });
});
