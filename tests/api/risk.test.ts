import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { riskOrders } from '../../app/monitors/risk-orders.js';
import { type ApiRig, goodOrder, NOW, startApiRig } from './api-rig.js';
import { openIncidentForRisk } from './risk-record.js';

let rig: ApiRig;
/** Numbers by what was made of them. */
const made = { calm: '', late: '', hit: '' };
beforeAll(async () => {
  rig = await startApiRig();
  const place = async (requestedDelivery: string) => {
    const payload = { ...goodOrder, requestedDelivery };
    return (await rig.send({ method: 'POST', url: '/v1/orders', as: 'client', payload })).json().number;
  };
  made.calm = await place('2027-05-20');
  made.late = await place('2027-05-21');
  made.hit = await place('2027-05-22');
  const { $client } = rig.ctx.db;
  await $client.query(`update orders set requested_delivery = '2026-11-20' where number = $1`, [made.late]);
  await openIncidentForRisk(rig.ctx.db, { order: made.hit, severity: 3 });
});
afterAll(() => rig?.stop());

const list = async (query: string, as: 'orderManager' | 'client' = 'orderManager') => {
  const answer = await rig.send({ url: `/v1/orders?${query}`, as });
  return { status: answer.statusCode, body: answer.json() };
};
const numbers = ({ body }: { body: { items: { number: string }[] } }) =>
  body.items.map(({ number }) => number);

describe('the risk of open orders (P15.5)', () => {
  it('is worked out by sets and stored with its reasons, and again only where something changed', async () => {
    expect(await riskOrders(rig.ctx.db, { at: NOW })).toEqual({ orders: 3, changed: 3 });
    expect(await riskOrders(rig.ctx.db, { at: NOW })).toEqual({ orders: 3, changed: 0 });
    const { body } = await list('sort=risk');
    expect(numbers({ body })).toEqual([made.late, made.hit, made.calm]);
    const [late, hit] = body.items;
    expect(late.riskReasons[0]).toMatchObject({
      code: 'overdue',
      zh: '已超过交期 4 天',
      en: '4 days past the promised day',
    });
    expect(hit.riskReasons).toContainEqual({
      code: 'incident',
      points: 30,
      zh: expect.stringContaining('IN-20261124-0009'),
      en: expect.stringContaining('level 3'),
    });
    expect(hit.risk).toBe(
      hit.riskReasons.reduce((sum: number, { points }: { points: number }) => sum + points, 0),
    );
    const shown = await rig.send({ url: `/v1/orders/${made.late}`, as: 'sales' });
    expect(shown.json()).toMatchObject({ risk: late.risk, riskReasons: late.riskReasons, riskAt: NOW });
  });

  it('narrows the list and orders it, page by page', async () => {
    const { body } = await list('sort=risk');
    const risks = body.items.map(({ risk }: { risk: number }) => risk);
    expect(numbers(await list(`riskAtLeast=${risks[1]}`)).sort()).toEqual([made.late, made.hit].sort());
    expect(numbers(await list(`riskAtLeast=${risks[0]}&sort=risk`))).toEqual([made.late]);
    const paged: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`sort=risk&limit=1${cursor && `&cursor=${cursor}`}`);
      paged.push(...numbers(page));
      if (page.body.next === null) break;
      cursor = page.body.next;
    }
    expect(paged).toEqual([made.late, made.hit, made.calm]);
    const newest = await list('limit=1');
    expect((await list(`sort=risk&cursor=${newest.body.next}`)).body.code).toBe('invalid-parameter');
  });

  it('is gone with the end of the order', async () => {
    await rig.ctx.db.$client.query(`update orders set ended_at = $2, phase = 'closed' where number = $1`, [
      made.calm,
      NOW,
    ]);
    expect(await riskOrders(rig.ctx.db, { at: NOW })).toMatchObject({ orders: 2 });
    expect(numbers(await list('sort=risk'))).toEqual([made.late, made.hit]);
    const { body } = await list(`q=${made.calm}`);
    expect(body.items[0]).toMatchObject({ risk: null, riskReasons: [] });
  });

  it('is for our own people: it tells of suppliers and incidents', async () => {
    expect((await list('sort=risk', 'client')).status).toBe(403);
    expect((await list('riskAtLeast=1', 'client')).status).toBe(403);
    const { body } = await list('', 'client');
    for (const { risk, riskReasons } of body.items) expect([risk, riskReasons]).toEqual([null, []]);
    const shown = (await rig.send({ url: `/v1/orders/${made.late}`, as: 'client' })).json();
    expect([shown.risk, shown.riskReasons, shown.riskAt]).toEqual([null, [], null]);
  });

  it.each(['riskAtLeast=101', 'riskAtLeast=x', 'riskAtLeast=-1', 'sort=odd'])(
    '%s is refused',
    async (query) => {
      expect((await list(query)).body.code).toBe('invalid-parameter');
    },
  );
});
