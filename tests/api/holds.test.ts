import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, goodOrder, startApiRig, type TokenName } from './api-rig.js';

let rig: ApiRig;
let number: string;
let normal: string;
beforeAll(async () => {
  rig = await startApiRig();
  number = await place('2026-12-01');
  normal = await place('2027-12-01');
});
afterAll(() => rig?.stop());

async function place(requestedDelivery: string): Promise<string> {
  const placed = await send('/v1/orders', 'client', { ...goodOrder, requestedDelivery });
  expect(placed.statusCode, placed.body).toBe(201);
  return placed.json().number;
}

const send = (url: string, as: TokenName | null, payload: object, headers = {}) =>
  rig.send({ method: 'POST', url, as, payload, headers });
const good = { reason: 'customerAsked', owner: 'zhou.min', note: '客户仓库盘点' };

describe('POST /v1/orders/{number}/holds', () => {
  it.each([
    ['no body', {}, 'reason'],
    ['a reason that is no key', { ...good, reason: 'Because!' }, 'reason'],
    ['a reason that the policy does not have', { ...good, reason: 'moonlight' }, 'reason'],
    ['an owner who is nobody', { ...good, owner: 'nobody.here' }, 'owner'],
    ['a time without a zone', { ...good, dueAt: '2026-12-01T10:00:00' }, 'dueAt'],
    ['a time that has passed', { ...good, dueAt: '2026-11-24T09:00:00+08:00' }, 'dueAt'],
    ['a note that is too long', { ...good, note: '长'.repeat(2001) }, 'note'],
    ['a field that is not there', { ...good, phase: 'held' }, 'phase'],
  ])('refuses %s by the field, and writes nothing', async (_what, body, field) => {
    const before = await rig.countRows();
    const answer = await send(`/v1/orders/${number}/holds`, 'orderManager', body);
    expect(answer.statusCode, answer.body).toBe(422);
    const { errors } = answer.json() as { errors: { field: string }[] };
    expect(errors.map((error) => error.field)).toContain(field);
    expect(await rig.countRows()).toEqual(before);
  });

  it('is for people who carry an order out or answer for it', async () => {
    expect((await send(`/v1/orders/${number}/holds`, null, good)).statusCode).toBe(401);
    expect((await send(`/v1/orders/${number}/holds`, 'client', good)).statusCode).toBe(403);
    expect((await send(`/v1/orders/${number}/holds`, 'hr', good)).statusCode).toBe(403);
  });

  it('answers 404 for an order that is not there, 409 for one without a process', async () => {
    expect((await send('/v1/orders/SO-20260101-9999/holds', 'orderManager', good)).statusCode).toBe(404);
    const answer = await send(`/v1/orders/${normal}/holds`, 'orderManager', good);
    expect([answer.statusCode, answer.json().code]).toEqual([409, 'not-started']);
  });

  it('is accepted while Temporal is away, and a repeat with the key is the same command', async () => {
    const headers = { 'idempotency-key': 'hold-once' };
    const first = await send(`/v1/orders/${number}/holds`, 'orderManager', good, headers);
    expect(first.statusCode, first.body).toBe(202);
    const again = await send(`/v1/orders/${number}/holds`, 'orderManager', good, headers);
    expect(again.json().id).toBe(first.json().id);
    const other = { ...good, reason: 'quality' };
    const reused = await send(`/v1/orders/${number}/holds`, 'orderManager', other, headers);
    expect(reused.json().code).toBe('idempotency-key-reused');
  });
});

describe('the holds of an order', () => {
  it('are read by staff and by whoever placed it, and by no other client', async () => {
    for (const as of ['orderManager', 'client'] as const) {
      const answer = await rig.send({ url: `/v1/orders/${number}/holds`, as });
      expect([answer.statusCode, answer.json()]).toEqual([200, { items: [], next: null }]);
    }
    expect((await rig.send({ url: `/v1/orders/${number}`, as: 'client' })).json().holds).toEqual([]);
    expect((await rig.send({ url: '/v1/orders/SO-20260101-9999/holds', as: 'client' })).statusCode).toBe(404);
  });

  it.each([
    ['an id that no hold can have', 'SO-20261124-0001.evaluate', 400],
    ['one that is not there', 'SO-20261124-0001.hold.9', 404],
  ])('are not released by %s', async (_what, id, status) => {
    const answer = await send(`/v1/orders/${number}/holds/${id}/release`, 'orderManager', { note: '好' });
    expect(answer.statusCode, answer.body).toBe(status);
  });

  it('are not released without what settled it', async () => {
    const answer = await send(`/v1/orders/${number}/holds/${number}.hold/release`, 'orderManager', {});
    expect(answer.statusCode).toBe(422);
  });
});
