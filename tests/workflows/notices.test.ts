import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { objecting } from './acts.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

const minuteMs = 60_000;

const reachTasks = async (number: string) => (await rig.tasks(number)).filter(({ kind }) => kind === 'reach');

describe('a notice that no channel takes (P07.1)', () => {
  it('is tried again for half an hour, and then it escalates: somebody tells the people by other means', async () => {
    await rig.startWorkday(9);
    rig.mail.state.outcome = 'deferred';
    const number = await rig.order();
    await rig.skip(20 * minuteMs);
    expect(await reachTasks(number)).toEqual([]);
    await rig.skip(15 * minuteMs);
    const [task] = await rig.waitFor('the task', async () => {
      const found = await reachTasks(number);
      return found.length > 0 && found;
    });
    expect(task).toMatchObject({ id: `${number}.reach.orderManager`, state: 'open' });
    expect(task?.assigneeId).toBe((await rig.person('orderManager')).id);
    // Due since the half hour ended: at once its assignee and the first rung are on the record.
    await rig.waitFor(
      'the breach',
      async () => (await rig.deadline(`${number}.departmentsTold`)).state === 'breached',
    );
    expect((await rig.row(number)).phase).toBe('evaluating');
  });

  it('escalates once while mail stays away, and the order goes on meanwhile', async () => {
    await rig.startWorkday(9);
    rig.mail.state.outcome = 'deferred';
    const number = await rig.order();
    await rig.skip(35 * minuteMs);
    await rig.waitFor('the task', async () => (await reachTasks(number)).length === 1);
    await rig.evaluate(number);
    await rig.skip(120 * minuteMs);
    expect(await reachTasks(number)).toHaveLength(1);
    await rig.complete(`${number}.measure.manufacturing`, { option: 'overtime' });
    await rig.sign(number);
    expect((await rig.row(number)).phase).toBe('executing');
    expect(await reachTasks(number)).toHaveLength(1);
    await rig.complete(`${number}.reach.orderManager`, { note: '已电话通知四个部门' });
    expect((await rig.task(`${number}.reach.orderManager`)).state).toBe('done');
  });

  it('for good, a mailbox that is gone, escalates without waiting', async () => {
    rig.mail.state.outcome = 'refused';
    const number = await rig.order();
    await rig.waitFor('the task', async () => (await reachTasks(number)).length === 1);
    const failed = (await rig.notices(number)).filter(({ state }) => state === 'failed');
    expect(failed.length).toBeGreaterThan(0);
    expect(failed[0]).toMatchObject({ lastError: 'the test says so' });
  });

  it('keeps an order that was rejected from ending in silence: it waits until the customer was told by other means', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['manufacturing'] });
    await rig.complete(`${number}.evaluate.manufacturing`, objecting('deliveryDate'));
    rig.mail.state.outcome = 'deferred';
    await rig.complete(`${number}.conflict.orderManager`, { decision: 'reject', reason: 'cannot be made' });
    await rig.skip(35 * minuteMs);
    await rig.waitFor('the task', async () => (await reachTasks(number)).length === 1);
    expect((await rig.row(number)).phase).toBe('rejected');
    await rig.waitFor(
      'the breach',
      async () => (await rig.deadline(`${number}.departmentsTold`)).state === 'breached',
    );
    rig.mail.state.outcome = 'accepted';
    await rig.complete(`${number}.reach.orderManager`, { note: '已电话告知客户' });
    expect(await rig.ends(number)).toBe('rejected');
    expect(await rig.openTasks(number)).toEqual([]);
    expect(
      (await rig.instants(`${number}.departmentsTold`)).filter(({ state }) => state === 'planned'),
    ).toEqual([]);
  });

  it('for a moment only is delivered in the end, and nobody is troubled', async () => {
    rig.mail.state.outcome = 'deferred';
    const number = await rig.order();
    await rig.skip(3 * minuteMs);
    rig.mail.state.outcome = 'accepted';
    await rig.skip(3 * minuteMs);
    await rig.waitFor('the mails', async () =>
      (await rig.notices(number)).every(({ state }) => state === 'delivered'),
    );
    expect(await reachTasks(number)).toEqual([]);
  });
});
