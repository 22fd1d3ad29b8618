import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MILESTONES } from '../../domain/order/shape.js';
import { TEAM_ROLES } from '../../domain/team/shape.js';
import { allOk } from './acts.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

/** Who holds what on an order, for the notices. */
async function peopleOf(number: string) {
  const row = await rig.row(number);
  const team = Object.values(row.team ?? {});
  const evaluators = (await rig.tasks(number))
    .filter(({ kind, round }) => kind === 'evaluate' && round === 1)
    .map(({ assigneeId }) => String(assigneeId));
  return { customer: `customer:${row.customerId}`, team, evaluators, owner: String(row.salesOwnerId) };
}
const sorted = (...ids: string[]) => [...new Set(ids)].sort();

describe('an order that begins', () => {
  it('names the team of seven, with those who evaluate in it (P07.2)', async () => {
    const number = await rig.order();
    const { team } = await rig.row(number);
    expect(Object.keys(team ?? {}).sort()).toEqual([...TEAM_ROLES].sort());
    const { evaluators } = await peopleOf(number);
    expect(evaluators).toEqual(expect.arrayContaining([team?.quality, team?.technical, team?.manufacturing]));
  });

  it('asks each of the four departments once, each by another person, under one deadline (P07.4)', async () => {
    const number = await rig.order();
    const tasks = await rig.tasks(number);
    expect(tasks.map(({ id, kind, role, state }) => [id, kind, role, state])).toEqual(
      ['manufacturing', 'quality', 'sales', 'technical'].map((department) => [
        `${number}.evaluate.${department}`,
        'evaluate',
        department,
        'open',
      ]),
    );
    expect(new Set(tasks.map(({ assigneeId }) => assigneeId)).size).toBe(4);
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    expect(tasks.map((task) => [task.deadlineId, task.dueAt])).toEqual(
      Array.from({ length: 4 }, () => [`${number}.evaluation`, dueAt]),
    );
    const owner = (await rig.row(number)).salesOwnerId;
    expect(tasks.find(({ role }) => role === 'sales')?.assigneeId).toBe(owner);
  });

  it('tells departments, team and logistics at once, and thanks the customer (P07.1)', async () => {
    const number = await rig.order();
    const { team, evaluators, customer } = await peopleOf(number);
    const logistics = (await rig.person('logistics')).id;
    expect(await rig.told(number, 'departmentsTold')).toEqual(sorted(...team, ...evaluators, logistics));
    expect(await rig.told(number, 'orderReceived')).toEqual([customer]);
    await rig.waitFor('the mails', async () =>
      (await rig.notices(number)).every(({ state }) => state === 'delivered'),
    );
    // The customer, and each colleague once: nobody gets the same thing twice.
    const addresses = rig.mail.sent.flatMap(({ to }) => to);
    expect(addresses).toHaveLength(new Set([...team, ...evaluators, logistics]).size + 1);
  });

  it('tells the order manager where the delivery asked for comes before the confirmation is due', async () => {
    await rig.startWorkday(9);
    const tomorrow = new Date(rig.now().getTime() + 86_400_000).toISOString().slice(0, 10);
    const number = await rig.order({ requestedDelivery: tomorrow });
    expect(await rig.told(number, 'deliveryBeforeConfirmation')).toEqual([
      (await rig.person('orderManager')).id,
    ]);
  });
});

describe('an order without doubts (P20.2)', () => {
  it('goes on to manufacturing when the fourth evaluation is in, and not before', async () => {
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    expect((await rig.row(number)).phase).toBe('evaluating');
    await rig.complete(`${number}.evaluate.quality`, allOk);
    expect((await rig.row(number)).phase).toBe('proposing');
    expect(await rig.openTasks(number)).toEqual([`${number}.measure.manufacturing`]);
    expect((await rig.deadline(`${number}.evaluation`)).state).toBe('met');
    const { assigneeId } = await rig.task(`${number}.measure.manufacturing`);
    expect(await rig.told(number, 'taskOpened')).toEqual([assigneeId]);
  });

  it('puts one proposal before the vice president: measure, day, amount (P07.6–7)', async () => {
    const number = await rig.order();
    await rig.propose(number);
    const order = await rig.row(number);
    expect(order.phase).toBe('signing');
    expect(await rig.proposals(number)).toMatchObject([
      {
        id: `${number}.proposal`,
        round: 1,
        state: 'open',
        measure: 'overtime',
        promisedDelivery: order.requestedDelivery,
        amountMinor: order.amountMinor,
      },
    ]);
    const task = await rig.task(`${number}.signOff.vp`);
    expect(task).toMatchObject({ state: 'open', deadlineId: `${number}.confirmation` });
    expect(task.assigneeId).toBe((await rig.person('vp')).id);
  });

  it('confirms to the customer, and issues the plan to team and logistics, after the signature and not before (P07.6, P07.8)', async () => {
    const number = await rig.order();
    await rig.propose(number);
    const { team, customer } = await peopleOf(number);
    expect(await rig.told(number, 'orderConfirmed')).toEqual([]);
    expect((await rig.row(number)).promisedDelivery).toBeNull();
    await rig.sign(number);
    const order = await rig.row(number);
    expect(order).toMatchObject({ phase: 'executing', promisedDelivery: order.requestedDelivery });
    expect(order.confirmedBy).toBe((await rig.person('vp')).id);
    expect(await rig.told(number, 'orderConfirmed')).toEqual([customer]);
    const logistics = (await rig.person('logistics')).id;
    expect(await rig.told(number, 'productionPlanIssued')).toEqual(sorted(...team, logistics));
    expect((await rig.deadline(`${number}.confirmation`)).state).toBe('met');
  });

  it('closes with the customer’s word; every deadline met, every step on the record, at the events it may cost (P05.6)', async () => {
    const number = await rig.order();
    await rig.propose(number);
    await rig.sign(number);
    await rig.produce(number);
    const { customer, owner } = await peopleOf(number);
    expect(await rig.told(number, 'orderShipped')).toEqual([customer]);
    expect(await rig.told(number, 'deliveryQuestion')).toEqual([customer]);
    expect((await rig.task(`${number}.customerContact.sales`)).assigneeId).toBe(owner);
    await rig.deliver(number, { confirmedBy: '王工', words: '已收到，完好' });
    expect(await rig.ends(number)).toBe('closed');

    expect(await rig.row(number)).toMatchObject({
      phase: 'closed',
      endReason: 'confirmedByCustomer',
      atRisk: false,
    });
    expect((await rig.milestones(number)).map(({ milestone, done }) => [milestone, done])).toEqual(
      expect.arrayContaining(MILESTONES.map((milestone) => [milestone, true])),
    );
    expect((await rig.deadlines(number)).map(({ kind, state }) => [kind, state])).toEqual(
      ['confirmation', 'customerContact', 'delivery', 'evaluation', 'measure'].map((kind) => [kind, 'met']),
    );
    for (const { id } of await rig.deadlines(number)) {
      const left = (await rig.instants(id)).filter(({ state }) => state !== 'withdrawn');
      expect(left).toEqual([]);
    }
    expect(await rig.openTasks(number)).toEqual([]);
    expect(await rig.actions(number)).toEqual([
      ...['accept', 'begin', 'evaluate', 'evaluate', 'evaluate', 'evaluate', 'measure', 'signOff'],
      ...MILESTONES.map(() => 'recordProgress'),
      'customerContact',
    ]);
    // 21 workflow tasks of three events come to these: 140 in all. A busy machine may need another task, so they are
    // not counted here.
    const { events } = await rig.handle(number).fetchHistory();
    const own = (events ?? []).filter(
      (event) =>
        !event.workflowTaskScheduledEventAttributes &&
        !event.workflowTaskStartedEventAttributes &&
        !event.workflowTaskCompletedEventAttributes,
    );
    expect(own.length).toBeLessThanOrEqual(77);
  });

  it('shows class, phase, tier, owner and the next deadline in its search attributes', async () => {
    const number = await rig.order();
    const order = await rig.row(number);
    const begun = (await rig.handle(number).describe()).searchAttributes;
    expect(begun).toMatchObject({
      OrderClass: ['urgent'],
      OrderPhase: ['evaluating'],
      Red: [true],
      Breached: [false],
      CustomerTier: ['regular'],
      Owner: [order.salesOwnerId],
    });
    expect(begun.DueAt).toEqual([new Date((await rig.deadline(`${number}.evaluation`)).dueAt)]);
    await rig.propose(number);
    const signing = (await rig.handle(number).describe()).searchAttributes;
    expect(signing.OrderPhase).toEqual(['signing']);
    expect(signing.DueAt).toEqual([new Date((await rig.deadline(`${number}.confirmation`)).dueAt)]);
  });

  it('keeps personal data out of Temporal: ids and decisions only', async () => {
    const secret = '客户张三的手机 13800000000';
    const number = await rig.order({
      customer: { name: '保密机械有限公司', email: 'secret.person@test.example' },
      specialRequirements: secret,
    });
    await rig.evaluate(number, { except: ['quality'] });
    const points = allOk.points;
    await rig.complete(`${number}.evaluate.quality`, {
      points: { ...points, price: { ok: true, note: secret } },
    });
    const events = JSON.stringify(await rig.handle(number).fetchHistory());
    const history = events.replace(/"data":"([^"]+)"/g, (_, data: string) =>
      Buffer.from(data, 'base64').toString('utf8'),
    );
    expect(history).toContain(number);
    for (const word of ['13800000000', '保密机械', 'secret.person', '星湖街'])
      expect(history).not.toContain(word);
  });
});
