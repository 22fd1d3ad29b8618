import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addBuiltInMonitors } from '../../app/monitors/add-built-ins.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { monitors } from '../../db/schema/index.js';
import { defaultMonitors } from '../../domain/monitors/defaults.js';
import { type ApiRig, NOW, startApiRig, type TokenName } from './api-rig.js';

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApiRig();
  await publishBuiltIns(rig.ctx.db, NOW);
  await addBuiltInMonitors(rig.ctx.db, NOW);
});
afterAll(() => rig?.stop());

const ask = async (
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  { as = 'orderManager', payload, headers }: { as?: TokenName; payload?: object; headers?: object } = {},
) => {
  const answer = await rig.send({ method, url, as, payload, headers: { ...headers } });
  return { status: answer.statusCode, body: answer.json() };
};
const refused = async (
  work: () => Promise<{ status: number; body: unknown }>,
  status: number,
  code: string,
  field?: string,
) => {
  const before = await rig.countRows();
  const answer = await work();
  expect([answer.status, (answer.body as { code: string }).code], JSON.stringify(answer.body)).toEqual([
    status,
    code,
  ]);
  if (field) {
    const { errors } = answer.body as { errors: { field: string }[] };
    expect(errors.map((error) => error.field)).toContain(field);
  }
  expect(await rig.countRows()).toEqual(before);
};

describe('monitors', () => {
  it('are listed with their rule, their last look and what is bad now', async () => {
    const watch = { readAt: NOW, badAt: NOW, bad: 2, good: 0, openSince: NOW, openings: [NOW] };
    await rig.ctx.db
      .update(monitors)
      .set({ state: { subjects: { 'A@WH-SH': watch }, sight: null }, lookedAt: NOW });
    const { status, body } = await ask('GET', '/v1/monitors', { as: 'logistics' });
    expect(status).toBe(200);
    expect(body.items).toHaveLength(defaultMonitors.length);
    const one = await ask('GET', '/v1/monitors/stock-level');
    expect(one.body).toMatchObject({
      key: 'stock-level',
      revision: 1,
      rule: { kind: 'stockBelowLevel', every: 'PT1M' },
      lookedAt: NOW,
      lastError: null,
      blindSince: null,
      open: [{ subject: 'A@WH-SH', since: NOW, muted: false }],
      updatedBy: 'redmark',
    });
  });

  it('are set by a manager with the revision that was read; what is open stays open', async () => {
    const { body } = await ask('GET', '/v1/monitors/stock-level');
    const rule = { ...body.rule, every: 'PT5M', active: false };
    const put = await ask('PUT', '/v1/monitors/stock-level', { payload: { revision: 1, rule } });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      revision: 2,
      rule: { every: 'PT5M', active: false },
      updatedBy: 'wu.lei',
    });
    expect(put.body.open).toHaveLength(1);
    const again = () => ask('PUT', '/v1/monitors/stock-level', { payload: { revision: 1, rule } });
    await refused(again, 409, 'stale-revision');
  });

  it('may be new ones', async () => {
    const { body } = await ask('GET', '/v1/monitors/endpoints');
    const rule = { ...body.rule, key: 'web-shop-alone', only: ['web-shop'] };
    const add = () => ask('PUT', '/v1/monitors/web-shop-alone', { payload: { revision: 0, rule } });
    expect((await add()).body).toMatchObject({ revision: 1, open: [] });
    await refused(add, 409, 'stale-revision');
  });

  it.each<[string, string, object, number, string, string?]>([
    [
      'of another key than the address',
      'endpoints',
      { rule: { key: 'other' } },
      422,
      'invalid-input',
      'rule.key',
    ],
    ['of the product’s own', 'order-risk', { rule: { key: 'order-risk' } }, 422, 'invalid-input', 'rule.key'],
    [
      'that opens what has no playbook',
      'endpoints',
      { rule: { opens: 'flood' } },
      422,
      'invalid-input',
      'rule.opens',
    ],
    ['that looks too often', 'endpoints', { rule: { every: 'PT9S' } }, 422, 'invalid-input', 'rule.every'],
    ['that never closes', 'endpoints', { rule: { dedupKey: 'x' } }, 422, 'invalid-input', 'rule.dedupKey'],
    ['that is not there', 'nothing-like-it', { rule: { key: 'nothing-like-it' } }, 404, 'not-found'],
  ])('%s are refused', async (_, key, change: { rule?: object }, status, code, field) => {
    const { body } = await ask('GET', '/v1/monitors/endpoints');
    const payload = { revision: 1, rule: { ...body.rule, ...change.rule } };
    await refused(() => ask('PUT', `/v1/monitors/${key}`, { payload }), status, code, field);
  });

  it('are set by nobody else, and read by no client', async () => {
    const { body } = await ask('GET', '/v1/monitors/endpoints');
    const payload = { revision: 1, rule: body.rule };
    for (const as of ['sales', 'technicalSupport', 'client'] as const) {
      await refused(() => ask('PUT', '/v1/monitors/endpoints', { as, payload }), 403, 'forbidden');
    }
    await refused(() => ask('GET', '/v1/monitors', { as: 'client' }), 403, 'forbidden');
    await refused(() => ask('GET', '/v1/monitors/nothing-like-it'), 404, 'not-found');
  });
});

describe('mutes', () => {
  const good = {
    kind: 'maintenance',
    subject: 'web-shop',
    reason: '数据库升级',
    owner: 'dong.chao',
    until: '2026-11-24T12:00:00+08:00',
  };

  it('are dated and owned, in force from now unless said, and ended before their time by whoever may set them', async () => {
    const headers = { 'idempotency-key': 'mute-1' };
    const added = await ask('POST', '/v1/mutes', { as: 'technicalSupport', payload: good, headers });
    expect(added.status).toBe(201);
    expect(added.body).toMatchObject({
      kind: 'maintenance',
      subject: 'web-shop',
      monitor: null,
      owner: { id: 'dong.chao', name: '董超' },
      from: NOW,
      until: '2026-11-24T04:00:00.000Z',
      inForce: true,
      quieted: 0,
      endedAt: null,
    });
    const again = await ask('POST', '/v1/mutes', { as: 'technicalSupport', payload: good, headers });
    expect(again.body).toEqual(added.body);
    const listed = await ask('GET', '/v1/mutes?inForce=true');
    expect(listed.body.items).toEqual([added.body]);

    const ended = await ask('POST', `/v1/mutes/${added.body.id}/end`, { as: 'technicalSupport' });
    expect(ended.body).toMatchObject({ inForce: false, endedBy: 'dong.chao', endedAt: NOW });
    expect((await ask('GET', '/v1/mutes?inForce=true')).body.items).toEqual([]);
    expect((await ask('GET', '/v1/mutes?inForce=false')).body.items).toHaveLength(1);
  });

  it('may last thirty days', async () => {
    const until = '2026-12-24T01:30:00Z';
    expect((await ask('POST', '/v1/mutes', { payload: { ...good, until } })).status).toBe(201);
  });

  it.each<[string, object, string]>([
    ['without an end', { until: undefined }, 'until'],
    ['of more than thirty days', { until: '2026-12-24T01:30:01Z' }, 'until'],
    ['that are over', { from: '2026-11-20T00:00:00Z', until: '2026-11-23T00:00:00Z' }, 'until'],
    ['that end before they begin', { from: '2026-11-26T00:00:00Z', until: '2026-11-25T00:00:00Z' }, 'until'],
    ['without an owner', { owner: undefined }, 'owner'],
    ['of somebody unknown', { owner: 'nobody' }, 'owner'],
    ['without a reason', { reason: ' ' }, 'reason'],
    ['of everything', { subject: undefined }, 'monitor'],
    ['of a monitor that is not there', { monitor: 'nothing-like-it' }, 'monitor'],
    ['of another kind', { kind: 'holiday' }, 'kind'],
  ])('%s are refused', (_, change, field) =>
    refused(() => ask('POST', '/v1/mutes', { payload: { ...good, ...change } }), 422, 'invalid-input', field),
  );

  it('are not for everybody, and one that is not there cannot be ended', async () => {
    for (const as of ['sales', 'hr', 'client'] as const) {
      await refused(() => ask('POST', '/v1/mutes', { as, payload: good }), 403, 'forbidden');
    }
    const id = '00000000-0000-4000-8000-000000000000';
    await refused(() => ask('POST', `/v1/mutes/${id}/end`), 404, 'not-found');
    await refused(() => ask('POST', '/v1/mutes/x/end'), 400, 'invalid-parameter');
  });
});
