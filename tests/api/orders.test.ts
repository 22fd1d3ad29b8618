import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importOrders } from '../../app/import-orders.js';
import { readMapping } from '../../cli/read-mapping.js';
import { DEPARTMENTS } from '../../domain/roles/shape.js';
import { type ApiRig, goodOrder, NOW, startApiRig, type TokenName } from './api-rig.js';

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApiRig();
});
afterAll(() => rig?.stop());

const place = (payload: object = goodOrder, as: TokenName = 'client', headers = {}) =>
  rig.send({ method: 'POST', url: '/v1/orders', as, payload, headers });
const list = async (query: string, as: TokenName = 'orderManager') => {
  const answer = await rig.send({ url: `/v1/orders?${query}`, as });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json() as { items: { number: string }[]; next: string | null };
};
const numbersOf = ({ items }: { items: { number: string }[] }) => items.map(({ number }) => number);

describe('placing an order (P05.1)', () => {
  it('is answered with the order while Temporal is away, assessed (P15.1), its start left on record', async () => {
    const answer = await place();
    expect(answer.statusCode).toBe(201);
    const order = answer.json();
    expect(answer.headers.location).toBe(`/v1/orders/${order.number}`);
    expect(order).toMatchObject({
      class: 'urgent',
      grade: 3,
      red: true,
      phase: 'evaluating',
      amountMinor: 128_000,
      decision: { by: 'policy', class: 'urgent' },
      proposal: null,
    });
    expect(order.reasons.map(({ code }: { code: string }) => code)).toEqual(['shortLeadTime']);
    // 24 November 2026, 09:30 in Shanghai: the same day, and two working days (design §6).
    expect(order.deadlines.map(({ kind, dueAt }: { kind: string; dueAt: string }) => [kind, dueAt])).toEqual([
      ['evaluation', '2026-11-24T09:00:00.000Z'],
      ['confirmation', '2026-11-26T09:00:00.000Z'],
    ]);
    const { rows } = await rig.ctx.db.$client.query('select kind, state from commands where target = $1', [
      `order/${order.number}`,
    ]);
    expect(rows).toEqual([{ kind: 'start', state: 'pending' }]);
  });

  it('gives the first answer again for the same key, and stores nothing more', async () => {
    const key = { 'idempotency-key': 'shop/4711' };
    const first = await place(goodOrder, 'client', key);
    const before = await rig.countRows();
    const again = await place({ ...goodOrder }, 'client', key);
    expect([again.statusCode, again.json()]).toEqual([201, first.json()]);
    expect(again.headers.location).toBe(first.headers.location);
    const other = await place({ ...goodOrder, channel: 'phone' }, 'client', key);
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
    expect(await rig.countRows()).toEqual(before);
  });

  it('takes the same key of another credential as another request', async () => {
    const key = { 'idempotency-key': 'shop/4712' };
    const first = await place(goodOrder, 'client', key);
    const other = await place(goodOrder, 'sales', key);
    expect(other.statusCode).toBe(201);
    expect(other.json().number).not.toBe(first.json().number);
  });

  it('knows a customer by mail address, and makes a new one only once', async () => {
    const first = (await place()).json();
    const again = (await place()).json();
    expect(again.customer.id).toBe(first.customer.id);
  });
});

describe('the answer to a new order', () => {
  const customer = { name: '甲方机电有限公司', email: 'first.answer@example.com' };
  const full = {
    ...goodOrder,
    customer: { ...customer, phone: '+8651255550102' },
    lines: [
      { sku: 'RM-SHAFT-45', quantity: 2, unitPriceMinor: 91_050, discountBp: 125 },
      { sku: 'RM-BELT-B1500', quantity: 3 },
    ],
    receivedAt: '2026-11-24T09:12:00+08:00',
    requestedReplyBy: '2026-11-25T15:00:00+08:00',
    shippingMethod: '公路',
    process: '调质',
    specialRequirements: '附材质报告',
    priorityRequested: { reason: '停产' },
    ground: 'life',
    groundStatement: '医院备用电机停机',
    customerReference: 'PO-7',
  };
  const normal = {
    ...goodOrder,
    requestedDelivery: '2027-06-01',
    lines: [{ sku: 'RM-BELT-B1500', quantity: 1 }],
  };

  it.each([
    ['a client', 'client', goodOrder],
    ['a client, for a customer seen for the first time', 'client', { ...goodOrder, customer }],
    ['a client, with all there can be', 'client', full],
    ['sales, with all there can be', 'sales', full],
    [
      'the order manager, for a customer seen for the first time',
      'orderManager',
      { ...goodOrder, customer: { name: '乙方' } },
    ],
    ['the order manager, a normal one', 'orderManager', normal],
  ] as const)('is what reading it gives: %s', async (_, as, body) => {
    const placed = await place(body, as);
    expect(placed.statusCode, placed.body).toBe(201);
    const read = await rig.send({ url: `/v1/orders/${placed.json().number}`, as });
    expect(placed.json()).toEqual(read.json());
  });

  it('is kept beside its key, as it was given', async () => {
    const placed = await place(full, 'client', { 'idempotency-key': 'shop/4713' });
    const { rows } = await rig.ctx.db.$client.query('select answer from commands where key = $1', [
      'shop/4713',
    ]);
    expect(rows).toEqual([{ answer: placed.json() }]);
  });

  it('is one and the same for requests with one key at once, and one order is stored', async () => {
    const before = await rig.countRows();
    const key = { 'idempotency-key': 'shop/4714' };
    const body = { ...goodOrder, customer: { name: '丙方', email: 'third@example.com' } };
    const answers = await Promise.all([1, 2, 3].map(() => place(body, 'client', key)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    for (const answer of answers) expect(answer.json()).toEqual(answers[0]?.json());
    const after = await rig.countRows();
    const added = (table: string) => (after[table] ?? 0) - (before[table] ?? 0);
    expect(['orders', 'customers', 'commands'].map(added)).toEqual([1, 1, 1]);
  });
});

describe('reading orders', () => {
  it('shows a client the orders it placed, and others’ not at all', async () => {
    const own = (await place()).json();
    const others = (await place(goodOrder, 'sales')).json();
    expect((await rig.send({ url: `/v1/orders/${own.number}`, as: 'client' })).json()).toEqual(own);
    for (const part of ['', '/timeline', '/questions']) {
      const answer = await rig.send({ url: `/v1/orders/${others.number}${part}`, as: 'client' });
      expect([part, answer.statusCode, answer.json().code]).toEqual([part, 404, 'not-found']);
    }
    const seen = numbersOf(await list('limit=200', 'client'));
    expect(seen).toContain(own.number);
    expect(seen).not.toContain(others.number);
    expect(numbersOf(await list('limit=200'))).toEqual(expect.arrayContaining([own.number, others.number]));
  });

  it('hides how a customer is reached from those who have no need of it', async () => {
    const order = (await place()).json();
    for (const [as, shipTo] of [
      ['logistics', order.shipTo],
      ['ops', null],
      ['hr', null],
    ] as const) {
      expect((await rig.send({ url: `/v1/orders/${order.number}`, as })).json().shipTo).toEqual(shipTo);
    }
    const customer = await rig.send({ url: `/v1/customers/${order.customer.id}`, as: 'ops' });
    expect(customer.json()).toMatchObject({ name: goodOrder.customer.name, email: null, phone: null });
    const forSales = await rig.send({ url: `/v1/customers/${order.customer.id}`, as: 'sales' });
    expect(forSales.json()).toMatchObject({ email: goodOrder.customer.email, phone: '+8651255550101' });
  });

  it('answers the record with "live": false where no process answers', async () => {
    const order = (await place()).json();
    const answer = await rig.send({ url: `/v1/orders/${order.number}?live=true`, as: 'client' });
    expect(answer.json()).toEqual({ ...order, live: false });
  });

  it('pages through the whole list without a gap or a repeat, newest first', async () => {
    for (let count = 0; count < 5; count++) await place();
    const all = numbersOf(await list('limit=200'));
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = await list(`limit=3${cursor}`);
      paged.push(...numbersOf(page));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor);
    expect(paged).toEqual(all);
    expect(paged).toEqual([...paged].sort().reverse());
    expect(new Set(paged).size).toBe(paged.length);
  });

  it('narrows the list by each filter', async () => {
    const critical = (
      await place({
        ...goodOrder,
        ground: 'life',
        groundStatement: '医院备用电机停机',
        customerReference: 'PO_100%',
      })
    ).json();
    const normal = (
      await place({
        ...goodOrder,
        requestedDelivery: '2027-06-01',
        lines: [{ sku: 'RM-BELT-B1500', quantity: 1 }],
      })
    ).json();
    expect([critical.class, normal.class]).toEqual(['critical', 'normal']);
    const finds = async (query: string) => {
      const numbers = numbersOf(await list(`limit=200&${query}`));
      return [numbers.includes(critical.number), numbers.includes(normal.number)];
    };
    expect(await finds('class=critical')).toEqual([true, false]);
    expect(await finds('class=normal')).toEqual([false, true]);
    expect(await finds('grade=0')).toEqual([false, true]);
    expect(await finds(`grade=${critical.grade}`)).toEqual([true, false]);
    expect(await finds('phase=evaluating')).toEqual([true, false]);
    expect(await finds('breached=false')).toEqual([true, true]);
    expect(await finds('breached=true')).toEqual([false, false]);
    expect(await finds(`customer=${critical.customer.id}`)).toEqual([true, true]);
    expect(await finds('customer=C-0001')).toEqual([false, false]);
    expect(await finds('dueBefore=2026-11-24T14:00:00%2B08:00')).toEqual([true, false]);
    expect(await finds('dueBefore=2026-11-24T09:00:00+08:00')).toEqual([false, false]);
    expect(await finds('q=belt-b15')).toEqual([false, true]);
    expect(await finds(`q=${critical.number.toLowerCase()}`)).toEqual([true, false]);
    // The signs of LIKE mean themselves.
    expect(await finds(`q=${encodeURIComponent('o_100%')}`)).toEqual([true, false]);
    expect(await finds('q=%25')).toEqual([true, false]);
    expect(await finds(`q=${encodeURIComponent('精工')}`)).toEqual([true, true]);
  });

  it('shows orders imported as history like any other, closed and without a process', async () => {
    const fixtures = new URL('../cli/fixtures/', import.meta.url).pathname;
    const mapping = await readMapping(`${fixtures}tiny-shop.json`);
    const { orders } = await importOrders(rig.ctx.db, { folder: `${fixtures}tiny-shop`, mapping, at: NOW });
    expect(orders).toBeGreaterThan(0);
    const { items } = await list('limit=200&phase=closed');
    expect(items).toHaveLength(orders);
    for (const { number } of items) {
      const order = await rig.send({ url: `/v1/orders/${number}`, as: 'sales' });
      expect(order.json(), order.body).toMatchObject({
        number,
        phase: 'closed',
        deadlines: [],
        proposal: null,
      });
      const timeline = await rig.send({ url: `/v1/orders/${number}/timeline`, as: 'sales' });
      expect(timeline.json().items).toEqual([expect.objectContaining({ what: 'import' })]);
    }
  });

  it('tells the timeline in both languages, for a client without our people', async () => {
    const order = (await place(goodOrder, 'client')).json();
    const { items } = (await rig.send({ url: `/v1/orders/${order.number}/timeline`, as: 'client' })).json();
    expect(items).toEqual([
      {
        at: order.receivedAt,
        source: 'audit',
        what: 'accept',
        words: { zh: '订单已受理', en: 'Order accepted' },
        actor: { id: 'client:demo-shop', name: expect.any(String) },
        task: null,
        detail: {},
      },
    ]);
  });
});

describe('the company’s tables', () => {
  it('show a client the customers it brought, and staff the whole book', async () => {
    const { customer } = (await place({ ...goodOrder, customer: { name: '另一家' } }, 'sales')).json();
    const seen = async (as: TokenName) => {
      const answer = await rig.send({ url: '/v1/customers?limit=200', as });
      return answer.json().items.some(({ id }: { id: string }) => id === customer.id);
    };
    expect([await seen('client'), await seen('sales')]).toEqual([false, true]);
    const answer = await rig.send({ url: `/v1/customers/${customer.id}`, as: 'client' });
    expect(answer.statusCode).toBe(404);
  });

  it('show products with their normal lead time, found by part of a name', async () => {
    const { items } = (await rig.send({ url: '/v1/products?q=shaft-45', as: 'client' })).json();
    expect(items).toEqual([expect.objectContaining({ sku: 'RM-SHAFT-45', normalLeadTimeDays: 30 })]);
    const one = await rig.send({ url: '/v1/products/RM-SHAFT-45', as: 'client' });
    expect(one.json()).toEqual(items[0]);
    const discontinued = (await rig.send({ url: '/v1/products?discontinued=true', as: 'client' })).json();
    expect(discontinued.items.length).toBeGreaterThan(0);
    expect(discontinued.items.every((product: { discontinued: boolean }) => product.discontinued)).toBe(true);
  });

  it('show one head for each department', async () => {
    const { items } = (await rig.send({ url: '/v1/people?limit=200&active=true', as: 'vp' })).json();
    const heads = items.filter(({ head }: { head: boolean }) => head);
    const departments = heads.map(({ department }: { department: string }) => department);
    expect(new Set(departments).size).toBe(departments.length);
    expect(departments).toEqual(expect.arrayContaining([...DEPARTMENTS]));
    const quality = (await rig.send({ url: '/v1/people?role=quality', as: 'vp' })).json().items;
    expect(quality.every(({ roles }: { roles: string[] }) => roles.includes('quality'))).toBe(true);
    expect(quality.length).toBeGreaterThan(0);
  });
});

describe('calendar', () => {
  it.each([
    ['from=2026-11-24T09:30:00%2B08:00&workingDays=2', '2026-11-26T09:00:00.000Z', false],
    ['from=2026-09-30T10:00:00%2B08:00&workingDays=2', '2026-10-09T09:00:00.000Z', false],
    ['from=2026-11-24T11:00:00%2B08:00&workingHours=2', '2026-11-24T06:00:00.000Z', false],
    ['from=2027-03-01T09:00:00%2B08:00&workingDays=1', '2027-03-02T09:00:00.000Z', true],
  ])('adds %s', async (query, due, provisional) => {
    const answer = await rig.send({ url: `/v1/calendar/add?${query}`, as: 'client' });
    expect(answer.json()).toMatchObject({ due, provisional });
  });
});
