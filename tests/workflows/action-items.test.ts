import { createHash } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createActionItem } from '../../app/action-items/create-action-item.js';
import { listActionItems } from '../../app/action-items/list-action-items.js';
import { getArchive } from '../../app/archive/get-archive.js';
import { verifyArchives } from '../../app/archive/verify-archives.js';
import { AppError } from '../../app/errors.js';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { reportIncidents } from '../../app/reports/report-incidents.js';
import { submitCommand } from '../../app/submit-command.js';
import { deadlineInstants, incidents, tasks } from '../../db/schema/index.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import { onChases } from './chase-rig.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
let chase: ReturnType<typeof onChases>;
const running: string[] = [];
beforeAll(async () => {
  rig = await startRig();
  chase = onChases(rig);
  await publishBuiltIns(rig.db, rig.now().toISOString());
});
afterEach(async () => {
  await chase.clear();
  for (const number of running.splice(0)) await rig.end(`incident/${number}`);
  await rig.clear();
});
afterAll(() => rig?.stop());

async function row(number: string) {
  const [found] = await rig.db.select().from(incidents).where(eq(incidents.number, number));
  if (!found) throw new Error(`${number} is not on record`);
  return found;
}

const openTasks = (number: string) =>
  rig.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.incidentNumber, number), eq(tasks.state, 'open')))
    .orderBy(asc(tasks.openedAt), asc(tasks.id));

const openTask = (number: string, kind: string) =>
  rig.waitFor(`the ${kind} of ${number}`, async () =>
    (await openTasks(number)).find((task) => task.kind === kind),
  );

async function finish(number: string, kind: string, form: unknown): Promise<void> {
  const task = await openTask(number, kind);
  await chase.complete(task?.id ?? '', form, await rig.personById(task?.assigneeId ?? ''));
}

async function report(body: Partial<IncidentInput> = {}): Promise<string> {
  await rig.sync();
  const { number } = await reportIncident(rig.ctx, {
    principal: await rig.person('sales'),
    body: { type: 'server-failure', summary: '订单服务器宕机', severity: 1, ...body },
  });
  running.push(number);
  await openTask(number, 'confirm');
  return number;
}

/** From the report to the review, with everything between passed over; then whatever is left, to the archive. */
async function review(number: string, form: Record<string, unknown> = {}): Promise<void> {
  await finish(number, 'confirm', { outcome: 'activate' });
  const by = await rig.person('emergencyManager');
  await rig.sync();
  const answer = await submitCommand(rig.ctx, {
    principal: by,
    route: 'test resolve',
    body: { reason: '已恢复' },
    target: `incident/${number}`,
    name: 'resolve',
    message: {},
  });
  expect(answer.status).toBe(200);
  await finish(number, 'review', { cause: 'capacity', words: '磁盘写满', worked: '切换备用', ...form });
  for (let left = 0; left < 20 && (await row(number)).phase !== 'archived'; left += 1) {
    const [task] = await openTasks(number);
    if (!task) break;
    await chase.complete(task.id, { note: '已处理' }, await rig.personById(task.assigneeId ?? ''));
  }
}

async function itemOf(number: string, owner: Role = 'technicalSupport'): Promise<string> {
  await rig.sync();
  const { view } = await createActionItem(rig.ctx, {
    principal: await rig.person('emergencyManager'),
    number,
    body: { what: '为磁盘写满设置监控告警', owner: (await rig.person(owner)).id },
  });
  return view.id;
}

const chaseOf = async (id: string) => (await chase.item(id)).chase ?? '';

describe('an action item', () => {
  it('is reminded of two days before it is due, carried out, checked by a second person, and closed', async () => {
    const id = await itemOf(await report());
    const first = await chaseOf(id);
    const task = await chase.task(first);
    const owner = await rig.person('technicalSupport');
    expect(task).toMatchObject({ kind: 'actionItem', assigneeId: owner.id });
    const warnings = await rig.db
      .select()
      .from(deadlineInstants)
      .where(
        and(eq(deadlineInstants.deadlineId, `${first}.actionItem`), eq(deadlineInstants.kind, 'warning')),
      );
    const before = warnings.map(({ at }) => Date.parse(task?.dueAt ?? '') - Date.parse(at));
    expect(before).toContain(2 * 86_400_000);
    await chase.completeOpen(first, { note: '已配置阈值 80% 告警' });
    expect(await chase.item(id)).toMatchObject({ state: 'done', doneBy: owner.id });
    const second = await chaseOf(id);
    const check = await chase.task(second);
    expect(check?.kind).toBe('effectCheck');
    expect(check?.assigneeId).not.toBe(owner.id);
    await chase.completeOpen(second, { effective: true, note: '告警触发正常' });
    expect(await chase.item(id)).toMatchObject({
      state: 'closed',
      chase: null,
      checkedBy: check?.assigneeId,
      checkNote: '告警触发正常',
      reopened: 0,
    });
    await chase.handle(second).result();
    expect(await chase.told(second, 'chaseDone')).toEqual([owner.id]);
  });

  it('without effect is open again for its owner, and closed by the next check', async () => {
    const id = await itemOf(await report());
    await chase.completeOpen(await chaseOf(id), { note: '已处理' });
    await chase.completeOpen(await chaseOf(id), { effective: false, note: '告警没有触发' });
    expect(await chase.item(id)).toMatchObject({ state: 'open', reopened: 1, checkNote: '告警没有触发' });
    const again = await chase.task(await chaseOf(id));
    expect(again).toMatchObject({
      kind: 'actionItem',
      assigneeId: (await rig.person('technicalSupport')).id,
    });
    await chase.completeOpen(await chaseOf(id), { note: '改为按分钟采集' });
    await chase.completeOpen(await chaseOf(id), { effective: true, note: '已触发' });
    expect(await chase.item(id)).toMatchObject({ state: 'closed', reopened: 1 });
  });

  it('is not checked by who carried it out, though it is their role to check', async () => {
    const id = await itemOf(await report(), 'emergencyManager');
    const doer = await rig.person('emergencyManager');
    await chase.completeOpen(await chaseOf(id), { note: '已处理' });
    const check = await chase.task(await chaseOf(id));
    expect(check?.assigneeId).not.toBe(doer.id);
    const own = chase.complete(check?.id ?? '', { effective: true, note: '有效' }, doer);
    await expect(own).rejects.toMatchObject({ code: 'separation-of-duties' });
    expect(await chase.item(id)).toMatchObject({ state: 'done', checkedBy: null });
    await chase.complete(
      check?.id ?? '',
      { effective: true, note: '有效' },
      await rig.person('generalManager'),
    );
    expect((await chase.item(id)).state).toBe('closed');
  });

  it('is not given up, by a manager either', async () => {
    const id = await itemOf(await report());
    const task = await chase.task(await chaseOf(id));
    const manager = await rig.person('generalManager');
    const refused = chase.complete(task?.id ?? '', { giveUp: '不再需要' }, manager);
    await expect(refused).rejects.toMatchObject({ code: 'wrong-phase' });
    expect((await chase.item(id)).state).toBe('open');
  });

  it('is never closed by the person who did it, whatever is sent in whatever order by whomever', async () => {
    const number = await report();
    const everybody = ['technicalSupport', 'emergencyManager', 'quality', 'generalManager', 'hr'] as const;
    const owner = fc.constantFrom(...everybody);
    const message = fc.record({
      by: fc.constantFrom(...everybody),
      form: fc.constantFrom(
        { note: '已处理' },
        { effective: true, note: '有效' },
        { effective: false, note: '无效' },
        { giveUp: '不做了' },
      ),
    });
    await fc.assert(
      fc.asyncProperty(owner, fc.array(message, { minLength: 4, maxLength: 12 }), async (role, messages) => {
        const id = await itemOf(number, role);
        for (const { by, form } of messages) {
          const item = await chase.item(id);
          if (item.state === 'closed') break;
          const task = await chase.task(item.chase ?? '');
          const person = await rig.person(by);
          const sent = await chase.complete(task?.id ?? '', form, person).then(
            () => 'done',
            (error) => (error instanceof AppError ? error.code : Promise.reject(error)),
          );
          const isDoer = item.state === 'done' && item.doneBy === person.id;
          if (isDoer && 'effective' in form) expect(['separation-of-duties', 'forbidden']).toContain(sent);
          const after = await chase.item(id);
          if (after.state !== 'closed') continue;
          expect(after.doneBy).not.toBeNull();
          expect(after.checkedBy).not.toBeNull();
          expect(after.checkedBy).not.toBe(after.doneBy);
          expect(form).toMatchObject({ effective: true });
        }
      }),
      { numRuns: 8 },
    );
  });
});

describe('a recurrence of type and cause', () => {
  it('is linked to the earlier incident, and opens its closed action items again', async () => {
    const owner = await rig.person('technicalSupport');
    const first = await report();
    await review(first, { actionItems: [{ what: '扩容磁盘', owner: owner.id }] });
    const [named, ...more] = (await chase.itemsOf(first)).filter(({ step }) => step === null);
    expect(more).toEqual([]);
    const id = named?.id ?? '';
    expect(named).toMatchObject({ what: '扩容磁盘', ownerId: owner.id, state: 'open' });
    await chase.completeOpen(await chaseOf(id), { note: '已扩容' });
    await chase.completeOpen(await chaseOf(id), { effective: true, note: '使用率 40%' });

    const other = await report();
    await review(other, { cause: 'hardware' });
    expect((await row(other)).recurrenceOf).toBeNull();
    expect((await chase.item(id)).state).toBe('closed');

    const second = await report();
    await review(second);
    expect((await row(second)).recurrenceOf).toBe(first);
    const reopened = await chase.item(id);
    expect(reopened).toMatchObject({ state: 'open', reopened: 1, reopenedBecause: second, doneBy: null });
    const task = await chase.task(reopened.chase ?? '');
    expect(task?.assigneeId).toBe(owner.id);
    const manager = await rig.person('emergencyManager');
    const told = async () => (await chase.told(reopened.chase ?? '', 'chaseOpened')).sort();
    await rig.waitFor('both letters', async () => (await told()).length === 2);
    expect(await told()).toEqual([owner.id, manager.id].sort());
    const mail = await rig.waitFor('the mail to the manager', async () =>
      rig.mail.sent.find(({ subject }) => subject.includes('整改措施重新打开')),
    );
    expect(mail?.text).toContain(second);

    await rig.sync();
    const figures = await reportIncidents(rig.ctx, { type: 'server-failure' });
    const cause = figures.byCause.find((one) => one.cause === 'capacity');
    expect(cause).toMatchObject({ count: 2, recurrences: 1, words: { zh: '容量不足' } });
    expect(cause?.toResolve?.medianSeconds).toBeGreaterThanOrEqual(0);
    const page = await listActionItems(rig.ctx, { limit: 50, incident: first, state: 'open' });
    expect(page.items.map((item) => item.id)).toContain(id);
  });
});

describe('the archive of an incident', () => {
  it('is there with the end, byte for byte what its hash says, and holds cause, measures and who was told', async () => {
    const number = await report();
    await review(number);
    const { phase, archive: sealed, archiveHash } = await row(number);
    expect(phase).toBe('archived');
    const { archive, hash } = await getArchive(rig.db, number);
    expect([archive, hash]).toEqual([sealed, archiveHash]);
    expect(createHash('sha256').update(archive).digest('hex')).toBe(hash);
    const content = JSON.parse(archive);
    expect(content).toMatchObject({
      form: 'redmark.incident/1',
      incident: { number, phase: 'archived', severity: 1 },
      rootCause: { category: 'capacity', words: '磁盘写满' },
      lessons: { worked: '切换备用' },
      playbook: { type: 'server-failure' },
    });
    expect(content.times.ended).not.toBeNull();
    // The very step that archives it is in it.
    expect(content.timeline.at(-1)).toMatchObject({ at: content.times.ended });
    expect(content.notices.length).toBeGreaterThan(3);
    expect(archive).not.toContain('@');
    expect(await verifyArchives(rig.db)).toMatchObject({ faults: [] });
    await rig.db
      .update(incidents)
      .set({ archive: archive.replace('磁盘写满', '磁盘未满') })
      .where(eq(incidents.number, number));
    expect((await verifyArchives(rig.db)).faults).toEqual([{ number, why: 'hashDiffers' }]);
    await rig.db.update(incidents).set({ archive }).where(eq(incidents.number, number));
  });

  it('is sealed of a false alarm as well, and not there while it goes on', async () => {
    const number = await report();
    await expect(getArchive(rig.db, number)).rejects.toMatchObject({ code: 'not-found' });
    await finish(number, 'confirm', { outcome: 'falseAlarm', note: '误报' });
    const { archive } = await getArchive(rig.db, number);
    expect(JSON.parse(archive).incident.phase).toBe('falseAlarm');
  });
});
