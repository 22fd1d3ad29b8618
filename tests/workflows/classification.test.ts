import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadRules } from '../../app/load-rules.js';
import type { OrderInput } from '../../domain/order/shape.js';
import { addDays } from '../../domain/time/local-date.js';
import { allOk } from './acts.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

const hourMs = 3_600_000;
const refusal = (code: string) => expect.objectContaining({ code });
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();

/** Delivery asked for in sixty days, where thirty are normal. */
async function normalOrder(change: Partial<OrderInput> = {}): Promise<string> {
  const in60Days = new Date(rig.now().getTime() + 60 * 24 * hourMs).toISOString().slice(0, 10);
  const number = await rig.accept({ requestedDelivery: in60Days, ...change });
  rig.watch(number);
  return number;
}

describe('a manager who overrules (P01.2, P06.5)', () => {
  it('makes an urgent order critical before the first evaluation: new deadlines, the same tasks, a ground to confirm', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.skip(3 * hourMs);
    await rig.classify(number, { class: 'critical', grade: 3 });
    const at = String((await rig.row(number)).decisions[1]?.at);
    expect((await rig.deadlines(number)).filter(({ state }) => state === 'open')).toMatchObject([
      { id: `${number}.confirmation.2`, class: 'critical', dueAt: later(at, 8 * hourMs) },
      // From the decision, not from a receipt three hours ago: it would be late the moment it is made.
      { id: `${number}.criticalConfirmation`, class: 'critical', dueAt: later(at, 2 * hourMs) },
      { id: `${number}.evaluation.2`, class: 'critical', dueAt: later(at, 4 * hourMs) },
    ]);
    expect(await rig.openTasks(number)).toEqual([
      ...['manufacturing', 'quality', 'sales', 'technical'].map((one) => `${number}.evaluate.${one}`),
      `${number}.ground.orderManager`,
    ]);
    expect((await rig.task(`${number}.evaluate.sales`)).deadlineId).toBe(`${number}.evaluation.2`);
    const order = await rig.row(number);
    expect(order).toMatchObject({ class: 'critical', grade: 3, red: true });
    expect(order.decisions.map(({ class: to, by }) => [to, by])).toEqual([
      ['urgent', 'policy'],
      ['critical', (await rig.person('orderManager')).id],
    ]);
    const { OrderClass } = (await rig.handle(number).describe()).searchAttributes;
    expect(OrderClass).toEqual(['critical']);
    expect((await rig.actions(number)).at(-1)).toBe('replan');
  });

  it('who takes that back asks nobody for a ground any more', async () => {
    const number = await rig.order();
    await rig.classify(number, { class: 'critical', grade: 3 });
    await rig.classify(number, { class: 'urgent', grade: 2 });
    expect((await rig.task(`${number}.ground.orderManager`)).state).toBe('withdrawn');
    expect((await rig.deadline(`${number}.criticalConfirmation`)).state).toBe('withdrawn');
    expect(await rig.openTasks(number)).toHaveLength(4);
    expect(await rig.state(number)).toMatchObject({ class: 'urgent', grade: 2 });
  });

  it('is refused once the first evaluation is in, and the refusal is on the record', async () => {
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.sales`, allOk);
    await expect(rig.classify(number, { class: 'critical' })).rejects.toEqual(refusal('evaluation-begun'));
    expect((await rig.row(number)).class).toBe('urgent');
    expect((await rig.actions(number)).at(-1)).toBe('replan.refused');
  });

  it('makes an urgent order normal: its process ends, its tasks and deadlines are withdrawn', async () => {
    const number = await rig.order();
    await rig.classify(number, { class: 'normal' });
    expect(await rig.ends(number)).toBe('executing');
    expect(await rig.row(number)).toMatchObject({
      class: 'normal',
      grade: 0,
      red: false,
      phase: 'executing',
      endReason: 'reclassifiedNormal',
      endedAt: null,
    });
    expect((await rig.tasks(number)).map(({ state }) => state)).toEqual(
      Array.from({ length: 4 }, () => 'withdrawn'),
    );
    expect((await rig.deadlines(number)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
    expect(await rig.told(number, 'orderReclassified')).not.toEqual([]);
  });

  it('makes a normal order urgent: its process starts with the decision, not late already', async () => {
    await rig.startWorkday(9);
    const number = await normalOrder();
    expect(await rig.row(number)).toMatchObject({ class: 'normal', phase: 'executing' });
    await rig.skip(5 * hourMs);
    await rig.classify(number, { class: 'urgent', grade: 2 });
    await rig.waitFor('the four tasks', async () => (await rig.openTasks(number)).length === 4);
    const at = String((await rig.row(number)).decisions[1]?.at);
    expect(await rig.deadlines(number)).toMatchObject([
      { id: `${number}.confirmation`, from: at, state: 'open' },
      { id: `${number}.evaluation`, from: at, state: 'open' },
    ]);
    await rig.propose(number);
    expect((await rig.row(number)).phase).toBe('signing');
  });

  it('may do so again after taking it back: ids are never used twice', async () => {
    const number = await rig.order();
    await rig.classify(number, { class: 'normal' });
    await rig.ends(number);
    await rig.classify(number, { class: 'urgent', grade: 1 });
    await rig.waitFor('the four tasks', async () => (await rig.openTasks(number)).length === 4);
    expect(await rig.openTasks(number)).toEqual(
      ['manufacturing', 'quality', 'sales', 'technical'].map((one) => `${number}.evaluate.${one}.2`),
    );
    expect((await rig.deadlines(number)).map(({ id, state }) => [id, state])).toEqual([
      [`${number}.confirmation`, 'withdrawn'],
      [`${number}.confirmation.2`, 'open'],
      [`${number}.evaluation`, 'withdrawn'],
      [`${number}.evaluation.2`, 'open'],
    ]);
    expect((await rig.row(number)).decisions.map(({ class: to }) => to)).toEqual([
      'urgent',
      'normal',
      'urgent',
    ]);
    await rig.evaluate(number, { round: 2 });
    expect((await rig.row(number)).phase).toBe('proposing');
  });

  it('may do so while the process that ends still sends its mails: the new one starts all the same', async () => {
    rig.mail.state.outcome = 'deferred';
    const number = await rig.order();
    await rig.classify(number, { class: 'normal' });
    // Accepted, with the answer to follow: 202.
    await expect(rig.classify(number, { class: 'urgent', grade: 1 })).rejects.toThrow('not answered in time');
    rig.mail.state.outcome = 'accepted';
    await rig.skip(2 * hourMs);
    await rig.relay();
    await rig.waitFor('the four tasks', async () => (await rig.openTasks(number)).length === 4);
    await rig.evaluate(number, { round: 2 });
    expect((await rig.row(number)).phase).toBe('proposing');
  });

  it('does not ask once more for a ground that is confirmed', async () => {
    const number = await rig.order({ ground: 'property', groundStatement: '设备停机，持续损失' });
    await rig.complete(`${number}.ground.orderManager`, { confirmed: true });
    await rig.classify(number, { class: 'critical', grade: 3 });
    expect(await rig.openTasks(number)).toHaveLength(4);
    expect((await rig.row(number)).groundConfirmed).toBe(true);
  });

  it('may do so after the day by whose closing the customer wanted the reply', async () => {
    await rig.startWorkday(9);
    const { calendar } = await loadRules(rig.db);
    let sunday = calendar.localDate(rig.now().toISOString());
    // A day off: its reply is due at the closing of the working day before.
    while (calendar.isWorkingDay(sunday)) sunday = addDays(sunday, 1);
    const number = await rig.order({ requestedReplyBy: sunday });
    const normal = await normalOrder({ requestedReplyBy: sunday });
    await rig.skipTo(calendar.closing(calendar.workingDayUpTo(sunday)));
    await rig.skip(hourMs);
    for (const one of [number, normal]) {
      await rig.classify(one, { class: 'critical', grade: 3 });
      const at = String((await rig.row(one)).decisions[1]?.at);
      const due = (await rig.deadlines(one)).find(
        ({ kind, state }) => kind === 'confirmation' && state === 'open',
      );
      expect(due).toMatchObject({ class: 'critical', dueAt: later(at, 8 * hourMs) });
    }
  });
});
