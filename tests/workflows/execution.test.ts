import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

const dayMs = 86_400_000;
const refusal = (code: string) => expect.objectContaining({ code });

async function signed(): Promise<string> {
  const number = await rig.order();
  await rig.propose(number);
  await rig.sign(number);
  return number;
}

async function daysAfterPromise(number: string, days: number): Promise<string> {
  const promised = Date.parse(String((await rig.row(number)).promisedDelivery));
  return new Date(promised + days * dayMs).toISOString().slice(0, 10);
}

describe('a milestone (P05.5)', () => {
  it('is recorded while the order is carried out, and not before the signature', async () => {
    const number = await rig.order();
    await expect(rig.progress(number, 'reserve')).rejects.toEqual(refusal('wrong-phase'));
    expect(await rig.milestones(number)).toEqual([]);
  });

  it('“ship” comes after the inspection, “signed for” after shipping (P10.4)', async () => {
    const number = await signed();
    await expect(rig.progress(number, 'ship')).rejects.toEqual(refusal('milestone-out-of-order'));
    await expect(rig.progress(number, 'signedFor')).rejects.toEqual(refusal('milestone-out-of-order'));
    await rig.progress(number, 'inspect');
    await rig.progress(number, 'ship');
    expect((await rig.row(number)).phase).toBe('delivering');
    await rig.progress(number, 'signedFor');
    expect(await rig.openTasks(number)).toEqual([`${number}.customerContact.sales`]);
    expect((await rig.deadline(`${number}.delivery`)).state).toBe('met');
  });

  it('“inspect” is the quality department’s gate: manufacturing does not open it (P10.4)', async () => {
    const number = await signed();
    const manufacturing = await rig.person('manufacturing');
    await expect(rig.progress(number, 'inspect', {}, manufacturing)).rejects.toEqual(refusal('forbidden'));
    expect(await rig.milestones(number)).toEqual([]);
  });

  it('that is done keeps its day and its person, whatever is reported of it later', async () => {
    const number = await signed();
    await rig.progress(number, 'produce');
    const [before] = await rig.milestones(number);
    await rig.skip(3_600_000);
    const projectedFinish = await daysAfterPromise(number, -1);
    await rig.progress(number, 'produce', { done: false, projectedFinish }, await rig.person('orderManager'));
    await rig.progress(number, 'produce', {}, await rig.person('orderManager'));
    expect(await rig.milestones(number)).toEqual([{ ...before, projectedFinish }]);
  });

  it('shipped twice by a careless scanner tells the customer once', async () => {
    const number = await signed();
    await rig.progress(number, 'inspect');
    await rig.progress(number, 'ship');
    await rig.progress(number, 'ship');
    expect(await rig.told(number, 'orderShipped')).toHaveLength(1);
  });
});

describe('a projected finish (P05.5)', () => {
  it('past the promise warns team lead, order manager and sales owner early, once, and puts the order at risk', async () => {
    const number = await signed();
    const projectedFinish = await daysAfterPromise(number, 3);
    await rig.progress(number, 'produce', { done: false, projectedFinish });
    await rig.progress(number, 'pack', { done: false, projectedFinish });
    const order = await rig.row(number);
    const told = [order.team?.lead, (await rig.person('orderManager')).id, order.salesOwnerId];
    expect(await rig.told(number, 'earlyWarning')).toEqual([...new Set(told)].map(String).sort());
    expect(order).toMatchObject({ atRisk: true, projectedFinish });
    expect((await rig.milestones(number)).find(({ milestone }) => milestone === 'produce')?.done).toBe(false);
  });

  it('back within the promise takes the risk away; one later still is news again', async () => {
    const number = await signed();
    await rig.progress(number, 'produce', {
      done: false,
      projectedFinish: await daysAfterPromise(number, 3),
    });
    const once = (await rig.told(number, 'earlyWarning')).length;
    await rig.progress(number, 'produce', {
      done: false,
      projectedFinish: await daysAfterPromise(number, 0),
    });
    expect((await rig.row(number)).atRisk).toBe(false);
    await rig.progress(number, 'produce', {
      done: false,
      projectedFinish: await daysAfterPromise(number, 5),
    });
    expect((await rig.told(number, 'earlyWarning')).length).toBe(2 * once);
    expect((await rig.row(number)).atRisk).toBe(true);
  });
});

describe('the delivery (P05.6)', () => {
  it('is due at the closing of the promised day; silence climbs the ladder, manufacturing first', async () => {
    await rig.startWorkday(9);
    const number = await signed();
    const { dueAt } = await rig.deadline(`${number}.delivery`);
    expect(dueAt.slice(0, 10)).toBe((await rig.row(number)).promisedDelivery);
    await rig.skipTo(dueAt);
    await rig.waitFor(
      'the breach',
      async () => (await rig.deadline(`${number}.delivery`)).state === 'breached',
    );
    const told = (await rig.notices(number)).filter(
      ({ template, facts }) => template === 'deadlineEscalated' && facts.deadline === `${number}.delivery`,
    );
    expect(told.map(({ recipient }) => recipient)).toEqual([
      `person:${(await rig.person('manufacturing')).id}`,
    ]);
  });

  it('confirmed by the customer’s own link closes the order', async () => {
    const number = await signed();
    await rig.produce(number);
    await rig.deliver(number, { how: 'link', confirmedBy: '王工' }, await rig.customerOf(number));
    expect(await rig.ends(number)).toBe('closed');
    expect(await rig.row(number)).toMatchObject({ phase: 'closed', endReason: 'confirmedByCustomer' });
    const task = await rig.task(`${number}.customerContact.sales`);
    expect(task).toMatchObject({ state: 'done', finishedCredential: 'link' });
  });

  it('closes after three attempts that reached nobody, and not after two', async () => {
    const number = await signed();
    await rig.produce(number);
    for (let attempt = 1; attempt <= 2; attempt++) {
      const reply = await rig.deliver(number, { reached: false, words: '无人接听' });
      expect(reply).toMatchObject({ state: 'recorded', phase: 'delivering' });
    }
    expect(await rig.openTasks(number)).toEqual([`${number}.customerContact.sales`]);
    await rig.deliver(number, { reached: false });
    expect(await rig.ends(number)).toBe('closed');
    expect((await rig.row(number)).endReason).toBe('customerNotReached');
    expect((await rig.actions(number)).filter((action) => action === 'customerContact')).toHaveLength(3);
  });

  it('stays open where the customer says that nothing arrived: our people are told, and it is no attempt in vain', async () => {
    const number = await signed();
    await rig.produce(number);
    for (let answer = 1; answer <= 3; answer++) {
      const reply = await rig.deliver(number, { received: false, words: '未见货物' });
      expect(reply).toMatchObject({ state: 'recorded', phase: 'delivering' });
    }
    expect(await rig.told(number, 'deliveryDisputed')).toContain((await rig.person('orderManager')).id);
    expect(await rig.openTasks(number)).toEqual([`${number}.customerContact.sales`]);
    await rig.deliver(number, { confirmedBy: '王工' });
    expect(await rig.ends(number)).toBe('closed');
    expect((await rig.row(number)).endReason).toBe('confirmedByCustomer');
  });

  it('that the customer disputes keeps the order open, tells those concerned and is no attempt in vain', async () => {
    const number = await signed();
    await rig.produce(number);
    for (let dispute = 1; dispute <= 3; dispute++) {
      await rig.deliver(number, { received: false, words: '只收到一箱' });
    }
    expect((await rig.row(number)).phase).toBe('delivering');
    const order = await rig.row(number);
    const concerned = [
      order.salesOwnerId,
      ...(await Promise.all([rig.person('logistics'), rig.person('orderManager')])).map(({ id }) => id),
    ];
    expect(new Set(await rig.told(number, 'deliveryDisputed'))).toEqual(new Set(concerned));
    await rig.deliver(number, { confirmedBy: '王工' });
    expect(await rig.ends(number)).toBe('closed');
  });

  it('is not confirmed before the goods are signed for', async () => {
    const number = await signed();
    await expect(rig.deliver(number, { confirmedBy: '王工' })).rejects.toEqual(refusal('wrong-phase'));
  });
});
