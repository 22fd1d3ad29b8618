import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signBody } from '../../app/verify-signature.js';
import type { IncidentView } from '../../contracts/http-incidents.js';
import type { TimelineEntry } from '../../contracts/http-records.js';
import type { MonitorRule } from '../../domain/monitors/shape.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
import type { Policy } from '../../domain/policy/shape.js';
import { demoPeople } from '../../local/demo/demo-people.js';
import { postUntilAnswered, urgentOrder } from '../support/act-by-http.js';
import { createProcessSet, type ProcessSet } from '../support/process-set.js';
import { waitUntil } from '../support/wait-until.js';

// Real servers, real processes, real mail, and no person: monitors and a signed webhook open the incidents, timers do
// the rest.
const secret = 'a secret that the warehouse signs its alerts with';
let set: ProcessSet;

beforeAll(async () => {
  set = await createProcessSet({ env: { WEBHOOK_SOURCE_WAREHOUSE: `signals:${secret}` } });
  await putPolicy((policy) => ({
    ...policy,
    deadlines: {
      ...policy.deadlines,
      ...Object.fromEntries(
        (['level1', 'level2', 'level3'] as const).map((level) => [
          level,
          { ...policy.deadlines[level], acknowledge: { elapsed: 'PT4S' }, confirm: { elapsed: 'PT4S' } },
        ]),
      ),
    },
    ladder: {
      ...policy.ladder,
      ...Object.fromEntries(
        (['level1', 'level2', 'level3'] as const).map((level) => [
          level,
          { ...policy.ladder[level], step: { elapsed: 'PT1S' }, repeat: 1 },
        ]),
      ),
    },
  }));
});
afterAll(() => set?.stop());

async function putPolicy(change: (policy: Policy) => Policy): Promise<void> {
  const { body } = await set.request('orderManager', 'GET', '/v1/policy');
  const { revision, policy } = body as { revision: number; policy: Policy };
  const put = { body: { revision, policy: change(policy) } };
  expect((await set.request('orderManager', 'PUT', '/v1/policy', put)).status).toBe(200);
}

/** Times of its own go before the policy's: the company's revision of a playbook, by one person and another. */
async function hasten(type: string): Promise<void> {
  const path = `/v1/playbooks/${type}`;
  const { revision, playbook } = (await set.request('orderManager', 'GET', path)).body as {
    revision: number;
    playbook: Playbook;
  };
  const times = { ...playbook.times, acknowledge: { elapsed: 'PT4S' }, confirm: { elapsed: 'PT4S' } };
  const draft = { baseRevision: revision, playbook: { ...playbook, times } };
  const put = await set.request('orderManager', 'PUT', `${path}/draft`, { body: draft });
  expect(put.status, JSON.stringify(put.body)).toBe(200);
  const published = await set.request('emergencyManager', 'POST', `${path}/draft/publish`, {
    body: { revision: (put.body as { revision: number }).revision },
  });
  expect(published.status, JSON.stringify(published.body)).toBe(200);
}

async function changeRule(key: string, change: (rule: MonitorRule) => Partial<MonitorRule>): Promise<void> {
  const path = `/v1/monitors/${key}`;
  const { revision, rule } = (await set.request('orderManager', 'GET', path)).body as {
    revision: number;
    rule: MonitorRule;
  };
  const put = await set.request('orderManager', 'PUT', path, {
    body: { revision, rule: { ...rule, ...change(rule) } },
  });
  expect(put.status, JSON.stringify(put.body)).toBe(200);
}

async function signal(body: object) {
  const text = JSON.stringify(body);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const answer = await fetch(`${set.origin}/v1/signals/warehouse`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-redmark-timestamp': timestamp,
      'x-redmark-signature': signBody(secret, timestamp, text),
    },
    body: text,
  });
  return { status: answer.status, body: (await answer.json()) as { alerts: { incident: string }[] } };
}

const viewOf = async (number: string) =>
  (await set.request('orderManager', 'GET', `/v1/incidents/${number}`)).body as unknown as IncidentView;

async function opened(type: string, of: (view: IncidentView) => boolean): Promise<IncidentView> {
  return waitUntil(
    async () => {
      const { items } = (await set.request('orderManager', 'GET', `/v1/incidents?type=${type}&limit=50`))
        .body as { items: { number: string }[] };
      for (const { number } of items) {
        const view = await viewOf(number);
        if (of(view)) return view;
      }
      return undefined;
    },
    { withinMs: 60_000, everyMs: 500, what: `an incident of ${type}` },
  );
}

/** Nobody answers: the confirmation is breached and every rung fires, up to the general manager, who gets the mail. */
async function climbs(number: string): Promise<void> {
  const general = String(demoPeople.find(({ roles }) => roles.includes('generalManager'))?.email);
  await waitUntil(
    async () =>
      (await set.mailbox.messages()).some(
        ({ to, subject, text }) => to.includes(general) && `${subject}${text}`.includes(number),
      ),
    { withinMs: 90_000, everyMs: 500, what: `a mail to the general manager about ${number}` },
  );
  const view = await viewOf(number);
  expect(view).toMatchObject({ phase: 'reported', breached: true, confirmedAt: null });
  const { items } = (await set.request('orderManager', 'GET', `/v1/incidents/${number}/timeline?limit=200`))
    .body as { items: TimelineEntry[] };
  const people = new Set(demoPeople.map(({ id }) => id));
  const acts = items.filter(({ source, actor }) => source === 'audit' && people.has(String(actor?.id)));
  expect(acts, 'no person did anything').toEqual([]);
}

describe('what nobody reports and nobody answers', () => {
  it('server-failure: an endpoint stops answering, a probe finds it, and it climbs to the general manager', async () => {
    await hasten('server-failure');
    const server = createServer((_, response) => response.end('up'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const created = await set.request('technicalSupport', 'POST', '/v1/endpoints', {
      body: {
        id: 'erp-gateway',
        name: 'ERP 网关',
        kind: 'http',
        address: `http://127.0.0.1:${port}/health`,
        intervalSeconds: 5,
        serves: '订单下发与库存同步',
        severityHint: 2,
        owner: demoPeople.find(({ roles }) => roles.includes('technicalSupport'))?.id,
      },
    });
    expect(created.status, JSON.stringify(created.body)).toBe(201);
    await changeRule('endpoints', ({ hysteresis }) => ({ hysteresis: { ...hysteresis, openAfter: 1 } }));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const view = await opened('server-failure', ({ facts }) => facts?.endpoint === 'erp-gateway');
    expect(view).toMatchObject({ source: 'monitor/endpoints', severity: 2 });
    await climbs(view.number);
  });

  it('supplier-delay: goods are not received on the day the supplier confirmed, and the orders that wait are linked', async () => {
    const order = await postUntilAnswered(set, 'client', '/v1/orders', urgentOrder('waits-for-parts'));
    const number = String(order.body.number);
    const supplier = await set.request('purchasing', 'POST', '/v1/suppliers', {
      body: {
        number: 'SUP-LATE',
        name: '宁波甬江锻件有限公司',
        email: 'sales@yongjiang.example',
        offers: [{ sku: 'RM-SHAFT-45', priceMinor: 10_000, currency: 'CNY', leadTimeDays: 10 }],
      },
    });
    expect(supplier.status, JSON.stringify(supplier.body)).toBe(201);
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString();
    const placed = await set.request('purchasing', 'POST', '/v1/purchase-orders', {
      body: {
        supplier: 'SUP-LATE',
        currency: 'CNY',
        orderedAt: day(20),
        neededBy: day(6).slice(0, 10),
        lines: [
          { sku: 'RM-SHAFT-45', quantity: 1, unitPriceMinor: 10_000, waiting: [{ order: number, line: 1 }] },
        ],
      },
    });
    expect(placed.status, JSON.stringify(placed.body)).toBe(201);
    const purchase = String(placed.body.number);
    await changeRule('supplier-receipts', () => ({ every: 'PT10S' }));
    const view = await opened('supplier-delay', ({ facts }) => facts?.purchaseOrder === purchase);
    expect(view.source).toBe('monitor/supplier-receipts');
    expect(view.affected.orders.map((one) => one.number)).toContain(number);
    const seen = (await set.request('orderManager', 'GET', `/v1/orders/${number}`)).body;
    expect(seen.incidents).toContainEqual(expect.objectContaining({ number: view.number }));
    await climbs(view.number);
  });

  it('wrong-shipment: a signed alert of the warehouse holds the customer’s shipments before anybody has looked', async () => {
    await hasten('wrong-shipment');
    const order = await postUntilAnswered(set, 'client', '/v1/orders', urgentOrder('got-the-wrong-goods'));
    const number = String(order.body.number);
    const sent = await signal({
      type: 'wrong-shipment',
      key: 'parcel-4711',
      summary: '复核发现运单 4711 装箱型号与订单不符，包裹已交承运商。',
      status: 'firing',
      orders: [number],
    });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
    const incident = String(sent.body.alerts[0]?.incident);
    await waitUntil(
      async () => {
        const { items } = (await set.request('orderManager', 'GET', `/v1/orders/${number}/holds`)).body as {
          items: { reason: string; incident: string | null }[];
        };
        return items.some((hold) => hold.incident === incident && hold.reason === 'shipment');
      },
      { withinMs: 30_000, everyMs: 300, what: 'the hold' },
    );
    await climbs(incident);
  });

  it('no-courier: the same alert twice is one incident, and it climbs', async () => {
    await hasten('no-courier');
    const order = await postUntilAnswered(set, 'client', '/v1/orders', urgentOrder('no-courier-comes'));
    const alert = {
      type: 'no-courier',
      key: 'dispatch-suzhou-1',
      summary: '苏州工业园区暂无可派配送员。',
      status: 'firing',
      orders: [String(order.body.number)],
    };
    const first = await signal(alert);
    const again = await signal({ ...alert, summary: '仍无可派配送员。' });
    expect([first.status, again.status]).toEqual([200, 200]);
    const incident = String(first.body.alerts[0]?.incident);
    expect(again.body.alerts[0]).toMatchObject({ incident, joined: true });
    expect((await viewOf(incident)).count).toBe(2);
    await climbs(incident);
  });
});
