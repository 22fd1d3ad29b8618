import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signBody } from '../../app/verify-signature.js';
import { readWebhookSources } from '../../app/webhook-sources.js';
import { type ApiRig, NOW, startApiRig } from './api-rig.js';
import { goodPayment, goodShipment, stockCompany } from './fact-bodies.js';

const SECRET = 'a secret of the carrier, long enough for it';
const sources = readWebhookSources(
  {
    WEBHOOK_SOURCE_SF_EXPRESS: `scans:${SECRET}`,
    WEBHOOK_SOURCE_ERP: `payments+stock:${'e'.repeat(32)}`,
  },
  [],
);
const seconds = (offset = 0) => String(Date.parse(NOW) / 1000 + offset);

let rig: ApiRig;
let order: string;
let shipment: string;
let made = 0;
let id: string;
beforeAll(async () => {
  rig = await startApiRig({ webhooks: sources });
  order = await stockCompany(rig);
  const payload = { ...goodShipment, order };
  shipment = (await rig.send({ method: 'POST', url: '/v1/shipments', as: 'logistics', payload })).json().id;
});
afterAll(() => rig?.stop());
beforeEach(() => {
  made += 1;
  id = `delivery-${made}`;
});

interface Sent {
  source?: string;
  secret?: string;
  timestamp?: string;
  headers?: Record<string, string | undefined>;
  /** What is sent in place of what was signed. */
  instead?: string;
}

async function deliver(body: unknown, sent: Sent = {}) {
  const { source = 'sf-express', secret = SECRET, timestamp = seconds(), headers, instead } = sent;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await rig.send({
    method: 'POST',
    url: `/v1/webhooks/${source}`,
    as: null,
    payload: instead ?? text,
    headers: Object.fromEntries(
      Object.entries({
        'content-type': 'application/json',
        'x-redmark-timestamp': timestamp,
        'x-redmark-signature': signBody(secret, timestamp, text),
        ...headers,
      }).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const toErp = { source: 'erp', secret: 'e'.repeat(32) };
const scan = { carrier: 'SF', trackingNumber: 'SF1000001', at: '2026-11-24T01:00:00Z', code: 'pickedUp' };
const payment = () => ({ ...goodPayment, order, reference: id });
const count = { warehouse: 'WH-SH', sku: 'RM-BELT-B1500', onHand: 3, countedAt: '2026-11-24T01:00:00Z' };

async function expectNothingStored(work: () => Promise<unknown>): Promise<void> {
  const before = await rig.countRows();
  await work();
  expect(await rig.countRows()).toEqual(before);
}

describe('a signed delivery', () => {
  it('of scans moves shipments on; the ones that stand on record are not new', async () => {
    const first = await deliver({ id, scans: [scan] });
    expect(first).toEqual({ status: 200, body: { id, scans: 1, payments: 0, stock: 0 } });
    const more = { ...scan, at: '2026-11-24T01:10:00Z', code: 'departed', place: '上海' };
    const second = await deliver({ id: `${id}b`, scans: [scan, more] });
    expect(second.body.scans).toBe(1);
    const shown = (await rig.send({ url: `/v1/shipments/${shipment}` })).json();
    expect(shown).toMatchObject({ status: 'underway', lastScanAt: '2026-11-24T01:10:00.000Z' });
    const { rows } = await rig.ctx.db.$client.query(
      `select actor, credential, detail from audit where subject = 'webhook/sf-express' order by seq`,
    );
    expect(rows[0]).toEqual({
      actor: 'webhook:sf-express',
      credential: 'signature',
      detail: { delivery: id, scans: 1, payments: 0, stock: 0 },
    });
  });

  it('of payments and stock at once; a reorder level that is not stated stays', async () => {
    const level = { onHand: 10, reorderLevel: 8, countedAt: '2026-11-24T00:00:00Z' };
    await rig.send({ method: 'PUT', url: '/v1/stock/WH-SH/RM-BELT-B1500', as: 'inventory', payload: level });
    const taken = await deliver({ id, payments: [payment()], stock: [count] }, toErp);
    expect(taken).toEqual({ status: 200, body: { id, scans: 0, payments: 1, stock: 1 } });
    const { items } = (await rig.send({ url: '/v1/stock?low=true' })).json();
    expect(items).toMatchObject([{ sku: 'RM-BELT-B1500', onHand: 3, reorderLevel: 8, low: true }]);
    const older = await deliver(
      { id: `${id}b`, stock: [{ ...count, onHand: 99, countedAt: '2026-11-23T00:00:00Z' }] },
      toErp,
    );
    expect(older.body.stock).toBe(0);
  });

  it('is taken within five minutes of its timestamp, either way', async () => {
    for (const offset of [-299, 299]) {
      const { status } = await deliver(
        { id: `${id}${offset}`, scans: [scan] },
        { timestamp: seconds(offset) },
      );
      expect(status).toBe(200);
    }
  });
});

describe('nothing is stored of a delivery', () => {
  it('that is sent again: its id was taken', async () => {
    const body = { id, payments: [payment()] };
    expect((await deliver(body, toErp)).status).toBe(200);
    await expectNothingStored(async () => {
      const again = await deliver(body, toErp);
      expect([again.status, again.body.code]).toEqual([409, 'already-received']);
      const other = await deliver({ id, payments: [{ ...payment(), reference: 'another' }] }, toErp);
      expect(other.status).toBe(409);
    });
    // An id is the sender's own: another source may have the same.
    expect((await deliver({ id, scans: [scan] })).status).toBe(200);
  });

  it('that arrives twice at once but for one of the two', async () => {
    const body = { id, payments: [payment()] };
    const statuses = (await Promise.all([deliver(body, toErp), deliver(body, toErp)])).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([200, 409]);
  });

  it.each<[string, Sent]>([
    ['with another secret', { secret: 'x'.repeat(40) }],
    ['without a signature', { headers: { 'x-redmark-signature': undefined } }],
    ['with a signature of another length', { headers: { 'x-redmark-signature': 'sha256=00' } }],
    ['without a timestamp', { headers: { 'x-redmark-timestamp': undefined } }],
    ['with another timestamp than was signed', { headers: { 'x-redmark-timestamp': seconds(1) } }],
    ['with a timestamp in words', { timestamp: 'now' }],
    ['with a timestamp of six minutes ago', { timestamp: seconds(-360) }],
    ['with a timestamp six minutes ahead', { timestamp: seconds(360) }],
    ['whose body was changed', { instead: JSON.stringify({ id: 'changed', scans: [scan] }) }],
    ['whose body is gone', { instead: '' }],
    ['whose body cannot be read, before anybody tries', { instead: '{"id": ' }],
  ])('%s', (_what, sent) =>
    expectNothingStored(async () => {
      const { status, body } = await deliver({ id, scans: [scan] }, sent);
      expect([status, body.code], JSON.stringify(body)).toEqual([401, 'bad-signature']);
    }),
  );

  it('of a source that nobody has named, whatever its signature', () =>
    expectNothingStored(async () => {
      for (const source of ['nobody', '__proto__', 'constructor', '%00']) {
        const { status, body } = await deliver({ id, scans: [scan] }, { source });
        expect([status, body.code], source).toEqual([404, 'not-found']);
      }
    }));

  it('of what its source may not send', () =>
    expectNothingStored(async () => {
      const { status, body } = await deliver({ id, payments: [payment()] });
      expect([status, body.code]).toEqual([403, 'forbidden']);
    }));

  it.each<[string, () => unknown, string, Sent?]>([
    [
      'an unknown shipment',
      () => ({ id, scans: [scan, { ...scan, trackingNumber: 'SF9' }] }),
      'scans.1.trackingNumber',
    ],
    [
      'a scan from the future',
      () => ({ id, scans: [{ ...scan, at: '2026-11-24T02:00:00Z' }] }),
      'scans.0.at',
    ],
    ['an unknown code', () => ({ id, scans: [{ ...scan, code: 'beamed' }] }), 'scans.0.code'],
    ['no id', () => ({ scans: [scan] }), 'id'],
    ['nothing in it', () => ({ id }), 'scans'],
    ['an unknown field', () => ({ id, scans: [scan], extra: 1 }), 'extra'],
    [
      'an unknown order',
      () => ({ id, payments: [{ ...payment(), order: 'SO-20200101-0001' }] }),
      'payments.0.order',
      toErp,
    ],
    ['a payment twice', () => ({ id, payments: [payment(), payment()] }), 'payments.1.reference', toErp],
    [
      'a good payment beside an unknown article',
      () => ({ id, payments: [payment()], stock: [{ ...count, sku: 'RM-NOPE' }] }),
      'stock.0.sku',
      toErp,
    ],
    ['a place twice', () => ({ id, stock: [count, count] }), 'stock.1.sku', toErp],
    [
      'a count without an instant',
      () => ({ id, stock: [{ ...count, countedAt: undefined }] }),
      'stock.0.countedAt',
      toErp,
    ],
    ['a list', () => [], 'body'],
  ])('with %s', (_what, body, field, sent) =>
    expectNothingStored(async () => {
      const answer = await deliver(body(), sent);
      expect([answer.status, answer.body.code], JSON.stringify(answer.body)).toEqual([422, 'invalid-input']);
      expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(field);
    }),
  );

  it.each<[string, string, Record<string, string>, number, string]>([
    ['broken JSON that was signed', '{"id": ', {}, 400, 'malformed-body'],
    ['a prototype in it', '{"__proto__": {"id": "x"}}', {}, 400, 'malformed-body'],
    ['another content type', 'id=1', { 'content-type': 'text/xml' }, 415, 'unsupported-media-type'],
    ['1 MB', `"${'x'.repeat(1_000_000)}"`, {}, 413, 'body-too-large'],
  ])('that is %s', (_what, text, headers, status, code) =>
    expectNothingStored(async () => {
      const answer = await deliver(text, { headers });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }),
  );
});
