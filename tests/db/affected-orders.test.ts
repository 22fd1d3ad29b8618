import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AffectedSearch, findAffectedOrders } from '../../db/queries/affected-orders.js';
import { type ApiRig, goodOrder, startApiRig, type TokenName } from '../api/api-rig.js';
import { goodPayment, goodPurchase, goodShipment, stockCompany } from '../api/fact-bodies.js';

let rig: ApiRig;
/** Orders by what they are to the tests. */
const at: Record<string, string> = {};
let purchase: string;
let shipment: string;

const post = async (url: string, as: TokenName, payload: object) => {
  const answer = await rig.send({ method: 'POST', url, as, payload });
  expect([200, 201], answer.body).toContain(answer.statusCode);
  return answer.json();
};
const place = async (sku: string, change: object = {}) =>
  (await post('/v1/orders', 'sales', { ...goodOrder, lines: [{ sku, quantity: 2 }], ...change })).number;
const affected = (by: AffectedSearch['by'], ...keys: string[]) =>
  findAffectedOrders(rig.ctx.db, { by, keys });
const numbers = async (by: AffectedSearch['by'], ...keys: string[]) =>
  (await affected(by, ...keys)).map(({ number }) => number).sort();
const named = (...names: string[]) => names.map((name) => at[name] ?? '').sort();

beforeAll(async () => {
  rig = await startApiRig();
  at.shaft = await stockCompany(rig);
  const inNanjing = { ...goodOrder.shipTo, region: '江苏省', city: '南京市' };
  at.bearing = await place('RM-BRG-6208', { shipTo: inNanjing, requestedDelivery: '2026-11-27' });
  at.normal = await place('RM-BRG-6208', {
    requestedDelivery: '2027-06-01',
    shipTo: { ...goodOrder.shipTo, region: '浙江', city: '杭州' },
  });
  at.closed = await place('RM-BRG-6208');

  const waiting = [at.bearing, at.closed].map((order) => ({ order, line: 1 }));
  const lines = [
    { ...goodPurchase.lines[0], waiting },
    { sku: 'RM-SEAL-62', quantity: 5, unitPriceMinor: 900, waiting: [{ order: at.normal, line: 1 }] },
  ];
  const placed = await post('/v1/purchase-orders', 'purchasing', {
    ...goodPurchase,
    warehouse: 'WH-SZ',
    lines,
  });
  purchase = placed.number;
  const sent = { ...goodShipment, order: at.shaft };
  shipment = (await post('/v1/shipments', 'logistics', sent)).id;
  await post('/v1/shipments', 'logistics', { ...sent, order: at.closed, trackingNumber: 'SF7' });
  const failed = { ...goodPayment, order: at.normal, state: 'failed', failure: '余额不足' };
  at.payment = (await post('/v1/payments', 'finance', failed)).id;
  await post('/v1/payments', 'finance', { ...goodPayment, order: at.shaft, reference: 'paid' });
  await rig.ctx.db.$client.query(`update orders set ended_at = now(), phase = 'closed' where number = $1`, [
    at.closed,
  ]);
});
afterAll(() => rig?.stop());

describe('open orders that are affected are found by', () => {
  it('supplier: those that wait for what has not come, with customer, value, class and promised day', async () => {
    const found = await affected('supplier', 'SUP-0900');
    expect(found.map(({ number }) => number)).toEqual([at.bearing, at.normal]);
    expect(found[0]).toEqual({
      number: at.bearing,
      customer: expect.objectContaining({ name: '苏州精工机械有限公司', tier: 'regular', locale: 'zh-CN' }),
      salesOwnerId: expect.any(String),
      class: 'urgent',
      grade: expect.any(Number),
      red: true,
      phase: 'evaluating',
      currency: 'CNY',
      amountMinor: 7200,
      promisedDay: '2026-11-27',
      keys: ['SUP-0900'],
    });
    expect(found[1]).toMatchObject({ class: 'normal', phase: 'executing', promisedDay: '2027-06-01' });
  });

  it('supplier: not those whose goods have come', async () => {
    await post(`/v1/purchase-orders/${purchase}/receipts`, 'inventory', {
      lines: [{ line: 2, accepted: 5 }],
    });
    expect(await numbers('supplier', 'SUP-0900')).toEqual(named('bearing'));
    expect(await numbers('supplier', 'SUP-4040')).toEqual([]);
  });

  it('product', async () => {
    expect(await numbers('product', 'RM-BRG-6208')).toEqual(named('bearing', 'normal'));
    const both = await affected('product', 'RM-BRG-6208', 'RM-SHAFT-45');
    expect(both.map(({ number }) => number).sort()).toEqual(named('bearing', 'normal', 'shaft'));
    expect(both.find(({ number }) => number === at.shaft)?.keys).toEqual(['RM-SHAFT-45']);
  });

  it('warehouse: what is to leave it, and what waits for goods that come in there', async () => {
    expect(await numbers('warehouse', 'WH-SH')).toEqual(named('shaft'));
    expect(await numbers('warehouse', 'WH-SZ')).toEqual(named('bearing'));
  });

  it('region: where it goes, however it is written, and where it leaves', async () => {
    expect(await numbers('region', '江苏')).toEqual(named('bearing'));
    expect(await numbers('region', '南京市')).toEqual(named('bearing'));
    expect(await numbers('region', '浙江省')).toEqual(named('normal'));
    expect(await numbers('region', '上海')).toEqual(named('shaft'));
    expect(await numbers('region', 'CN')).toEqual(named('bearing', 'normal', 'shaft'));
  });

  it('payment: one by its id, of a provider those that have not succeeded', async () => {
    expect(await numbers('payment', at.payment ?? '')).toEqual(named('normal'));
    expect(await numbers('payment', 'alipay')).toEqual(named('normal'));
  });

  it('their own number, or all of them; none by an endpoint', async () => {
    expect(await numbers('reported', at.shaft ?? '', at.closed ?? '')).toEqual(named('shaft'));
    expect(await numbers('everything')).toEqual(named('bearing', 'normal', 'shaft'));
    expect(await numbers('endpoint', 'web-shop')).toEqual([]);
    expect(await numbers('product')).toEqual([]);
  });

  it('carrier: what it has not delivered yet', async () => {
    expect(await numbers('carrier', 'SF')).toEqual(named('shaft'));
    const scan = { at: '2026-11-24T01:00:00Z', code: 'signedFor' };
    await post(`/v1/shipments/${shipment}/scans`, 'logistics', scan);
    expect(await numbers('carrier', 'SF')).toEqual([]);
    expect(await numbers('warehouse', 'WH-SH')).toEqual([]);
  });

  it('what is most urgent comes first', async () => {
    const classes = (await affected('everything')).map((order) => order.class);
    expect(classes).toEqual(['urgent', 'urgent', 'normal']);
  });
});
