import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import type { PersonPrincipal } from '../../app/principal.js';
import { answerOf, findCommand, submitCommand } from '../../app/submit-command.js';
import type { IncidentGist } from '../../contracts/incident-messages.js';
import {
  audit,
  deadlines,
  incidentOrders,
  incidentSteps,
  incidents,
  playbooks,
  tasks,
} from '../../db/schema/index.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
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

async function playbookOf(number: string): Promise<Playbook> {
  const { type, playbookRevision } = await row(number);
  const [found] = await rig.db
    .select()
    .from(playbooks)
    .where(and(eq(playbooks.type, type), eq(playbooks.revision, playbookRevision)));
  if (!found) throw new Error(`no playbook of ${number}`);
  return found.playbook;
}

const openTasks = (number: string) =>
  rig.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.incidentNumber, number), eq(tasks.state, 'open')))
    .orderBy(tasks.openedAt, tasks.id);

async function report(body: Partial<IncidentInput> = {}) {
  await rig.sync();
  const reported = await reportIncident(rig.ctx, {
    principal: await rig.personById('xiao.peng'),
    body: { type: 'supplier-delay', summary: '轴承供应商未按期交货', severity: 2, ...body },
  });
  if (!reported.joined) running.push(reported.number);
  await rig.waitFor(
    `the begin of ${reported.number}`,
    async () => (await openTasks(reported.number)).length > 0,
  );
  return reported;
}

async function say(
  number: string,
  name: string,
  message: Record<string, unknown>,
  by: PersonPrincipal,
  words: Record<string, unknown> = {},
): Promise<unknown> {
  await rig.sync();
  const answer = await submitCommand(rig.ctx, {
    principal: by,
    route: `test ${name}`,
    key: undefined,
    body: words,
    target: `incident/${number}`,
    name,
    message,
  });
  if (answer.status === 200) return answer.body;
  // On a busy machine the answer comes later: as a client does, the command is asked for.
  const command = await rig.waitFor(`the answer of ${answer.body.id}`, async () => {
    const found = await findCommand(rig.ctx, answer.body.id);
    return found?.state === 'pending' ? undefined : found;
  });
  const settled = answerOf(command);
  return settled.body;
}

async function gistOf(number: string, task: typeof tasks.$inferSelect): Promise<IncidentGist> {
  const { causes, steps } = await playbookOf(number);
  if (task.kind === 'confirm') return { kind: 'confirm', outcome: 'activate' };
  if (task.kind === 'review') return { kind: 'review', cause: causes[0]?.key ?? '' };
  if (task.kind === 'team') return { kind: 'team', team: {} };
  if (task.kind !== 'decision') return { kind: task.kind } as IncidentGist;
  const step = steps.find(({ key }) => key === task.facts.step);
  if (step?.kind !== 'decision') throw new Error(`${task.id} is no decision`);
  return { kind: 'decision', option: step.options[0]?.key ?? '' };
}

async function finish(number: string, task: typeof tasks.$inferSelect): Promise<void> {
  const by = await rig.personById(task.assigneeId ?? 'xiao.peng');
  const words = { note: '已处理', words: '供应商产能不足', worked: '提前催货' };
  await say(number, 'completeTask', { task: task.id, gist: await gistOf(number, task) }, by, words);
}

describe('an incident that is reported', () => {
  it.each(['supplier-delay', 'network-attack', 'severe-weather', 'wrong-shipment'])(
    'goes by its playbook from report to archive, each step and task on the record: %s',
    async (type) => {
      const { number, joined } = await report({ type, severity: 3 });
      expect(joined).toBe(false);
      expect(await row(number)).toMatchObject({
        phase: 'reported',
        severity: 3,
        ownerId: expect.any(String),
      });
      for (let done = 0; (await row(number)).phase !== 'archived'; done += 1) {
        if (done > 80) throw new Error('the incident does not end');
        const [task] = await openTasks(number);
        if (task) await finish(number, task);
      }
      expect(await handle(number).result()).toEqual({ number, phase: 'archived' });
      expect(await openTasks(number)).toEqual([]);
      const ended = await row(number);
      expect(ended).toMatchObject({
        acknowledgedBy: expect.any(String),
        confirmedBy: expect.any(String),
        mitigatedAt: expect.any(String),
        resolvedAt: expect.any(String),
        endedAt: expect.any(String),
        rootCause: { words: '供应商产能不足' },
      });
      const steps = await rig.db.select().from(incidentSteps).where(eq(incidentSteps.incident, number));
      expect(steps.filter((step) => step.state === 'open' || step.state === 'failed')).toEqual([]);
      expect(steps.filter((step) => step.state === 'done').length).toBeGreaterThan(10);
      const open = await rig.db
        .select()
        .from(deadlines)
        .where(and(eq(deadlines.incidentNumber, number), eq(deadlines.state, 'open')));
      expect(open).toEqual([]);
    },
  );

  it('is counted in the open one of the same key, two hundred at once as well', async () => {
    const key = { dedupKey: 'supplier-delay/S-1' };
    const first = await report(key);
    const more = await Promise.all(
      Array.from({ length: 199 }, async () =>
        reportIncident(rig.ctx, {
          principal: await rig.personById('xiao.peng'),
          body: { type: 'supplier-delay', summary: '又一次', ...key },
        }),
      ),
    );
    expect(new Set(more.map(({ number }) => number))).toEqual(new Set([first.number]));
    expect(more.every(({ joined }) => joined)).toBe(true);
    expect((await row(first.number)).count).toBe(200);
  });

  it('links the orders that were named, and tells nobody of a false alarm twice', async () => {
    const order = await rig.order();
    const { number } = await report({ type: 'order-delay', orders: [order] });
    const linked = await rig.db.select().from(incidentOrders).where(eq(incidentOrders.incident, number));
    expect(linked.map((link) => link.order)).toEqual([order]);
    const confirm = (await openTasks(number)).find(({ kind }) => kind === 'confirm');
    const by = await rig.personById(confirm?.assigneeId ?? '');
    const gist = { kind: 'confirm', outcome: 'falseAlarm' };
    await say(number, 'completeTask', { task: confirm?.id, gist }, by, { reason: '误报' });
    await expect(say(number, 'completeTask', { task: confirm?.id, gist }, by)).rejects.toMatchObject({
      code: expect.stringMatching(/task-not-open|order-ended/),
    });
    expect((await row(number)).phase).toBe('falseAlarm');
    expect(await openTasks(number)).toEqual([]);
  });

  it('is refused to whoever may not steer it, on the record', async () => {
    const { number } = await report();
    const stranger = await rig.person('hr');
    await expect(say(number, 'setSeverity', { severity: 3 }, stranger, { reason: '' })).rejects.toMatchObject(
      {
        code: 'forbidden',
      },
    );
    expect((await row(number)).severity).toBe(2);
    const refused = await rig.db
      .select()
      .from(audit)
      .where(and(eq(audit.subject, number), eq(audit.action, 'setSeverity.refused')));
    expect(refused).toHaveLength(1);
  });
});
