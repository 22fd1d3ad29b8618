import { eq, sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { getOrder } from '../../app/get-order.js';
import { holdOrder } from '../../app/hold-order.js';
import { listHolds } from '../../app/list-holds.js';
import { loadRules } from '../../app/load-rules.js';
import type { Principal } from '../../app/principal.js';
import { releaseHold } from '../../app/release-hold.js';
import { findCommand } from '../../app/submit-command.js';
import type { HoldForm } from '../../contracts/forms.js';
import { overdueSql } from '../../db/queries/watch-overdue.js';
import { holds } from '../../db/schema/index.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

const owner = 'zhou.min';

async function answered(answer: { status: number; body: unknown }): Promise<unknown> {
  if (answer.status === 200) return answer.body;
  const { id } = answer.body as { id: string };
  return rig.waitFor(`the answer of ${id}`, async () => {
    const found = await findCommand(rig.ctx, id);
    return found?.state === 'pending' ? undefined : found?.result;
  });
}

async function hold(number: string, form: Partial<HoldForm> = {}, by?: Principal): Promise<void> {
  await rig.sync();
  const principal = by ?? (await rig.person('orderManager'));
  const body = { reason: 'customerAsked', owner, note: '客户仓库盘点', ...form };
  await answered(await holdOrder(rig.ctx, { principal, number, form: body }));
}

async function release(number: string, id: string, by?: Principal): Promise<void> {
  await rig.sync();
  const principal = by ?? (await rig.personById(owner));
  await answered(await releaseHold(rig.ctx, { principal, number, hold: id, form: { note: '盘点结束' } }));
}

const open = (number: string) =>
  rig.db
    .select()
    .from(holds)
    .where(eq(holds.order, number))
    .then((rows) => rows.filter(({ releasedAt }) => releasedAt === null).map(({ id }) => id));

describe('an order that the customer asked to hold', () => {
  it('is chased by nobody, and has at its release the working time it had left', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    const { calendar } = await loadRules(rig.db);
    const id = `${number}.evaluation`;
    const before = await rig.deadline(id);
    await hold(number);
    expect(await rig.row(number)).toMatchObject({ phase: 'evaluating' });
    const stoppedAt = (await rig.state(number)).stopped?.find((one) => one.id === id)?.since ?? '';
    expect((await rig.deadline(id)).state).toBe('stopped');
    expect((await rig.task(`${number}.evaluate.quality`)).dueAt).toBeNull();

    await rig.skip(3 * 24 * 3_600_000);
    expect((await rig.instants(id)).map(({ state }) => state)).toEqual(['planned', 'planned', 'planned']);
    expect(await rig.told(number, 'deadlineBreached')).toEqual([]);
    const overdue = await rig.db.execute(
      sql`select i.deadline_id from ${overdueSql(rig.now().toISOString())}
        and d.order_number = ${number}`,
    );
    expect(overdue.rows).toEqual([]);

    await release(number, `${number}.hold`);
    const [row] = await rig.db.select().from(holds).where(eq(holds.order, number));
    expect(row).toMatchObject({ ownerId: owner, note: '客户仓库盘点', releasedBecause: '盘点结束' });
    const after = await rig.deadline(id);
    expect(after.state).toBe('open');
    const left = calendar.workingTimeBetween(stoppedAt, before.dueAt);
    expect(calendar.workingTimeBetween(row?.releasedAt ?? '', after.dueAt)).toBe(left);
    expect((await rig.task(`${number}.evaluate.quality`)).dueAt).toBe(after.dueAt);
    const planned = await rig.instants(id);
    expect(planned.find(({ kind }) => kind === 'breach')?.at).toBe(after.dueAt);
    expect(planned.every(({ at }) => at > (row?.releasedAt ?? ''))).toBe(true);

    await rig.skipTo(new Date(Date.parse(after.dueAt) + 60_000).toISOString());
    await rig.audited(number, 'deadlines');
    await rig.waitFor('the breach', async () => (await rig.deadline(id)).state === 'breached');
  });

  it('tells its owner, who releases it by their task, and whoever answers for it', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await hold(number);
    const task = await rig.task(`${number}.releaseHold.sales`);
    expect(task).toMatchObject({ assigneeId: owner, state: 'open', kind: 'releaseHold' });
    expect(await rig.told(number, 'orderHeld')).toContain(owner);
    await rig.complete(task.id, { note: '盘点结束' });
    expect(await open(number)).toEqual([]);
    expect(await rig.told(number, 'holdReleased')).toContain(owner);
    expect((await rig.state(number)).stopped).toEqual([]);
  });

  it('goes on only when the last of several holds is released, each by its own id', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await hold(number);
    await hold(number, { owner: 'lin.guodong' });
    await hold(number, { reason: 'quality' });
    const ids = (await open(number)).sort();
    expect(ids).toEqual(['', '.2', '.3'].map((round) => `${number}.hold${round}`));
    for (const id of [ids[0] ?? '', ids[2] ?? ''])
      await release(number, id, await rig.person('orderManager'));
    expect((await rig.deadline(`${number}.evaluation`)).state).toBe('stopped');
    await release(number, `${number}.hold.2`, await rig.personById('lin.guodong'));
    expect((await rig.deadline(`${number}.evaluation`)).state).toBe('open');
    await expect(release(number, `${number}.hold`)).rejects.toMatchObject({ code: 'hold-not-open' });
  });

  it('reminds the owner of a hold that was to be looked at, and climbs', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    const dueAt = new Date(rig.now().getTime() + 2 * 3_600_000).toISOString();
    await hold(number, { dueAt });
    await rig.skipTo(new Date(Date.parse(dueAt) + 60_000).toISOString());
    await rig.waitFor(
      'the breach',
      async () => (await rig.deadline(`${number}.holdDue`)).state === 'breached',
    );
    expect(await rig.told(number, 'deadlineBreached')).toContain(owner);
    expect(await rig.settled(`${number}.holdDue`, 'rung')).toContain('1 fired');
  });
});

describe('an order whose goods are held', () => {
  it('is not shipped, and its promise runs on; what holds it is named', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.propose(number);
    await rig.sign(number);
    for (const milestone of ['reserve', 'purchase', 'produce', 'inspect', 'pack'] as const) {
      await rig.progress(number, milestone);
    }
    await hold(number, { reason: 'quality' });
    await expect(rig.progress(number, 'ship')).rejects.toMatchObject({
      code: 'order-held',
      detail: expect.stringContaining(`${number}.hold (quality)`),
    });
    expect((await rig.state(number)).stopped).toEqual([]);
    await release(number, `${number}.hold`);
    await rig.progress(number, 'ship');
    expect((await rig.row(number)).phase).toBe('delivering');
  });

  it('is either shipped or held, whatever meets at one moment', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.propose(number);
    await rig.sign(number);
    for (const milestone of ['produce', 'inspect'] as const) await rig.progress(number, milestone);
    const [shipped, ...rest] = await Promise.allSettled([
      rig.progress(number, 'ship'),
      hold(number, { reason: 'quality' }),
      hold(number, { reason: 'payment' }),
      rig.progress(number, 'pack'),
    ]);
    expect(rest.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    const isShipped = (await rig.row(number)).phase === 'delivering';
    expect(shipped.status === 'fulfilled').toBe(isShipped);
    expect((await open(number)).sort()).toEqual([`${number}.hold`, `${number}.hold.2`]);
    const both = await Promise.allSettled([
      release(number, `${number}.hold`),
      release(number, `${number}.hold`, await rig.person('orderManager')),
      release(number, `${number}.hold.2`),
    ]);
    expect(both.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await open(number)).toEqual([]);
  });
});

describe('holds that cannot be', () => {
  it('are refused by the field, or by who asks, and nothing is changed', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    const past = new Date(rig.now().getTime() - 1000).toISOString();
    for (const [form, field] of [
      [{ reason: 'moonlight' }, 'reason'],
      [{ owner: 'nobody' }, 'owner'],
      [{ dueAt: past }, 'dueAt'],
    ] as const) {
      await expect(hold(number, form)).rejects.toMatchObject({ code: 'invalid-input', errors: [{ field }] });
    }
    await expect(hold(number, {}, await rig.person('ops'))).rejects.toMatchObject({ code: 'forbidden' });
    await hold(number);
    await expect(release(number, `${number}.hold`, await rig.person('quality'))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(release(number, `${number}.hold.7`)).rejects.toMatchObject({ code: 'not-found' });
    expect(await open(number)).toEqual([`${number}.hold`]);
  });

  it('end with the order, which shows those that are open and lists all', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await hold(number, { reason: 'other' });
    const manager = await rig.person('orderManager');
    const view = await getOrder(rig.db, number, manager);
    expect(view.holds).toMatchObject([{ id: `${number}.hold`, reason: 'other', owner: { id: owner } }]);
    const foreign = { kind: 'client', id: 'demo-shop', credentialId: 'k', credential: 'key' } as const;
    expect((await getOrder(rig.db, number, foreign)).holds).toMatchObject([{ owner: null, note: null }]);
    await rig.classify(number, { class: 'urgent', grade: 1, keyOrder: false });
    expect(await open(number)).toHaveLength(1);
    expect((await listHolds(rig.db, number, manager)).items).toHaveLength(1);
  });
});
