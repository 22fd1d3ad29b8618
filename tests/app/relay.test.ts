import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyOrder } from '../../app/classify-order.js';
import { commands } from '../../db/schema/index.js';
import { waitUntil } from '../support/wait-until.js';
import { allOk, createRelayRig, type RelayRig } from './relay-rig.js';

// Real PostgreSQL, a real Temporal server and a worker; the tests come in the order in which these come up.
let rig: RelayRig;
beforeAll(async () => {
  rig = await createRelayRig();
});
afterAll(() => rig?.stop());

const startsOf = async (number: string) => {
  const { events } = await rig.handle(number).fetchHistory();
  return (events ?? []).filter((event) => event.workflowExecutionStartedEventAttributes).length;
};

describe('while Temporal is away', () => {
  const numbers: string[] = [];

  it('an order is accepted at once, and its start stays on record', async () => {
    const begun = Date.now();
    const { status, number } = await rig.order();
    expect(Date.now() - begun).toBeLessThan(1_500);
    expect(status).toBe(201);
    numbers.push(number);
    expect(await rig.lastCommand(number)).toMatchObject({ kind: 'start', state: 'pending', attempts: 0 });
  });

  it('a repeat with the same key gives the same order, not another', async () => {
    const first = await rig.order({}, 'repeat-while-away');
    const again = await rig.order({}, 'repeat-while-away');
    expect(again).toMatchObject({ number: first.number, replayed: true });
    expect(again.body).toEqual(first.body);
    numbers.push(first.number);
  });

  it('the relay leaves everything as it is: nothing is put off that could go when Temporal is back', async () => {
    const number = numbers[0] ?? '';
    const begun = Date.now();
    expect(await rig.relay()).toBe(0);
    expect(Date.now() - begun).toBeLessThan(3_000);
    expect(await rig.lastCommand(number)).toMatchObject({
      state: 'pending',
      attempts: 0,
      nextAttemptAt: null,
    });
  });

  it('an update is accepted with where to ask for its answer, behind the start of its order', async () => {
    const { number } = await rig.order();
    const form = { class: 'critical' as const, reason: '停产待料' };
    const begun = Date.now();
    const answer = await classifyOrder(rig.ctx, { principal: await rig.person('vp'), number, form });
    const command = await rig.lastCommand(number);
    expect(Date.now() - begun).toBeLessThan(3_000);
    expect(answer).toEqual({
      status: 202,
      location: `/v1/commands/${command.id}`,
      body: { id: command.id, state: 'pending' },
    });
    expect((await rig.row(number)).class).toBe('urgent');
    numbers.push(number);
  });

  it('then comes back: two relays at once start each order once, and a start delivered again starts nothing', async () => {
    await rig.startTemporal();
    await waitUntil(
      async () => {
        await Promise.all([rig.relay(), rig.relay()]);
        const kind = eq(commands.kind, 'start');
        return (await rig.db.select().from(commands).where(kind)).every(({ state }) => state === 'done');
      },
      { withinMs: 30_000 },
    );
    const runs = await Promise.all(numbers.map(rig.run));
    expect(runs.map(({ status }) => status.name)).toEqual(['RUNNING', 'RUNNING', 'RUNNING']);

    await rig.db.update(commands).set({ state: 'pending', nextAttemptAt: null });
    await rig.db.update(commands).set({ state: 'done' }).where(eq(commands.kind, 'update'));
    expect(await rig.relay()).toBe(numbers.length);
    const again = await Promise.all(numbers.map(rig.run));
    expect(again.map(({ runId }) => runId)).toEqual(runs.map(({ runId }) => runId));
    expect(await Promise.all(numbers.map(startsOf))).toEqual([1, 1, 1]);
    await rig.db.update(commands).set({ state: 'pending' }).where(eq(commands.kind, 'update'));
  });

  it('the update is carried out when a worker comes, after the order has begun', async () => {
    await rig.startWorker();
    const number = numbers[2] ?? '';
    const { id } = await rig.lastCommand(number);
    expect(await rig.relayUntilSettled(id)).toMatchObject({ state: 'done', status: 200 });
    expect((await rig.row(number)).class).toBe('critical');
    expect((await rig.audit(number)).map(({ action }) => action)).toEqual(['accept', 'begin', 'replan']);
    for (const other of numbers.slice(0, 2)) await rig.begun(other);
  });
});

describe('a signal that is a command', () => {
  it('is delivered to its workflow; one that has no workflow is refused', async () => {
    const { number } = await rig.order();
    await rig.begun(number);
    const id = randomUUID();
    const command = {
      id,
      credentialId: 'test',
      route: 'test',
      bodyHash: '',
      principal: 'test',
      credential: 'workflow' as const,
      kind: 'signal' as const,
      target: `order/${number}`,
      name: 'signOff',
      body: {},
      payload: { by: 'nobody@here.example', decision: 'approve' },
      createdAt: new Date().toISOString(),
    };
    await rig.db.insert(commands).values({ ...command, state: 'pending' });
    const early = { ...command, id: randomUUID(), target: 'order/SO-20200101-0001' };
    await rig.db.insert(commands).values({ ...early, state: 'pending' });
    expect(await rig.relayUntilSettled(id)).toMatchObject({ state: 'done', status: 200 });
    // On the record as a refusal: nothing waits for a signature.
    await waitUntil(async () => (await rig.audit(number)).some(({ action }) => action === 'signOff.refused'));
    expect(await rig.relayUntilSettled(early.id)).toMatchObject({
      state: 'refused',
      result: { code: 'not-started' },
    });
  });
});

describe('while the worker is away', () => {
  it('an update is answered later, done once, and a repeat gets its result', async () => {
    const { number } = await rig.order();
    await rig.begun(number);
    await rig.stopWorker();
    const task = `${number}.evaluate.quality`;
    const begun = Date.now();
    const answer = await rig.complete(task, allOk, 'quality-says-yes');
    // Well before the relay’s ten seconds: the caller is not kept waiting for a worker.
    expect(Date.now() - begun).toBeLessThan(9_000);
    expect(answer.status).toBe(202);
    const { id } = await rig.lastCommand(number);

    // Left to the API for its first three seconds; then tried, and put off for a while.
    expect(await rig.relay(-2_000)).toBe(0);
    expect(await rig.command(id)).toMatchObject({ state: 'pending', attempts: 0 });
    expect(await rig.relay()).toBe(0);
    const put = await rig.command(id);
    expect(put).toMatchObject({ state: 'pending', attempts: 1 });
    // Temporal's deadline and our own are the same; either may be the first to say so.
    expect(put.lastError).toMatch(/no answer within|Deadline exceeded|TimeoutOrCancelled/);
    expect(Date.parse(put.nextAttemptAt ?? '')).toBeGreaterThan(Date.now() + 100_000);
    expect(await rig.complete(task, allOk, 'quality-says-yes')).toMatchObject({ status: 202, body: { id } });

    await rig.startWorker();
    const settled = await rig.relayUntilSettled(id, 300_000);
    expect(settled).toMatchObject({ state: 'done', result: { number, state: 'done', task } });
    expect(await rig.complete(task, allOk, 'quality-says-yes')).toEqual({
      status: 200,
      body: settled.result,
    });
    const done = (await rig.audit(number)).filter(({ action }) => action === 'evaluate');
    expect(done).toHaveLength(1);
    expect((await rig.openTasks(number)).map((open) => open.id)).not.toContain(task);
  });

  it('an update delivered again after its effect gets the first answer and has no second effect', async () => {
    const { number } = await rig.order();
    await rig.begun(number);
    const task = `${number}.evaluate.sales`;
    const first = await rig.complete(task);
    expect(first.status).toBe(200);
    const command = await rig.lastCommand(number);
    await waitUntil(async () => (await rig.command(command.id)).state === 'done');
    const before = await rig.audit(number);
    await rig.db.update(commands).set({ state: 'pending', result: null }).where(eq(commands.id, command.id));
    const settled = await rig.relayUntilSettled(command.id);
    expect(settled.result).toEqual(first.status === 200 && first.body);
    expect(await rig.audit(number)).toEqual(before);
  });
});
