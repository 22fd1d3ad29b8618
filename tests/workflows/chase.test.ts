import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { raiseProblem } from '../../app/chases/raise-problem.js';
import { getTask } from '../../app/get-task.js';
import { listTasks } from '../../app/list-tasks.js';
import { audit, deadlineInstants, deadlines, tasks } from '../../db/schema/index.js';
import { onChases } from './chase-rig.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
let chase: ReturnType<typeof onChases>;
beforeAll(async () => {
  rig = await startRig();
  chase = onChases(rig);
});
afterEach(async () => {
  await chase.clear();
  await rig.clear();
});
afterAll(() => rig?.stop());

async function raise(order: string, body: { what?: string; note?: string } = {}) {
  await rig.sync();
  const { view } = await raiseProblem(rig.ctx, {
    principal: await rig.person('technical'),
    number: order,
    body: { what: '轴承座镗孔尺寸超差', role: 'manufacturing', ...body },
  });
  return view.number;
}

describe('a production problem that is raised', () => {
  it('is one task with its deadline, told to order manager and manufacturing, and on the order’s record', async () => {
    const order = await rig.order();
    const number = await raise(order, { note: '影响后续装配' });
    const task = await chase.task(number);
    expect(task).toMatchObject({
      id: `${number}.problem.manufacturing`,
      kind: 'problem',
      role: 'manufacturing',
      workflowId: `chase/${number}`,
      orderNumber: null,
      deadlineId: `${number}.problem`,
    });
    const [deadline] = await rig.db.select().from(deadlines).where(eq(deadlines.chaseNumber, number));
    expect(deadline).toMatchObject({ class: 'urgent', state: 'open', dueAt: task?.dueAt });
    const manager = await rig.person('orderManager');
    await rig.waitFor('the letters', async () => (await chase.told(number, 'chaseOpened')).length >= 2);
    expect(await chase.told(number, 'chaseOpened')).toContain(manager.id);
    expect(await rig.actions(order)).toContain('raiseProblem');
    const sent = await rig.waitFor('the mail', async () =>
      rig.mail.sent.find(({ subject }) => subject.includes('处理生产问题') && subject.includes(order)),
    );
    expect(sent?.text).toContain('轴承座镗孔尺寸超差');
    expect(await chase.handle(number).query('state')).toMatchObject({ phase: 'open' });
    const viewer = await rig.person('manufacturing');
    expect(await getTask(rig.db, task?.id ?? '', viewer)).toMatchObject({
      chase: { number, order, what: '轴承座镗孔尺寸超差', note: '影响后续装配' },
    });
    const { items } = await listTasks(rig.db, viewer, { order, limit: 200 });
    expect(items.map(({ id }) => id)).toContain(task?.id);
  });

  it('ends when it is settled, met in time, and says so to whoever raised it', async () => {
    const number = await raise(await rig.order());
    await chase.completeOpen(number, { note: '已返修并复检合格' });
    expect(await chase.handle(number).result()).toEqual({ number, phase: 'done' });
    expect(await chase.row(number)).toMatchObject({ phase: 'done', endedAt: expect.any(String) });
    const [deadline] = await rig.db.select().from(deadlines).where(eq(deadlines.chaseNumber, number));
    expect(deadline?.state).toBe('met');
    const planned = await rig.db
      .select()
      .from(deadlineInstants)
      .where(eq(deadlineInstants.deadlineId, `${number}.problem`));
    expect(planned.filter(({ state }) => state === 'planned')).toEqual([]);
    expect(await chase.told(number, 'chaseDone')).toContain((await rig.person('technical')).id);
  });

  it('is settled by nobody else’s role, and only once', async () => {
    const number = await raise(await rig.order());
    const { id } = (await chase.task(number)) ?? { id: '' };
    const stranger = await rig.person('hr');
    await expect(chase.complete(id, { note: '不归我管' }, stranger)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await chase.completeOpen(number, { note: '已处理' });
    const again = chase.complete(id, { note: '再处理' }, await rig.person('orderManager'));
    await expect(again).rejects.toMatchObject({ code: 'task-not-open' });
  });

  it('is given up by a manager with a reason, by nobody else, and stays on the record', async () => {
    const number = await raise(await rig.order());
    const task = await chase.task(number);
    const giveUp = { giveUp: '客户已同意让步接收' };
    const own = await rig.personById(task?.assigneeId ?? '');
    await expect(chase.complete(task?.id ?? '', giveUp, own)).rejects.toMatchObject({ code: 'forbidden' });
    const manager = await rig.person('orderManager');
    await chase.complete(task?.id ?? '', giveUp, manager);
    expect(await chase.handle(number).result()).toEqual({ number, phase: 'givenUp' });
    expect(await chase.row(number)).toMatchObject({
      phase: 'givenUp',
      facts: { gaveUp: { by: manager.id, because: '客户已同意让步接收' } },
    });
    const [row] = await rig.db.select().from(tasks).where(eq(tasks.chaseNumber, number));
    expect(row?.state).toBe('withdrawn');
    const log = await rig.db.select().from(audit).where(eq(audit.subject, number));
    expect(log.map(({ action }) => action)).toEqual(['raiseProblem', 'begin', 'giveUp.refused', 'giveUp']);
  });

  it('climbs by itself to the general manager when nobody answers, each rung once', async () => {
    await rig.startWorkday(9);
    // A normal order has no process, and no team: the rung of its lead reaches nobody, and the next takes its place.
    const delivery = new Date(rig.now().getTime() + 90 * 86_400_000).toISOString().slice(0, 10);
    const number = await raise(await rig.accept({ requestedDelivery: delivery }));
    await chase.task(number);
    const rungs = async () =>
      (
        await rig.db
          .select()
          .from(deadlineInstants)
          .where(eq(deadlineInstants.deadlineId, `${number}.problem`))
      )
        .filter(({ kind }) => kind === 'rung')
        .sort((a, b) => a.index - b.index);
    const isOver = async () => {
      const all = await rungs();
      return all.length > 0 && all.every(({ state }) => state !== 'planned');
    };
    for (let day = 0; day < 10 && !(await isOver()); day += 1) await rig.skip(86_400_000);
    const settled = await rungs();
    expect(settled.map(({ role, state }) => `${role} ${state}`)).toEqual([
      'departmentHead fired',
      'teamLead skipped',
      'orderManager fired',
      'vp fired',
      'generalManager fired',
      ...Array.from({ length: 5 }, () => 'generalManager fired'),
    ]);
    const general = await rig.person('generalManager');
    await rig.waitFor('the letters to the general manager', async () => {
      const told = await chase.told(number, 'deadlineEscalated');
      return told.filter((id) => id === general.id).length === 6;
    });
    const told = await chase.told(number, 'deadlineEscalated');
    expect(told.length).toBe(settled.flatMap(({ reached }) => reached ?? []).length);
    expect(await chase.row(number)).toMatchObject({ phase: 'open', resume: { breached: true } });
  });

  it('goes on from its record in a run that is started anew', async () => {
    const number = await raise(await rig.order());
    await chase.task(number);
    const { resume, stateVersion } = await chase.row(number);
    const before = await chase.handle(number).describe();
    const started = await chase.inputOf(number);
    await chase.handle(number).terminate('lost');
    await rig.environment.client.workflow.start('chase', {
      workflowId: `chase/${number}`,
      taskQueue: before.taskQueue,
      args: [{ ...started, resume: { ...resume, version: stateVersion } }],
    });
    await chase.completeOpen(number, { note: '已处理' });
    expect(await chase.handle(number).result()).toEqual({ number, phase: 'done' });
  });
});
