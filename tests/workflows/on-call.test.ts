import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { delegations, onCallOverrides, onCallShifts } from '../../db/schema/index.js';
import type { OrderInput } from '../../domain/order/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(async () => {
  await rig.clear();
  for (const table of [onCallShifts, onCallOverrides, delegations]) await rig.db.delete(table);
});
afterAll(() => rig?.stop());

const minuteMs = 60_000;
const later = (at: string, minutes: number) => new Date(Date.parse(at) + minutes * minuteMs).toISOString();
/** The critical ladder takes a rung every quarter of an hour, day or night. */
const critical: Partial<OrderInput> = { ground: 'life', groundStatement: '医院备用电源齿轮箱断裂' };
let made = 0;

async function override(role: Role, personId: string, from: string, to: string): Promise<void> {
  made += 1;
  const row = { id: `o${made}`, role, personId, from, to, reason: '值班', by: 'wu.lei' };
  await rig.db.insert(onCallOverrides).values({ ...row, madeAt: rig.now().toISOString() });
}

async function away(personId: string, standInId: string): Promise<void> {
  made += 1;
  const from = rig.now().toISOString();
  const row = { id: `d${made}`, personId, standInId, from, to: later(from, 30 * 1440), by: 'wu.lei' };
  await rig.db.insert(delegations).values({ ...row, madeAt: from });
}

async function rung(deadlineId: string, index: number) {
  return rig.waitFor(`rung ${index} of ${deadlineId}`, async () =>
    (await rig.instants(deadlineId)).find(
      (one) => one.kind === 'rung' && one.index === index && one.state !== 'planned',
    ),
  );
}

it('a rung goes to the one on call at its instant, and to the next one at the next', async () => {
  await rig.startWorkday(9);
  await rig.promote('peng.gang', 'orderManager');
  await rig.promote('tang.li', 'orderManager');
  const number = await rig.order(critical);
  const evaluation = `${number}.evaluation`;
  const { dueAt } = await rig.deadline(evaluation);
  // Order manager is the third rung: half an hour after it is due.
  await override('orderManager', 'tang.li', later(dueAt, 0), later(dueAt, 30));
  await override('orderManager', 'peng.gang', later(dueAt, 30), later(dueAt, 31));
  await rig.skipTo(later(dueAt, 30));
  const third = await rung(evaluation, 3);
  expect([third.role, third.state, third.reached]).toEqual([
    'orderManager',
    'fired',
    [{ person: 'peng.gang', why: 'onCall' }],
  ]);
  const told = (await rig.notices(number)).filter(
    ({ template, recipient }) => template === 'deadlineEscalated' && recipient === 'person:peng.gang',
  );
  expect(told.map(({ facts }) => [facts.deadline, facts.rung])).toContainEqual([evaluation, 3]);
});

it('a weekly rota counts in the company’s local time, over midnight', async () => {
  await rig.startWorkday(17);
  await rig.promote('peng.gang', 'orderManager');
  const number = await rig.order(critical);
  const evaluation = `${number}.evaluation`;
  const { dueAt } = await rig.deadline(evaluation);
  const local = new Date(Date.parse(dueAt) + 8 * 60 * minuteMs);
  // Due at nine in the evening: the night that begins on this weekday holds the third rung.
  expect(local.toISOString().slice(11, 16)).toBe('21:00');
  await rig.db.insert(onCallShifts).values({
    role: 'orderManager',
    weekday: local.getUTCDay() || 7,
    from: '21:30',
    to: '06:00',
    personId: 'peng.gang',
  });
  await rig.skipTo(later(dueAt, 30));
  expect((await rung(evaluation, 3)).reached).toEqual([{ person: 'peng.gang', why: 'onCall' }]);
});

it('where the department’s head is due, the one on call for it is told, but not who let it pass', async () => {
  await rig.startWorkday(9);
  const number = await rig.order(critical);
  const { dueAt } = await rig.deadline(`${number}.evaluation`);
  const assignee = async (department: string) =>
    String((await rig.task(`${number}.evaluate.${department}`)).assigneeId);
  const [quality, technical] = [await assignee('quality'), await assignee('technical')];
  const other = quality === 'guo.lihua' ? 'zhu.wei' : 'guo.lihua';
  await override('quality', other, dueAt, later(dueAt, 60));
  await override('technical', technical, dueAt, later(dueAt, 60));
  await rig.skipTo(dueAt);
  const { reached } = await rung(`${number}.evaluation`, 1);
  expect(reached).toContainEqual({ person: other, why: 'onCall' });
  expect(reached).not.toContainEqual(expect.objectContaining({ person: 'liu.fang' }));
  expect(reached).toContainEqual({ person: 'yang.fan', why: 'departmentHead' });
});

it('who is away is stood in for, on behalf of whom is on record, and where that leads to nobody the next rung comes', async () => {
  await rig.startWorkday(9);
  const number = await rig.order(critical);
  const evaluation = `${number}.evaluation`;
  const { dueAt } = await rig.deadline(evaluation);
  await away('wu.lei', 'peng.gang');
  await away('lin.guodong', 'feng.xue');
  await away('feng.xue', 'lin.guodong');
  await rig.skipTo(later(dueAt, 45));
  const fourth = await rung(evaluation, 4);
  expect([fourth.role, fourth.state]).toEqual(['vp', 'skipped']);
  expect((await rung(evaluation, 3)).reached).toEqual([{ person: 'peng.gang', why: 'onBehalfOf:wu.lei' }]);
  expect(await rung(evaluation, 5)).toMatchObject({
    role: 'generalManager',
    state: 'fired',
    reached: [{ person: 'qian.hongling', why: 'generalManager' }],
  });
});

it('a task goes to the one on call; of one who is away, to who stands in and may finish it', async () => {
  await rig.startWorkday(9);
  const now = rig.now().toISOString();
  await override('quality', 'zhu.wei', now, later(now, 600));
  await override('technical', 'luo.tao', now, later(now, 600));
  await away('luo.tao', 'liang.yu');
  const number = await rig.order();
  expect(await rig.task(`${number}.evaluate.quality`)).toMatchObject({
    assigneeId: 'zhu.wei',
    assignedBecause: 'onCall',
  });
  expect(await rig.task(`${number}.evaluate.technical`)).toMatchObject({
    assigneeId: 'liang.yu',
    assignedBecause: 'onBehalfOf:luo.tao',
  });
});

it('a task passes over who is away where another holds the role, and over a stand-in who may not finish it', async () => {
  await rig.startWorkday(9);
  for (const id of ['liu.fang', 'zhu.wei']) await away(id, 'peng.gang');
  for (const id of ['yang.fan', 'luo.tao', 'liang.yu']) await away(id, 'peng.gang');
  const number = await rig.order();
  expect((await rig.task(`${number}.evaluate.quality`)).assigneeId).toBe('guo.lihua');
  // All of the department are away, and the stand-in is none of it: it stays in the department.
  const { assigneeId } = await rig.task(`${number}.evaluate.technical`);
  expect(['yang.fan', 'luo.tao', 'liang.yu']).toContain(assigneeId);
});

it('the production team is named of those who are there, and of the absent where a role has nobody else', async () => {
  await rig.startWorkday(9);
  const { team: before } = await rig.row(await rig.order());
  for (const id of [String(before?.lead), String(before?.purchasing)]) await away(id, 'peng.gang');
  const { team } = await rig.row(await rig.order());
  expect(team?.lead).not.toBe(before?.lead);
  expect(team?.purchasing).toBe(before?.purchasing);
  expect(Object.keys(team ?? {})).toHaveLength(7);
});
