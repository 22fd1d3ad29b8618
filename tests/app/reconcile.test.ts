import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { reconcile } from '../../app/reconcile.js';
import { submitCommand } from '../../app/submit-command.js';
import {
  commands,
  deadlineInstants,
  deadlines,
  incidentSteps,
  incidents,
  notices,
  orders,
  tasks,
} from '../../db/schema/index.js';
import { waitUntil } from '../support/wait-until.js';
import { createRelayRig, type RelayRig } from './relay-rig.js';

// Real PostgreSQL, a real Temporal server and a worker.
let rig: RelayRig;
beforeAll(async () => {
  rig = await createRelayRig();
  await publishBuiltIns(rig.db, new Date().toISOString());
  await rig.startTemporal();
  await rig.startWorker();
});
afterAll(() => rig?.stop());

const again = () => reconcile(rig.ctx);
const noticesOf = async (number: string) =>
  (await rig.db.select().from(notices).where(eq(notices.orderNumber, number))).map(({ key }) => key).sort();

/** An order under evaluation, its start settled. */
async function begin(): Promise<string> {
  const { number } = await rig.order();
  await rig.begun(number);
  await waitUntil(async () => (await rig.lastCommand(number)).state === 'done');
  return number;
}

async function terminate(number: string): Promise<void> {
  await rig.handle(number).terminate('by mistake');
  await waitUntil(async () => (await rig.run(number)).status.name === 'TERMINATED');
}

/** Four evaluations, whichever are still open, then the measure. */
async function evaluateToSigning(number: string): Promise<void> {
  for (const { id } of await rig.openTasks(number)) expect((await rig.complete(id)).status).toBe(200);
  const answer = await rig.complete(`${number}.measure.manufacturing`, { option: 'overtime' });
  expect(answer).toMatchObject({ status: 200, body: { phase: 'signing' } });
}

describe('a workflow terminated by hand', () => {
  it('is started again from its record: the same tasks and deadlines, nobody told twice, and it goes on', async () => {
    const number = await begin();
    await rig.complete(`${number}.evaluate.quality`);
    const before = {
      tasks: (await rig.openTasks(number)).map(({ id, assigneeId }) => ({ id, assigneeId })),
      deadlines: await rig.deadlines(number),
      notices: await noticesOf(number),
      audit: (await rig.audit(number)).map(({ key }) => key),
      version: (await rig.row(number)).stateVersion,
    };
    const first = (await rig.run(number)).runId;
    await terminate(number);
    expect(await again()).toEqual([number]);

    const run = await rig.run(number);
    expect(run.status.name).toBe('RUNNING');
    expect(run.runId).not.toBe(first);
    expect(await rig.handle(number).query('state')).toEqual((await rig.row(number)).resume);
    expect({
      tasks: (await rig.openTasks(number)).map(({ id, assigneeId }) => ({ id, assigneeId })),
      deadlines: await rig.deadlines(number),
      notices: await noticesOf(number),
      audit: (await rig.audit(number)).map(({ key }) => key),
      version: (await rig.row(number)).stateVersion,
    }).toEqual(before);

    await evaluateToSigning(number);
    const keys = (await rig.audit(number)).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter((key) => key.includes('/begin/'))).toHaveLength(1);
  });

  it('sends what the lost run had written and not sent, and nothing else', async () => {
    rig.mail.outcome = 'deferred';
    const number = await begin();
    const states = async () =>
      (await rig.db.select().from(notices).where(eq(notices.orderNumber, number))).map(({ state }) => state);
    await waitUntil(async () => (await states()).every((state) => state === 'queued'));
    await terminate(number);
    rig.mail.outcome = 'accepted';
    const asked = (await noticesOf(number)).length;
    expect(await again()).toEqual([number]);
    await waitUntil(async () => (await states()).every((state) => state === 'delivered'));
    expect(await noticesOf(number)).toHaveLength(asked);
  });

  it('keeps its clock: an instant that passed meanwhile fires once in the new run', async () => {
    const number = await begin();
    await terminate(number);
    const deadline = `${number}.evaluation`;
    // As if the day had passed: the record says 50 % is behind, in the rows and in the state to go on from.
    const passed = new Date(Date.now() - 5_000).toISOString();
    const { resume } = await rig.row(number);
    if (!resume) throw new Error('no state on record');
    const moved = resume.deadlines.map((open) =>
      open.id === deadline
        ? { ...open, instants: open.instants.map((one) => (one.index === 50 ? { ...one, at: passed } : one)) }
        : open,
    );
    await rig.db
      .update(orders)
      .set({ resume: { ...resume, deadlines: moved } })
      .where(eq(orders.number, number));
    const rows = () =>
      rig.db.select().from(deadlineInstants).where(eq(deadlineInstants.deadlineId, deadline));
    await rig.db.update(deadlineInstants).set({ at: passed }).where(eq(deadlineInstants.index, 50));

    expect(await again()).toEqual([number]);
    const warned = await waitUntil(async () => {
      const warning = (await rows()).find(({ index }) => index === 50);
      return warning?.state === 'fired' && warning;
    });
    expect(warned.reached?.length).toBeGreaterThan(0);
    const told = (await noticesOf(number)).filter((key) => key.includes('/deadlineWarning/'));
    expect(told).toHaveLength(new Set(told).size);
    expect(told).toHaveLength(warned.reached?.length ?? 0);
  });

  it('by two reconcilers at once is started once', async () => {
    const number = await begin();
    await terminate(number);
    await Promise.all([again(), again()]);
    expect((await rig.run(number)).status.name).toBe('RUNNING');
    await evaluateToSigning(number);
  });

  it('before it had begun begins now', async () => {
    await rig.stopWorker();
    const { number } = await rig.order();
    await waitUntil(async () => (await rig.lastCommand(number)).state === 'done');
    await terminate(number);
    expect(await again()).toEqual([number]);
    await rig.startWorker();
    await rig.begun(number);
    expect((await rig.audit(number)).map(({ action }) => action)).toEqual(['accept', 'begin']);
  });

  it('answers a command that had its effect in the old run as it did then, and goes on', async () => {
    const number = await begin();
    const first = await rig.complete(`${number}.evaluate.sales`);
    const command = await rig.lastCommand(number);
    await waitUntil(async () => (await rig.command(command.id)).state === 'done');
    await terminate(number);
    await again();
    // As it stands when the API died between the effect and the note of it.
    await rig.db.update(commands).set({ state: 'pending', result: null }).where(eq(commands.id, command.id));
    const settled = await rig.relayUntilSettled(command.id);
    expect(settled).toMatchObject({ state: 'done', result: { number, task: `${number}.evaluate.sales` } });
    expect(first.status).toBe(200);
    await evaluateToSigning(number);
    expect(await rig.deadlines(number)).toHaveLength(3);
  });
});

describe('an incident whose workflow was terminated by hand', () => {
  const incidentOf = async (number: string) => {
    const [row] = await rig.db.select().from(incidents).where(eq(incidents.number, number));
    if (!row) throw new Error(`no incident ${number}`);
    return row;
  };
  const handle = (number: string) => rig.client.workflow.getHandle(`incident/${number}`);
  const recordOf = async (number: string) => ({
    row: await incidentOf(number),
    steps: await rig.db.select().from(incidentSteps).where(eq(incidentSteps.incident, number)),
    tasks: await rig.db.select().from(tasks).where(eq(tasks.incidentNumber, number)).orderBy(tasks.id),
    deadlines: await rig.db.select().from(deadlines).where(eq(deadlines.incidentNumber, number)),
    audit: (await rig.audit(number)).map(({ key }) => key),
  });
  const noticesOfIncident = async (number: string) =>
    rig.db.select().from(notices).where(eq(notices.incidentNumber, number)).orderBy(notices.key);

  async function report(): Promise<string> {
    const reporter = await rig.person('orderManager');
    const { number } = await reportIncident(rig.ctx, {
      principal: reporter,
      body: { type: 'wrong-shipment', summary: '发错型号', severity: 2 },
    });
    await waitUntil(async () => (await rig.audit(number)).some(({ action }) => action === 'begin'));
    return number;
  }

  async function terminate(number: string): Promise<void> {
    await handle(number).terminate('by mistake');
    await waitUntil(async () => (await handle(number).describe()).status.name === 'TERMINATED');
  }

  it('is started again from its record, sends what was left unsent once, and goes on', async () => {
    rig.mail.outcome = 'deferred';
    const number = await report();
    await waitUntil(async () => (await noticesOfIncident(number)).length > 0);
    await terminate(number);
    rig.mail.outcome = 'accepted';
    const before = {
      ...(await recordOf(number)),
      told: (await noticesOfIncident(number)).map(({ key }) => key),
    };
    expect(before.tasks.map(({ kind }) => kind)).toContain('confirm');

    expect(await again()).toEqual([number]);
    await waitUntil(async () =>
      (await noticesOfIncident(number)).every(({ state }) => state === 'delivered'),
    );
    expect((await handle(number).describe()).status.name).toBe('RUNNING');
    const after = {
      ...(await recordOf(number)),
      told: (await noticesOfIncident(number)).map(({ key }) => key),
    };
    expect(after).toEqual(before);
    expect(await handle(number).query('state')).toEqual(after.row.resume);

    const confirm = before.tasks.find(({ kind }) => kind === 'confirm');
    const answer = await submitCommand(rig.ctx, {
      principal: await rig.personById(confirm?.assigneeId ?? ''),
      route: 'test confirm',
      key: undefined,
      body: { reason: '误报' },
      target: `incident/${number}`,
      name: 'completeTask',
      message: { task: confirm?.id, gist: { kind: 'confirm', outcome: 'falseAlarm' } },
    });
    expect(answer).toMatchObject({ status: 200, body: { phase: 'falseAlarm' } });
    await handle(number).result();
    expect(await again(), 'one that has ended needs no workflow').toEqual([]);
  });

  it('is found by the same filters afterwards: its level is that of the record, not that of the report', async () => {
    const number = await report();
    const setSeverity = await submitCommand(rig.ctx, {
      principal: await rig.person('emergencyManager'),
      route: 'test severity',
      key: undefined,
      body: { reason: '客户停产' },
      target: `incident/${number}`,
      name: 'setSeverity',
      message: { severity: 3 },
    });
    expect(setSeverity.status).toBe(200);
    await terminate(number);
    expect(await again()).toEqual([number]);
    const { typedSearchAttributes } = await handle(number).describe();
    const severity = defineSearchAttributeKey('Severity', SearchAttributeType.INT);
    expect(typedSearchAttributes.get(severity)).toBe(3);
    await handle(number).terminate('the test is over');
    await rig.db.update(incidents).set({ phase: 'routine', endedAt: new Date().toISOString() });
  });
});

describe('an order that needs no workflow', () => {
  it('because it has ended is left alone', async () => {
    const number = await begin();
    await terminate(number);
    await rig.db.update(orders).set({ phase: 'rejected', endedAt: new Date().toISOString() });
    expect(await again()).toEqual([]);
    expect((await rig.run(number)).status.name).toBe('TERMINATED');
  });

  it('because it is a normal one is left alone', async () => {
    const requestedDelivery = new Date(Date.now() + 300 * 86_400_000).toISOString().slice(0, 10);
    const { number } = await rig.order({ requestedDelivery });
    expect((await rig.row(number)).class).toBe('normal');
    expect(await again()).toEqual([]);
    await expect(rig.run(number)).rejects.toThrow('not found');
  });

  it('because its start is still with the relay is left to that', async () => {
    await rig.stopTemporal();
    const { number } = await rig.order();
    await rig.startTemporal();
    expect(await again()).toEqual([]);
    const { id } = await rig.lastCommand(number);
    expect(await rig.relayUntilSettled(id)).toMatchObject({ state: 'done' });
    await rig.begun(number);
    expect(await again()).toEqual([]);
  });
});

it('while Temporal is away nothing is taken for lost', async () => {
  await rig.stopTemporal();
  await expect(again()).rejects.toThrow();
});
