import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { chases, commands, incidents, people } from '../../db/schema/index.js';
import { type ApiRig, goodOrder, NOW, startApiRig, type TokenName } from './api-rig.js';

// Temporal is away: what is accepted is on record, and its start is the relay's.
let rig: ApiRig;
let incident = '';
let owner = '';
beforeAll(async () => {
  rig = await startApiRig();
  await publishBuiltIns(rig.ctx.db, NOW);
  const reported = await rig.send({
    method: 'POST',
    url: '/v1/incidents',
    payload: { type: 'server-failure', summary: '服务器宕机', severity: 2 },
  });
  incident = reported.json().number;
  const [person] = await rig.ctx.db.select().from(people).where(eq(people.department, 'technicalSupport'));
  owner = person?.id ?? '';
});
afterAll(() => rig?.stop());

const open = (payload: Record<string, unknown>, as: TokenName = 'emergencyManager', key?: string) =>
  rig.send({
    as,
    method: 'POST',
    url: `/v1/incidents/${incident}/action-items`,
    payload,
    headers: key === undefined ? {} : { 'idempotency-key': key },
  });

describe('an action item over the API', () => {
  it('is opened with seven days to go, once for one key, and read by its id and in the list', async () => {
    const payload = { what: '为磁盘写满设置告警', owner };
    const made = await open(payload, 'emergencyManager', 'item-1');
    expect(made.statusCode).toBe(201);
    const view = made.json();
    expect(view).toMatchObject({
      id: `${incident}.actionItem`,
      incident,
      what: { zh: '为磁盘写满设置告警' },
      owner: { id: owner },
      dueAt: '2026-12-01T01:30:00.000Z',
      state: 'open',
      overdue: false,
      reopened: 0,
    });
    expect(made.headers.location).toBe(`/v1/action-items/${view.id}`);
    const again = await open(payload, 'emergencyManager', 'item-1');
    expect([again.statusCode, again.json()]).toEqual([201, view]);
    const [start] = await rig.ctx.db
      .select()
      .from(commands)
      .where(eq(commands.target, `chase/${view.chase}`));
    expect(start).toMatchObject({ kind: 'start', name: 'chase', state: 'pending' });
    const read = await rig.send({ url: `/v1/action-items/${view.id}` });
    expect(read.json()).toEqual(view);
    const second = (await open({ what: '演练切换', owner, dueAt: '2026-11-26T09:00:00+08:00' })).json();
    expect(second).toMatchObject({ id: `${incident}.actionItem.2`, dueAt: '2026-11-26T01:00:00.000Z' });
    const list = await rig.send({ url: `/v1/action-items?incident=${incident}&owner=${owner}&state=open` });
    expect(list.json().items.map(({ id }: { id: string }) => id)).toEqual([second.id, view.id]);
    const overdue = await rig.send({ url: '/v1/action-items?overdue=true' });
    expect(overdue.json().items).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, TokenName, number, string]>([
    [
      'an owner who is not there',
      { what: '整改', owner: 'nobody' },
      'emergencyManager',
      422,
      'invalid-input',
    ],
    [
      'a time gone by',
      { what: '整改', dueAt: '2026-11-20T00:00:00Z' },
      'emergencyManager',
      422,
      'invalid-input',
    ],
    ['whose role it is not', { what: '整改' }, 'hr', 403, 'forbidden'],
    ['no words', { what: ' ' }, 'quality', 422, 'invalid-input'],
  ])('is refused for %s, and nothing is written', async (_, payload, as, status, code) => {
    const before = await rig.countRows();
    const answer = await open({ owner, ...payload }, as);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
    expect(await rig.countRows()).toEqual(before);
  });

  it('is not there under another id, and asked of no incident that is not', async () => {
    const read = await rig.send({ url: '/v1/action-items/IN-20261124-9999.actionItem' });
    expect(read.statusCode).toBe(404);
    const url = '/v1/incidents/IN-20261124-9999/action-items';
    const made = await rig.send({ as: 'quality', method: 'POST', url, payload: { what: '整改', owner } });
    expect(made.statusCode).toBe(404);
  });
});

describe('a production problem over the API', () => {
  it('is raised by anybody of the staff in one call, and read where it says', async () => {
    const order = (await rig.send({ method: 'POST', url: '/v1/orders', payload: goodOrder })).json().number;
    const url = `/v1/orders/${order}/problems`;
    const raised = await rig.send({ as: 'inventory', method: 'POST', url, payload: { what: '缺料' } });
    expect(raised.statusCode).toBe(201);
    expect(raised.json()).toMatchObject({
      kind: 'problem',
      phase: 'open',
      order,
      what: '缺料',
      gaveUp: null,
    });
    const read = await rig.send({ url: String(raised.headers.location) });
    expect(read.json()).toEqual(raised.json());
    const timeline = await rig.send({ url: `/v1/orders/${order}/timeline` });
    expect(timeline.json().items.map(({ what }: { what: string }) => what)).toContain('raiseProblem');
    const client = await rig.send({ as: 'client', method: 'POST', url, payload: { what: '缺料' } });
    expect(client.statusCode).toBe(403);
    const none = await rig.send({
      method: 'POST',
      url: '/v1/orders/SO-20261124-9999/problems',
      payload: { what: '缺料' },
    });
    expect(none.statusCode).toBe(404);
    expect(await rig.ctx.db.select().from(chases).where(eq(chases.orderNumber, order))).toHaveLength(1);
  });
});

describe('what is left of incidents', () => {
  it('is sent byte for byte with its hash as ETag, once there is an archive', async () => {
    const url = `/v1/incidents/${incident}/archive`;
    expect((await rig.send({ url })).statusCode).toBe(404);
    const archive = '{"form":"redmark.incident/1","incident":{"number":"测试"}}';
    await rig.ctx.db
      .update(incidents)
      .set({ archive, archiveHash: 'abc' })
      .where(eq(incidents.number, incident));
    const sent = await rig.send({ url });
    expect([sent.statusCode, sent.body, sent.headers.etag]).toEqual([200, archive, '"abc"']);
    expect(sent.headers['content-type']).toMatch(/^application\/json/);
    expect((await rig.send({ as: 'client', url })).statusCode).toBe(403);
  });

  it('is counted for managers, emergency manager and quality', async () => {
    const answer = await rig.send({
      as: 'quality',
      url: '/v1/reports/incidents?type=server-failure&to=2026-11-25T00:00:00Z',
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      total: { count: 1, open: 1, recurrences: 0, toResolve: null },
      byType: [{ type: 'server-failure', words: { zh: '服务器故障' }, count: 1 }],
      byCause: [],
      byLevel: [{ severity: 2, words: { zh: '二级' }, count: 1 }],
      actionItems: { open: 2, overdue: 0 },
    });
    await rig.ctx.db.update(incidents).set({ reportedAt: rig.ctx.now().toISOString() });
    const untilNow = await rig.send({ as: 'vp', url: '/v1/reports/incidents?type=server-failure' });
    expect(untilNow.json().total.count, 'reported this very moment').toBe(1);
    const none = await rig.send({ as: 'vp', url: '/v1/reports/incidents?to=2026-01-01T00:00:00Z' });
    expect(none.json()).toMatchObject({ total: { count: 0, toConfirm: null }, byType: [] });
    expect((await rig.send({ as: 'sales', url: '/v1/reports/incidents' })).statusCode).toBe(403);
    const wrong = '/v1/reports/incidents?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z';
    expect((await rig.send({ as: 'vp', url: wrong })).json().code).toBe('invalid-parameter');
  });
});
