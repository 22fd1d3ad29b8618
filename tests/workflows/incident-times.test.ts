import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import type { Principal } from '../../app/principal.js';
import { submitCommand } from '../../app/submit-command.js';
import { audit, deadlines, incidentSteps, incidents, notices, orders, tasks } from '../../db/schema/index.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
const running: string[] = [];
beforeAll(async () => {
  rig = await startRig();
  await publishBuiltIns(rig.db, rig.now().toISOString());
});
afterEach(async () => {
  for (const number of running.splice(0)) await rig.end(`incident/${number}`);
  await rig.clear();
});
afterAll(() => rig?.stop());

const handle = (number: string) => rig.environment.client.workflow.getHandle(`incident/${number}`);

async function row(number: string) {
  const [found] = await rig.db.select().from(incidents).where(eq(incidents.number, number));
  if (!found) throw new Error(`${number} is not on record`);
  return found;
}

const tasksOf = (number: string, kind: string) =>
  rig.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.incidentNumber, number), eq(tasks.kind, kind)))
    .orderBy(tasks.openedAt);

const noticesOf = (number: string, template: string) =>
  rig.db
    .select()
    .from(notices)
    .where(and(eq(notices.incidentNumber, number), eq(notices.template, template)));

async function say(
  number: string,
  name: string,
  message: Record<string, unknown>,
  words: Record<string, unknown> = {},
  by?: Principal,
): Promise<unknown> {
  await rig.sync();
  const { body, status } = await submitCommand(rig.ctx, {
    principal: by ?? (await rig.person('orderManager')),
    route: `test ${name}`,
    key: undefined,
    body: words,
    target: `incident/${number}`,
    name,
    message,
  });
  if (status !== 200) throw new Error(`${name} was not answered in time`);
  return body;
}

/** An incident that is activated, with everything told. */
async function activated(body: Partial<IncidentInput> = {}): Promise<string> {
  const number = await reported(body);
  const [confirm] = await tasksOf(number, 'confirm');
  await say(number, 'completeTask', { task: confirm?.id, gist: { kind: 'confirm', outcome: 'activate' } });
  return number;
}

async function reported(body: Partial<IncidentInput>): Promise<string> {
  await rig.sync();
  const { number } = await reportIncident(rig.ctx, {
    principal: await rig.personById('xiao.peng'),
    body: { type: 'order-delay', summary: '产能不足', severity: 2, ...body },
  });
  running.push(number);
  await rig.waitFor(`the begin of ${number}`, async () => (await tasksOf(number, 'confirm')).length > 0);
  return number;
}

describe('the people of an incident', () => {
  it('the proposed team stands without an answer, and nobody is in breach for it', async () => {
    const number = await activated();
    const proposed = (await row(number)).team;
    const [task] = await tasksOf(number, 'team');
    expect(task).toMatchObject({ state: 'open', role: 'orderManager' });
    await rig.skip(31 * 60_000);
    await rig.waitFor(
      'the team to stand',
      async () => (await tasksOf(number, 'team'))[0]?.state === 'withdrawn',
    );
    const [deadline] = await rig.db
      .select()
      .from(deadlines)
      .where(eq(deadlines.id, `${number}.team`));
    expect(deadline?.state).toBe('withdrawn');
    expect((await row(number)).team).toEqual(proposed);
    const about = (await noticesOf(number, 'deadlineBreached')).filter(
      ({ facts }) => facts.deadline === `${number}.team`,
    );
    expect(about).toEqual([]);
    const [said] = await rig.db
      .select()
      .from(audit)
      .where(and(eq(audit.subject, number), eq(audit.action, 'teamStands')));
    expect(said?.actor).toBe('redmark');
  });

  it('the order manager changes one role: only who is new is told, with the role; the task is done', async () => {
    const number = await activated();
    const before = (await row(number)).team ?? {};
    const [role = ''] = Object.keys(before);
    await say(number, 'setTeam', { team: { [role]: 'qian.hongling' } });
    expect((await row(number)).team).toEqual({ ...before, [role]: 'qian.hongling' });
    const told = await noticesOf(number, 'incidentTeam');
    expect(told.map(({ recipient, facts }) => [recipient, facts.roles])).toEqual([
      ['person:qian.hongling', [role]],
    ]);
    expect((await tasksOf(number, 'team'))[0]?.state).toBe('done');
    await expect(say(number, 'setTeam', { team: { [role]: 'nobody' } })).rejects.toMatchObject({
      code: 'invalid-input',
    });
    await expect(say(number, 'setTeam', { team: { king: 'qian.hongling' } })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });

  it('is handed over with what the owner had as owner, and both are told the note', async () => {
    const number = await reported({});
    const { ownerId } = await row(number);
    await say(number, 'handOver', { to: 'qian.hongling' }, { note: '休假交接' });
    expect((await row(number)).ownerId).toBe('qian.hongling');
    expect((await tasksOf(number, 'confirm'))[0]?.assigneeId).toBe('qian.hongling');
    const told = await noticesOf(number, 'incidentHandedOver');
    expect(told.map(({ recipient }) => recipient).sort()).toEqual(
      [`person:${ownerId}`, 'person:qian.hongling'].sort(),
    );
    expect(told[0]?.facts).toMatchObject({ note: '休假交接' });
    await expect(say(number, 'handOver', { to: 'qian.hongling' })).rejects.toMatchObject({
      code: 'wrong-phase',
    });
  });
});

describe('what an incident does by itself', () => {
  it('takes the documented default of a decision that nobody takes, without a breach, and goes on (P18.1)', async () => {
    const order = await rig.order();
    const number = await activated({ type: 'no-courier', orders: [order] });
    const decision = await rig.waitFor('the choice', async () => (await tasksOf(number, 'decision'))[0]);
    if (!decision?.dueAt) throw new Error('it has no due');
    const step = String(decision.facts.step);
    await rig.skipTo(new Date(Date.parse(decision.dueAt) + 60_000).toISOString());
    await rig.waitFor(
      'the default',
      async () => (await tasksOf(number, 'decision'))[0]?.state === 'withdrawn',
    );
    const steps = await rig.db.select().from(incidentSteps).where(eq(incidentSteps.incident, number));
    expect(steps.find(({ key }) => key === step)).toMatchObject({
      state: 'done',
      outcome: 'wait',
      by: 'redmark',
    });
    const [deadline] = await rig.db
      .select()
      .from(deadlines)
      .where(eq(deadlines.id, decision.deadlineId ?? ''));
    expect(deadline?.state).toBe('withdrawn');
    const breaches = (await noticesOf(number, 'deadlineBreached')).filter(
      ({ facts }) => facts.deadline === decision.deadlineId,
    );
    expect(breaches).toEqual([]);
    expect((await noticesOf(number, 'incidentDefault')).length).toBeGreaterThan(0);
  });

  it('asks each customer, is over when all have answered, and opens what any of them chose, with whose choice it was', async () => {
    const [first, second] = [
      await rig.order(),
      await rig.order({ customer: { name: '另一家公司', email: 'other@test.example' } }),
    ];
    const customers = (await rig.db.select().from(orders)).filter(({ number }) =>
      [first, second].includes(number),
    );
    const [one, two] = customers.map(({ customerId }) => customerId);
    expect(one).not.toBe(two);
    const number = await activated({ type: 'no-courier', orders: [first, second] });
    const decision = await rig.waitFor('the choice', async () => (await tasksOf(number, 'decision'))[0]);
    const asked = await noticesOf(number, 'incidentTask');
    expect(asked.map(({ recipient }) => recipient)).toEqual(
      expect.arrayContaining([`customer:${one}`, `customer:${two}`]),
    );
    const answer = (option: string, customer: string | undefined) =>
      say(number, 'completeTask', { task: decision?.id, gist: { kind: 'decision', option, customer } });
    await answer('wait', one);
    expect((await tasksOf(number, 'decision'))[0]?.state).toBe('open');
    await expect(answer('refund', one)).rejects.toMatchObject({ code: 'task-not-open' });
    await expect(answer('refund', 'C-9999')).rejects.toMatchObject({ code: 'invalid-input' });
    const link = { credentialId: `link:customer:${two}`, credential: 'link' as const };
    const choose = (id: string) =>
      say(
        number,
        'completeTask',
        { task: decision?.id, gist: { kind: 'decision', option: 'cancel' } },
        {},
        { kind: 'customer', id, ...link },
      );
    await expect(choose('C-9999')).rejects.toMatchObject({ code: 'forbidden' });
    await choose(two ?? '');
    await rig.waitFor('both ways', async () => (await tasksOf(number, 'decision'))[0]?.state === 'done');
    const steps = await rig.db.select().from(incidentSteps).where(eq(incidentSteps.incident, number));
    expect(steps.find(({ key }) => key === decision?.facts.step)?.outcome).toBe('cancel,wait');
    const led = (await rig.db.select().from(tasks).where(eq(tasks.incidentNumber, number))).filter(
      ({ facts }) => facts.step !== decision?.facts.step && facts.customers !== undefined,
    );
    expect(new Set(led.flatMap(({ facts }) => facts.customers as string[]))).toEqual(new Set([one, two]));
    expect(led.every(({ facts }) => (facts.customers as string[]).length === 1)).toBe(true);
  });

  it('asks a customer as well who turns out to be affected while the choice is open', async () => {
    const first = await rig.order();
    const second = await rig.order({ customer: { name: '后来的公司', email: 'later@test.example' } });
    const customerOf = async (order: string) =>
      (await rig.db.select().from(orders).where(eq(orders.number, order)))[0]?.customerId ?? '';
    const about = { type: 'no-courier', dedupKey: 'no-courier/later' };
    const number = await activated({ ...about, orders: [first] });
    const decision = await rig.waitFor('the choice', async () => (await tasksOf(number, 'decision'))[0]);
    await reportIncident(rig.ctx, {
      principal: await rig.personById('xiao.peng'),
      body: { ...about, summary: '又一单', orders: [second] },
    });
    await rig.sync();
    await handle(number).signal('reported', {
      id: 'later-1',
      actor: { principal: 'xiao.peng', credential: 'token' },
      at: rig.now().toISOString(),
      count: 2,
    });
    const late = await customerOf(second);
    await rig.waitFor('the letter', async () =>
      (await noticesOf(number, 'incidentTask')).some(({ recipient }) => recipient === `customer:${late}`),
    );
    const answer = async (customer: string) =>
      say(number, 'completeTask', {
        task: decision?.id,
        gist: { kind: 'decision', option: 'wait', customer },
      });
    await answer(await customerOf(first));
    expect((await tasksOf(number, 'decision'))[0]?.state).toBe('open');
    await answer(late);
    await rig.waitFor(
      'the last answer',
      async () => (await tasksOf(number, 'decision'))[0]?.state === 'done',
    );
  });

  it('rises by the rules when a further report affects more, and does not where a person named the level', async () => {
    const number = await reported({ severity: undefined, dedupKey: 'k1', facts: { delayHours: 1 } });
    const before = (await row(number)).severity;
    const raised = { ...(await row(number)).facts, peopleInDanger: true, delayHours: 1000 };
    await rig.db.update(incidents).set({ facts: raised }).where(eq(incidents.number, number));
    await rig.sync();
    await handle(number).signal('reported', {
      id: 'r1',
      actor: { principal: 'client:shop', credential: 'key' },
      at: rig.now().toISOString(),
      count: 2,
    });
    await rig.waitFor('the rise', async () => (await row(number)).severity > before);
    expect(await row(number)).toMatchObject({ severityBy: 'rules', resume: { reports: 2 } });
    await say(number, 'setSeverity', { severity: 1 }, { reason: '影响不大' });
    await handle(number).signal('reported', {
      id: 'r2',
      actor: { principal: 'client:shop', credential: 'key' },
      at: rig.now().toISOString(),
      count: 3,
    });
    await rig.waitFor('the third report', async () => (await row(number)).resume?.reports === 3);
    expect((await row(number)).severity).toBe(1);
  });

  it('asks for an update, sends it to those who have heard of it, and asks again (P03.5)', async () => {
    const order = await rig.order();
    const number = await activated({ orders: [order] });
    const [first] = await tasksOf(number, 'update');
    await say(
      number,
      'completeTask',
      { task: first?.id, gist: { kind: 'update' } },
      { words: '已安排加班，预计明日发货。' },
    );
    const told = await noticesOf(number, 'incidentUpdate');
    expect(told.some(({ recipient }) => recipient.startsWith('customer:'))).toBe(true);
    expect(told.some(({ recipient }) => recipient.startsWith('person:'))).toBe(true);
    const rounds = await tasksOf(number, 'update');
    expect(rounds.map(({ state }) => state)).toEqual(['done', 'open']);
    const mail = await rig.waitFor('the letter', async () =>
      rig.mail.sent.find(({ text }) => text.includes('已安排加班，预计明日发货。') && text.includes(order)),
    );
    expect(mail?.text).toMatch(/下次通报/);
  });
});

describe('an incident that is a part of another', () => {
  /** Resolves one that is activated, and says that its last tasks are done. */
  async function resolve(number: string): Promise<void> {
    await say(number, 'resolve', {}, { note: '恢复正常' });
    for (;;) {
      const open = await rig.db
        .select()
        .from(tasks)
        .where(and(eq(tasks.incidentNumber, number), eq(tasks.state, 'open')));
      const [task] = open.filter(({ kind }) => kind !== 'review');
      if (!task) return;
      await say(number, 'completeTask', { task: task.id, gist: { kind: task.kind } }, { note: '已办' });
    }
  }

  it('is found by what both name, waits for its parent’s review, and is archived with its cause', async () => {
    const parent = await activated({ type: 'severe-weather', facts: { region: '江苏省' } });
    const child = await activated({ type: 'late-delivery', facts: { region: '江苏' } });
    expect((await row(child)).parent).toBe(parent);
    await resolve(child);
    expect(await row(child)).toMatchObject({ phase: 'resolved', resume: { tasks: {} } });
    await resolve(parent);
    const [review] = await tasksOf(parent, 'review');
    const cause = 'other';
    await say(
      parent,
      'completeTask',
      { task: review?.id, gist: { kind: 'review', cause } },
      { words: '台风登陆' },
    );
    await rig.waitFor('the child’s archive', async () => {
      await rig.sync();
      await rig.relay();
      return (await row(child)).phase === 'archived';
    });
    expect((await row(child)).rootCause).toEqual({ category: cause, words: `${parent} · 台风登陆` });
    expect(await handle(child).result()).toMatchObject({ phase: 'archived' });
  });

  it('looks back by itself where its parent was a false alarm', async () => {
    const parent = await reported({ type: 'severe-weather', facts: { region: '浙江' } });
    const child = await activated({ type: 'late-delivery', facts: { region: '浙江省' } });
    expect((await row(child)).parent).toBe(parent);
    await resolve(child);
    const [confirm] = await tasksOf(parent, 'confirm');
    const gist = { kind: 'confirm', outcome: 'falseAlarm' };
    await say(parent, 'completeTask', { task: confirm?.id, gist }, { note: '误报' });
    await rig.waitFor('the child’s own review', async () => {
      await rig.sync();
      await rig.relay();
      return (await tasksOf(child, 'review'))[0]?.state === 'open';
    });
  });
});
