import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OrderInput } from '../../domain/order/shape.js';
import { allOk } from './acts.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
const critical: Partial<OrderInput> = { ground: 'life', groundStatement: '医院备用电源齿轮箱断裂' };
const DEPARTMENTS = ['manufacturing', 'quality', 'sales', 'technical'];

async function assignees(number: string): Promise<string[]> {
  const open = (await rig.tasks(number)).filter(({ state }) => state === 'open');
  return [...new Set(open.map(({ assigneeId }) => String(assigneeId)))].sort();
}

async function ids(...roles: Parameters<Rig['person']>[0][]): Promise<string[]> {
  return (await Promise.all(roles.map((role) => rig.person(role)))).map(({ id }) => id).sort();
}

/** Waits until a rung of a deadline is settled, and gives its row. */
async function rung(deadlineId: string, index: number) {
  return rig.waitFor(`rung ${index} of ${deadlineId}`, async () =>
    (await rig.instants(deadlineId)).find(
      (one) => one.kind === 'rung' && one.index === index && one.state !== 'planned',
    ),
  );
}

/** Waits until every instant of a deadline up to now is settled. */
async function settledUpToNow(deadlineId: string): Promise<void> {
  const at = rig.now().toISOString();
  await rig.waitFor(`the instants of ${deadlineId} up to ${at}`, async () =>
    (await rig.instants(deadlineId)).every((one) => one.at > at || one.state !== 'planned'),
  );
}

describe('a deadline that runs', () => {
  it('warns those it waits for at a half and at four fifths of its working time, and nobody above them', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    const waitedFor = await assignees(number);
    const [half, fourFifths] = await rig.instants(`${number}.evaluation`);
    await rig.skipTo(String(half?.at));
    await settledUpToNow(`${number}.evaluation`);
    expect(await rig.told(number, 'deadlineWarning')).toEqual(waitedFor);
    // Who has answered meanwhile is left in peace.
    await rig.complete(`${number}.evaluate.quality`, allOk);
    await rig.skipTo(String(fourFifths?.at));
    await settledUpToNow(`${number}.evaluation`);
    const left = await assignees(number);
    expect(left).toHaveLength(3);
    expect(await rig.told(number, 'deadlineWarning')).toEqual([...waitedFor, ...left].sort());
    expect(await rig.settled(`${number}.evaluation`, 'warning')).toEqual(['50 fired', '80 fired']);
    expect(await rig.told(number, 'deadlineEscalated')).toEqual([]);
    expect((await rig.row(number)).phase).toBe('evaluating');
  });

  it('is breached when due: the assignees and the heads of their departments are told, and it shows', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality', 'technical'] });
    const waitedFor = await assignees(number);
    await rig.skipTo((await rig.deadline(`${number}.evaluation`)).dueAt);
    const first = await rung(`${number}.evaluation`, 1);
    expect(await rig.told(number, 'deadlineBreached')).toEqual(waitedFor);
    const heads = await ids('quality', 'technical');
    expect(await rig.told(number, 'deadlineEscalated')).toEqual(heads);
    expect(first.reached?.map(({ person }) => person).sort()).toEqual(heads);
    expect(first.reached?.every(({ why }) => why === 'departmentHead')).toBe(true);
    expect((await rig.deadline(`${number}.evaluation`)).state).toBe('breached');
    expect((await rig.state(number)).breached).toBe(true);
    const { Breached } = (await rig.handle(number).describe()).searchAttributes;
    expect(Breached).toEqual([true]);
  });

  it('stays breached when it is met late, and then climbs no further', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.skipTo((await rig.deadline(`${number}.evaluation`)).dueAt);
    await rung(`${number}.evaluation`, 1);
    await rig.evaluate(number);
    expect(await rig.deadline(`${number}.evaluation`)).toMatchObject({
      state: 'breached',
      metAt: expect.any(String),
    });
    await rig.complete(`${number}.measure.manufacturing`, { option: 'normal' });
    await rig.skip(20 * hourMs);
    expect(await rig.settled(`${number}.evaluation`, 'rung')).toEqual([
      '1 fired',
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((index) => `${index} withdrawn`),
    ]);
  });
});

describe('the ladder', () => {
  it('climbs by itself to the general manager, each rung in its time, once, and repeats at the top five times', async () => {
    await rig.startWorkday(9);
    const number = await rig.order(critical);
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    const { team } = await rig.row(number);
    await rig.skipTo(later(dueAt, 24 * hourMs));
    await settledUpToNow(`${number}.evaluation`);
    const rungs = (await rig.instants(`${number}.evaluation`)).filter(({ kind }) => kind === 'rung');
    expect(rungs.map(({ index, state, role, at }) => [index, state, role, at])).toEqual(
      [
        'departmentHead',
        'teamLead',
        'orderManager',
        'vp',
        ...['generalManager', 'generalManager', 'generalManager'],
        ...['generalManager', 'generalManager', 'generalManager'],
      ].map((role, before) => [before + 1, 'fired', role, later(dueAt, before * 15 * minuteMs)]),
    );
    const [orderManager, vp, generalManager] = await Promise.all(
      (['orderManager', 'vp', 'generalManager'] as const).map(async (role) => (await rig.person(role)).id),
    );
    expect(rungs.slice(1, 5).map(({ reached }) => reached)).toEqual([
      [{ person: team?.lead, why: 'teamLead' }],
      [{ person: orderManager, why: 'orderManager' }],
      [{ person: vp, why: 'vp' }],
      [{ person: generalManager, why: 'generalManager' }],
    ]);
    const mine = (await rig.notices(number)).filter(
      ({ template, recipient, facts }) =>
        template === 'deadlineEscalated' &&
        recipient === `person:${generalManager}` &&
        facts.deadline === `${number}.evaluation`,
    );
    expect(mine).toHaveLength(6);
    expect(await rig.settled(`${number}.evaluation`, 'breach')).toEqual(['0 fired']);
  });

  it('takes two working hours a rung for an urgent order: the night is no step', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await rig.skipTo(dueAt);
    await rung(`${number}.evaluation`, 1);
    const rungs = (await rig.instants(`${number}.evaluation`)).filter(({ kind }) => kind === 'rung');
    // Due at closing, 17:00; then 10:00, 13:00 (the noon break ends nothing), 15:00, 17:00 of the next working day.
    expect(rungs.slice(0, 5).map(({ at }) => at.slice(11, 16))).toEqual([
      '09:00',
      '02:00',
      '04:00',
      '07:00',
      '09:00',
    ]);
    await rig.skipTo(later(String(rungs[1]?.at), -1_000));
    expect(await rig.settled(`${number}.evaluation`, 'rung')).toEqual(['1 fired']);
    await rig.skipTo(String(rungs[1]?.at));
    expect((await rung(`${number}.evaluation`, 2)).state).toBe('fired');
  });

  it('leaves out a role that nobody holds: the next takes its place at that very moment', async () => {
    await rig.startWorkday(9);
    const number = await rig.order(critical);
    await rig.vacate('orderManager', 'vp');
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await rig.skipTo(later(dueAt, 30 * minuteMs));
    const taken = await rung(`${number}.evaluation`, 5);
    const generalManager = (await rig.person('generalManager')).id;
    expect(taken).toMatchObject({
      state: 'fired',
      reached: [{ person: generalManager, why: 'generalManager' }],
      why: JSON.stringify({ code: 'tookPlace', of: 3 }),
    });
    expect(await rung(`${number}.evaluation`, 3)).toMatchObject({
      state: 'skipped',
      reached: null,
      why: JSON.stringify({ code: 'nobodyReachable', next: 4 }),
    });
    expect(await rung(`${number}.evaluation`, 4)).toMatchObject({ state: 'skipped' });
    expect(Date.parse(String(taken.settledAt)) - Date.parse(dueAt)).toBeLessThan(31 * minuteMs);
  });

  it('of an order entered late sends the highest rung that has passed; the lower ones are superseded', async () => {
    await rig.startWorkday(9);
    const receivedAt = later(rig.now().toISOString(), -4 * hourMs - 40 * minuteMs);
    const number = await rig.order({ ...critical, receivedAt });
    await rung(`${number}.evaluation`, 3);
    expect(await rig.settled(`${number}.evaluation`, 'warning')).toEqual(['50 superseded', '80 superseded']);
    expect(await rig.settled(`${number}.evaluation`, 'rung')).toEqual([
      '1 superseded',
      '2 superseded',
      '3 fired',
    ]);
    const entries = (await rig.notices(number)).filter(
      ({ template, facts }) => template === 'deadlineEscalated' && facts.deadline === `${number}.evaluation`,
    );
    expect(entries.map(({ recipient }) => recipient)).toEqual([
      `person:${(await rig.person('orderManager')).id}`,
    ]);
    expect((await rung(`${number}.evaluation`, 1)).why).toBe(JSON.stringify({ code: 'overtaken', by: 3 }));
  });

  it('never signs: with nobody signing, no confirmation goes out, however long', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.propose(number);
    const { dueAt } = await rig.deadline(`${number}.confirmation`);
    await rig.skipTo(later(dueAt, 10 * 24 * hourMs));
    await settledUpToNow(`${number}.confirmation`);
    expect(await rig.settled(`${number}.confirmation`, 'rung')).toHaveLength(10);
    expect(await rig.row(number)).toMatchObject({
      phase: 'signing',
      confirmedAt: null,
      promisedDelivery: null,
    });
    expect(await rig.told(number, 'orderConfirmed')).toEqual([]);
    expect(await rig.told(number, 'productionPlanIssued')).toEqual([]);
    expect(await rig.told(number, 'deadlineEscalated')).toEqual(
      expect.arrayContaining([(await rig.person('generalManager')).id]),
    );
    // Nobody has lost the right to sign for it.
    await rig.sign(number);
    expect((await rig.row(number)).phase).toBe('executing');
  });
});

describe('a person who acts', () => {
  it('one second before the deadline stops it, though Temporal was away and the message comes later', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await rig.skipTo(later(dueAt, -1_000));
    await rig.completeWhileTemporalIsAway(`${number}.evaluate.quality`, allOk);
    await rig.skipTo(later(dueAt, 6_000));
    expect(await rig.settled(`${number}.evaluation`, 'breach')).toEqual([]);
    await rig.relay();
    expect(await rig.deadline(`${number}.evaluation`)).toMatchObject({ state: 'met' });
    expect(await rig.told(number, 'deadlineBreached')).toEqual([]);
    expect((await rig.state(number)).breached).toBe(false);
  });

  it('whose message never comes holds the clock for half a minute, and no longer', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await rig.skipTo(later(dueAt, -1_000));
    await rig.completeWhileTemporalIsAway(`${number}.evaluate.quality`, allOk);
    await rig.skipTo(later(dueAt, 40_000));
    await rig.waitFor(
      'the breach',
      async () => (await rig.deadline(`${number}.evaluation`)).state === 'breached',
    );
    const breach = (await rig.instants(`${number}.evaluation`)).find(({ kind }) => kind === 'breach');
    expect(Date.parse(String(breach?.settledAt)) - Date.parse(dueAt)).toBeLessThan(35_000);
  });

  it('one second after the deadline is late', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await rig.skipTo(later(dueAt, 1_000));
    await rig.complete(`${number}.evaluate.quality`, allOk);
    expect(await rig.deadline(`${number}.evaluation`)).toMatchObject({ state: 'breached' });
    expect((await rig.instants(`${number}.evaluation`)).find(({ kind }) => kind === 'breach')).toMatchObject({
      state: 'fired',
    });
    expect(await rig.settled(`${number}.evaluation`, 'rung')).toContain('1 fired');
  });
});

describe('a critical order (P06.2)', () => {
  it('counts the hours of the night and asks a person to confirm its ground within two of them', async () => {
    await rig.startWorkday(22);
    const number = await rig.order(critical);
    const { receivedAt, class: orderClass } = await rig.row(number);
    expect(orderClass).toBe('critical');
    const due = Object.fromEntries((await rig.deadlines(number)).map(({ kind, dueAt }) => [kind, dueAt]));
    expect(due).toEqual({
      evaluation: later(receivedAt, 4 * hourMs),
      confirmation: later(receivedAt, 8 * hourMs),
      criticalConfirmation: later(receivedAt, 2 * hourMs),
    });
    const task = await rig.task(`${number}.ground.orderManager`);
    expect(task.assigneeId).toBe((await rig.person('orderManager')).id);
    expect(await rig.openTasks(number)).toEqual([
      ...DEPARTMENTS.map((department) => `${number}.evaluate.${department}`),
      task.id,
    ]);
  });

  it('whose ground is confirmed stays critical', async () => {
    const number = await rig.order(critical);
    await rig.complete(`${number}.ground.orderManager`, { confirmed: true });
    expect(await rig.row(number)).toMatchObject({ class: 'critical', groundConfirmed: true });
    expect((await rig.deadline(`${number}.criticalConfirmation`)).state).toBe('met');
    expect((await rig.state(number)).class).toBe('critical');
  });

  it('whose ground does not hold goes on as an urgent one, with the deadlines of those and the same four tasks', async () => {
    await rig.startWorkday(9);
    const number = await rig.order(critical);
    await rig.complete(`${number}.evaluate.sales`, allOk);
    await rig.complete(`${number}.ground.orderManager`, { confirmed: false, note: '客户电话说明并非停机' });
    const order = await rig.row(number);
    expect(order).toMatchObject({ class: 'urgent', red: true, groundConfirmed: false, phase: 'evaluating' });
    expect(order.decisions).toHaveLength(2);
    expect(order.decisions[1]).toMatchObject({ class: 'urgent', reason: '客户电话说明并非停机' });
    expect((await rig.deadlines(number)).map(({ id, state, class: of }) => [id, state, of])).toEqual([
      [`${number}.confirmation`, 'withdrawn', 'critical'],
      [`${number}.confirmation.2`, 'open', 'urgent'],
      [`${number}.criticalConfirmation`, 'met', 'critical'],
      [`${number}.evaluation`, 'withdrawn', 'critical'],
      [`${number}.evaluation.2`, 'open', 'urgent'],
    ]);
    const quality = await rig.task(`${number}.evaluate.quality`);
    expect(quality.deadlineId).toBe(`${number}.evaluation.2`);
    expect(quality.dueAt).toBe((await rig.deadline(`${number}.evaluation.2`)).dueAt);
    expect(await rig.told(number, 'orderReclassified')).toEqual(
      expect.arrayContaining([String(order.salesOwnerId), String(order.team?.lead)]),
    );
    await rig.evaluate(number, { except: ['sales'] });
    expect((await rig.deadline(`${number}.evaluation.2`)).state).toBe('met');
    expect((await rig.row(number)).phase).toBe('proposing');
  });
});
