import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type ApiRig, NOW, startApiRig } from './api-rig.js';

let rig: ApiRig;
/** Tuesday 2026-11-24, 09:30 in Shanghai. */
let now = NOW;
beforeAll(async () => {
  rig = await startApiRig({ now: () => new Date(now) });
});
afterEach(async () => {
  now = NOW;
  for (const table of ['on_call_shifts', 'on_call_overrides', 'delegations']) {
    await rig.ctx.db.$client.query(`delete from ${table}`);
  }
});
afterAll(() => rig?.stop());

type As = Parameters<ApiRig['send']>[0]['as'];
const put = (role: string, shifts: object[], as: As = 'orderManager') =>
  rig.send({ method: 'PUT', url: `/v1/on-call/${role}`, as, payload: { shifts } });
const post = (what: string, payload: object, as: As = 'orderManager', headers = {}) =>
  rig.send({ method: 'POST', url: `/v1/on-call/${what}`, as, payload, headers });
const remove = (what: string, id: string, as: As = 'orderManager') =>
  rig.send({ method: 'DELETE', url: `/v1/on-call/${what}/${id}`, as });
const duty = async (role: string, at?: string) => {
  const query = at ? `&at=${encodeURIComponent(at)}` : '';
  const answer = await rig.send({ url: `/v1/on-call?role=${role}${query}`, as: 'hr' });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().items[0];
};
const rows = async (table: string) => (await rig.ctx.db.$client.query(`select * from ${table}`)).rows;
const lastAudit = async () =>
  (await rig.ctx.db.$client.query("select * from audit where subject = 'on-call' order by seq desc limit 1"))
    .rows[0];

const nights = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  from: '17:00',
  to: '08:00',
  person: 'xiao.peng',
}));
const cover = {
  role: 'logistics',
  person: 'xie.dong',
  from: '2026-11-24T18:00:00+08:00',
  to: '2026-11-25T08:00:00+08:00',
  reason: '夜间发货',
};
const absence = {
  person: 'wu.lei',
  standIn: 'peng.gang',
  from: '2026-11-24T00:00:00+08:00',
  to: '2026-11-27T00:00:00+08:00',
};

describe('GET /v1/on-call', () => {
  it('tells of every role whom it reaches now: who holds it, while nobody is on call', async () => {
    const answer = await rig.send({ url: '/v1/on-call', as: 'sales' });
    expect(answer.statusCode).toBe(200);
    const { at, zone, items, rotas, overrides, delegations } = answer.json();
    expect({ at, zone, rotas, overrides, delegations }).toEqual({
      at: NOW,
      zone: 'Asia/Shanghai',
      rotas: [],
      overrides: [],
      delegations: [],
    });
    expect(items).toHaveLength(19);
    expect(items.find(({ role }: { role: string }) => role === 'vp')).toEqual({
      role: 'vp',
      person: { id: 'lin.guodong', name: '林国栋' },
      why: 'holds',
      onBehalfOf: null,
      by: null,
      override: null,
      from: null,
      to: null,
    });
  });

  it('is for our people: an API client is refused', async () => {
    expect((await rig.send({ url: '/v1/on-call', as: 'client' })).statusCode).toBe(403);
    expect((await rig.send({ url: '/v1/on-call', as: null })).statusCode).toBe(401);
  });

  it('refuses a role and an instant that are none', async () => {
    expect((await rig.send({ url: '/v1/on-call?role=king' })).json().code).toBe('invalid-parameter');
    expect((await rig.send({ url: '/v1/on-call?at=tomorrow' })).json().code).toBe('invalid-parameter');
  });
});

describe('PUT /v1/on-call/{role}', () => {
  it('puts the week in force at once, and on record without a word of a person', async () => {
    const answer = await put('technicalSupport', nights);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json().shifts[0]).toEqual({ ...nights[0], person: { id: 'xiao.peng', name: '肖鹏' } });
    expect(await duty('technicalSupport', '2026-11-25T03:00:00+08:00')).toMatchObject({
      person: { id: 'xiao.peng' },
      why: 'onCall',
      by: 'rota',
      from: '2026-11-24T09:00:00.000Z',
      to: '2026-11-25T00:00:00.000Z',
    });
    expect(await duty('technicalSupport', '2026-11-25T12:00:00+08:00')).toMatchObject({ why: 'holds' });
    expect(await lastAudit()).toMatchObject({ actor: 'wu.lei', action: 'putRota', credential: 'token' });
    const shown = await rig.send({ url: '/v1/on-call', as: 'hr' });
    expect(shown.json().rotas).toEqual([answer.json()]);
  });

  it('replaces the whole week, and an empty one ends it', async () => {
    await put('technicalSupport', nights);
    await put('technicalSupport', nights.slice(0, 1));
    expect(await rows('on_call_shifts')).toHaveLength(1);
    await put('technicalSupport', []);
    expect(await rows('on_call_shifts')).toEqual([]);
  });

  it('is for order manager, emergency manager, ops, and the head of the department, of the own one alone', async () => {
    const own = [{ weekday: 6, from: '08:00', to: '20:00', person: 'liu.fang' }];
    const statuses = await Promise.all(
      (['orderManager', 'emergencyManager', 'ops', 'vp', 'sales', 'hr'] as const).map(
        async (as) => (await put('quality', own, as)).statusCode,
      ),
    );
    expect(statuses).toEqual([200, 200, 200, 403, 403, 403]);
    await put('quality', []);
    // The token of the role quality speaks for its head.
    expect((await put('quality', own, 'quality')).statusCode).toBe(200);
    expect((await put('orderManager', [], 'quality')).statusCode).toBe(403);
    await rig.ctx.db.$client.query("update people set head = false where department = 'quality'");
    expect((await put('quality', [], 'quality')).statusCode).toBe(403);
    await rig.ctx.db.$client.query("update people set head = true where id = 'liu.fang'");
    expect(await rows('on_call_shifts')).toHaveLength(1);
  });

  it('refuses whoever does not hold the role, two at one time, and a time that is none, and changes nothing', async () => {
    await put('technicalSupport', nights);
    const turn = { weekday: 1, from: '17:00', to: '08:00' };
    for (const [shifts, field] of [
      [[{ ...turn, person: 'liu.fang' }], 'shifts.0.person'],
      [[{ ...turn, person: 'nobody' }], 'shifts.0.person'],
      [
        [
          { ...turn, person: 'xiao.peng' },
          { ...turn, weekday: 2, from: '07:00', to: '09:00', person: 'dong.chao' },
        ],
        'shifts.1',
      ],
      [[{ ...turn, to: '8', person: 'xiao.peng' }], 'shifts.0.to'],
    ] as const) {
      const answer = await put('technicalSupport', [...shifts]);
      expect([answer.statusCode, answer.json().errors?.[0]?.field]).toEqual([422, field]);
    }
    expect(await rows('on_call_shifts')).toHaveLength(5);
  });
});

describe('overrides', () => {
  it('come before the rota for their time, and go again', async () => {
    const made = await post('overrides', cover);
    expect(made.statusCode, made.body).toBe(201);
    const { id } = made.json();
    expect(made.json()).toMatchObject({ person: { name: '谢东' }, by: { name: '吴磊' }, reason: '夜间发货' });
    const night = '2026-11-24T20:00:00+08:00';
    expect(await duty('logistics', night)).toMatchObject({ by: 'override', override: id, why: 'onCall' });
    expect((await rig.send({ url: '/v1/on-call' })).json().overrides).toEqual([made.json()]);
    expect(JSON.stringify(await lastAudit())).not.toContain('夜间发货');
    const gone = await remove('overrides', id);
    expect([gone.statusCode, gone.json()]).toEqual([200, { id }]);
    expect(await duty('logistics', night)).toMatchObject({ why: 'holds' });
    expect((await remove('overrides', id)).statusCode).toBe(404);
  });

  it('are made once by one Idempotency-Key, and another body with it is refused', async () => {
    const headers = { 'idempotency-key': 'night-1' };
    const answers = await Promise.all([1, 2, 3].map(() => post('overrides', cover, 'orderManager', headers)));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 201, 201]);
    expect(await rows('on_call_overrides')).toHaveLength(1);
    // A client that asks again days later, when the night is over, hears what it was told.
    now = '2026-11-30T00:00:00.000Z';
    expect((await post('overrides', cover, 'orderManager', headers)).body).toBe(answers[0]?.body);
    const other = await post('overrides', { ...cover, reason: '另一个' }, 'orderManager', headers);
    expect(other.json().code).toBe('idempotency-key-reused');
  });

  it('are refused for a time that is over, an end before the beginning, a person without the role', async () => {
    for (const [change, field] of [
      [{ from: '2026-11-23T08:00:00+08:00', to: '2026-11-24T09:30:00+08:00' }, 'to'],
      [{ to: '2026-11-24T18:00:00+08:00' }, 'to'],
      [{ to: '2029-11-24T18:00:00+08:00' }, 'to'],
      [{ person: 'liu.fang' }, 'person'],
      [{ reason: '' }, 'reason'],
    ] as const) {
      const answer = await post('overrides', { ...cover, ...change });
      expect([answer.statusCode, answer.json().errors?.[0]?.field]).toEqual([422, field]);
    }
    expect((await post('overrides', cover, 'sales')).statusCode).toBe(403);
    expect((await remove('overrides', 'x')).statusCode).toBe(400);
    expect(await rows('on_call_overrides')).toEqual([]);
  });
});

describe('delegations', () => {
  it('lead a role to who stands in, on behalf of the one who is away, until they end', async () => {
    const made = await post('delegations', absence);
    expect(made.statusCode, made.body).toBe(201);
    expect(await duty('orderManager')).toMatchObject({
      person: { id: 'peng.gang', name: '彭刚' },
      why: 'holds',
      onBehalfOf: { id: 'wu.lei', name: '吴磊' },
    });
    expect(await duty('orderManager', '2026-11-27T00:00:00+08:00')).toMatchObject({
      person: { id: 'wu.lei' },
      onBehalfOf: null,
    });
    expect((await remove('delegations', made.json().id)).statusCode).toBe(200);
    expect(await duty('orderManager')).toMatchObject({ person: { id: 'wu.lei' } });
  });

  it('leave the role to another holder who is there', async () => {
    const away = { ...absence, person: 'hu.yong', standIn: 'peng.gang' };
    await post('delegations', away);
    const { person, onBehalfOf } = await duty('manufacturing');
    expect([person.id === 'hu.yong', onBehalfOf]).toEqual([false, null]);
  });

  it('of two who stand in for each other reach nobody, and that is said', async () => {
    await post('delegations', absence);
    await post('delegations', { ...absence, person: 'peng.gang', standIn: 'wu.lei' });
    expect(await duty('orderManager')).toMatchObject({ person: null, why: 'nobody' });
  });

  it('are arranged by the head for the own department alone', async () => {
    const ours = { ...absence, person: 'zhu.wei', standIn: 'guo.lihua' };
    expect((await post('delegations', ours, 'quality')).statusCode).toBe(201);
    expect((await post('delegations', absence, 'quality')).statusCode).toBe(403);
    const [row] = await rows('delegations');
    expect((await remove('delegations', row.id, 'sales')).statusCode).toBe(403);
    expect((await remove('delegations', row.id, 'quality')).statusCode).toBe(200);
  });

  it('are refused for oneself and for people who are not there', async () => {
    for (const [change, field] of [
      [{ standIn: 'wu.lei' }, 'standIn'],
      [{ standIn: 'nobody' }, 'standIn'],
      [{ person: 'nobody' }, 'person'],
    ] as const) {
      const answer = await post('delegations', { ...absence, ...change });
      expect([answer.statusCode, answer.json().errors?.[0]?.field]).toEqual([422, field]);
    }
  });
});
