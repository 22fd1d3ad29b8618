import { and, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { submitCommand } from '../../app/submit-command.js';
import { findAffectedOrders } from '../../db/queries/affected-orders.js';
import {
  audit,
  commands,
  holds,
  incidentOrders,
  incidentSteps,
  incidents,
  orderLines,
  tasks,
} from '../../db/schema/index.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
const running: string[] = [];
beforeAll(async () => {
  rig = await startRig();
  await publishBuiltIns(rig.db, rig.now().toISOString());
});
afterEach(async () => {
  for (const number of running.splice(0)) {
    await rig.end(`incident/${number}`);
    await rig.db
      .update(incidents)
      .set({ endedAt: rig.now().toISOString() })
      .where(eq(incidents.number, number));
  }
  await rig.clear();
});
afterAll(() => rig?.stop());

const row = async (number: string) =>
  (await rig.db.select().from(incidents).where(eq(incidents.number, number)))[0];
const openTasks = (number: string) =>
  rig.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.incidentNumber, number), eq(tasks.state, 'open')));
const holdsOf = (order: string) => rig.db.select().from(holds).where(eq(holds.order, order));
const linksOf = (order: string) =>
  rig.db.select().from(incidentOrders).where(eq(incidentOrders.order, order));

async function report(body: Partial<IncidentInput> & Pick<IncidentInput, 'type'>): Promise<string> {
  await rig.sync();
  const principal = await rig.personById('xiao.peng');
  const { number } = await reportIncident(rig.ctx, { principal, body: { summary: '报告', ...body } });
  running.push(number);
  await rig.waitFor(`the begin of ${number}`, async () => (await openTasks(number)).length > 0);
  return number;
}

/** Delivers what one process asks of another, as the worker does each second, until it is so. */
const untilRelayed = <T>(what: string, probe: () => Promise<T>) =>
  rig.waitFor(what, async () => {
    await rig.sync();
    await rig.relay();
    return probe();
  });

async function confirm(number: string, outcome: 'falseAlarm' | 'routine' | 'activate'): Promise<void> {
  await rig.sync();
  const task = (await openTasks(number)).find(({ kind }) => kind === 'confirm');
  const principal = await rig.personById(task?.assigneeId ?? '');
  await submitCommand(rig.ctx, {
    principal,
    route: 'test confirm',
    key: undefined,
    body: { reason: '已核实' },
    target: `incident/${number}`,
    name: 'completeTask',
    message: { task: task?.id, gist: { kind: 'confirm', outcome } },
  });
  await rig.waitFor(`the answer of ${number}`, async () => (await row(number))?.phase !== 'reported');
}

async function skuOf(order: string): Promise<string> {
  const [line] = await rig.db.select().from(orderLines).where(eq(orderLines.orderNumber, order));
  return line?.sku ?? '';
}

describe('an incident that holds shipments', () => {
  it('holds every affected order once, tells each of itself, and releases them all on a false alarm', async () => {
    const first = await rig.order();
    const second = await rig.order();
    const number = await report({ type: 'quality-problem', facts: { skus: [await skuOf(first)] } });
    await untilRelayed(
      'both holds',
      async () => (await holdsOf(first)).length + (await holdsOf(second)).length === 2,
    );
    expect(await holdsOf(first)).toMatchObject([
      { id: `${first}.hold`, reason: 'shipment', incident: number, step: 'hold-shipments' },
    ]);
    await untilRelayed('the incident on the order', async () =>
      (await rig.state(first)).incidents?.includes(number),
    );
    expect(await rig.told(first, 'incidentLinked')).toHaveLength(1);
    const [step] = await rig.db
      .select()
      .from(incidentSteps)
      .where(and(eq(incidentSteps.incident, number), eq(incidentSteps.key, 'hold-shipments')));
    expect(step).toMatchObject({ state: 'open', said: { zh: expect.stringContaining(first) } });
    const task = (await openTasks(number)).find(({ facts }) => facts.step === 'hold-shipments');
    expect(task?.facts.said).toMatchObject({ en: expect.stringContaining(second) });

    await confirm(number, 'falseAlarm');
    await untilRelayed('both released', async () =>
      [...(await holdsOf(first)), ...(await holdsOf(second))].every(({ releasedAt }) => releasedAt !== null),
    );
    expect((await rig.state(first)).holds).toEqual([]);
    const asked = await rig.db
      .select()
      .from(commands)
      .where(eq(commands.credentialId, `incident/${number}`));
    expect(asked.filter(({ name }) => name === 'release')).toHaveLength(2);
    expect(asked.every(({ state }) => state === 'done')).toBe(true);
  });

  it('holds a normal order on the record, with no process, and its hold goes with it when it becomes urgent', async () => {
    const normal = await rig.accept({ requestedDelivery: '2027-12-01' });
    expect((await rig.row(normal)).class).toBe('normal');
    const number = await report({ type: 'order-error', orders: [normal] });
    expect(await holdsOf(normal)).toMatchObject([
      { id: `${normal}.hold`, incident: number, releasedAt: null },
    ]);
    expect(await rig.actions(normal)).toContain('hold');
    await rig.classify(normal, { class: 'urgent', grade: 1, keyOrder: false });
    rig.watch(normal);
    await rig.waitFor('its process', async () => (await rig.openTasks(normal)).length >= 4);
    expect((await rig.state(normal)).holds).toMatchObject([{ id: `${normal}.hold`, shipping: true }]);
    await confirm(number, 'routine');
    await untilRelayed('the release', async () => (await holdsOf(normal)).every((one) => one.releasedAt));
    expect((await rig.state(normal)).holds).toEqual([]);
  });

  it('releases a normal order where the record has it, once', async () => {
    const normal = await rig.accept({ requestedDelivery: '2027-12-01' });
    const number = await report({ type: 'order-error', orders: [normal] });
    await confirm(number, 'falseAlarm');
    const [held] = await holdsOf(normal);
    expect(held).toMatchObject({ releasedBy: `incident/${number}`, releasedBecause: 'incident' });
    expect((await rig.actions(normal)).filter((action) => action === 'release')).toHaveLength(1);
  });

  it('holds all that goes to the customer when the wrong goods were sent (P08.2)', async () => {
    const wrong = await rig.order();
    const other = await rig.order();
    await report({ type: 'wrong-shipment', orders: [wrong] });
    await untilRelayed('the other order’s hold', async () => (await holdsOf(other)).length === 1);
    expect(await linksOf(other)).toEqual([]);
  });
});

describe('an order that a joined report names', () => {
  it('is told of the incident and held as the first ones are', async () => {
    const first = await rig.order();
    const dedupKey = `quality-problem/${first}`;
    const number = await report({ type: 'quality-problem', orders: [first], dedupKey });
    await untilRelayed('the first hold', async () => (await holdsOf(first)).length === 1);
    const named = await rig.order();
    expect(await holdsOf(named)).toEqual([]);
    await rig.sync();
    const principal = await rig.personById('xiao.peng');
    const body = { type: 'quality-problem', summary: '又一批', orders: [named], dedupKey };
    expect(await reportIncident(rig.ctx, { principal, body })).toMatchObject({ number, joined: true });
    await untilRelayed('its hold', async () => (await holdsOf(named)).length === 1);
    await untilRelayed('the incident', async () => (await rig.state(named)).incidents?.includes(number));
    expect(await rig.told(named, 'incidentLinked')).toHaveLength(1);
    expect(await holdsOf(named)).toMatchObject([{ incident: number, step: 'hold-shipments' }]);
  });
});

describe('an order that comes in while an incident lasts', () => {
  it('is linked on arrival, told of it, and held as the others are', async () => {
    const before = await rig.order();
    const sku = await skuOf(before);
    const number = await report({ type: 'quality-problem', facts: { skus: [sku] } });
    const late = await rig.order();
    expect(await linksOf(late)).toMatchObject([{ incident: number, because: `product:${sku}` }]);
    await untilRelayed('its hold', async () => (await holdsOf(late)).length === 1);
    await untilRelayed('the incident', async () => (await rig.state(late)).incidents?.length === 1);
    expect(await rig.told(late, 'incidentLinked')).toHaveLength(1);
    const normal = await rig.accept({ requestedDelivery: '2027-12-01' });
    expect(await linksOf(normal)).toHaveLength(1);
    expect(await holdsOf(normal)).toMatchObject([{ id: `${normal}.hold`, incident: number }]);
  });

  it('is found by the same names of places as the query finds', async () => {
    const number = await report({ type: 'severe-weather', facts: { region: '江苏省' } });
    const place = { name: '王磊', country: 'CN', city: '苏州市', line1: '星湖街 328 号' };
    const orders = [
      await rig.order({ shipTo: { ...place, region: '江苏' } }),
      await rig.order({ shipTo: { ...place, region: '浙江省', city: '杭州' } }),
    ];
    const found = await findAffectedOrders(rig.db, { by: 'region', keys: ['江苏省'] });
    const hit = found.map((order) => order.number).filter((one) => orders.includes(one));
    expect(hit).toEqual([orders[0]]);
    expect((await linksOf(orders[0] ?? '')).map(({ incident }) => incident)).toEqual([number]);
    expect(await linksOf(orders[1] ?? '')).toEqual([]);
  });

  it('is linked to nothing where none lasts', async () => {
    expect(await linksOf(await rig.order())).toEqual([]);
  });
});

describe('a message that claims to come from an incident', () => {
  it('does nothing where no record asked for it, and that is on the record', async () => {
    const number = await rig.order();
    const actor = { principal: 'incident/IN-20261124-0001', credential: 'workflow' };
    const at = rig.now().toISOString();
    const message = { id: 'made-up', actor, at, incident: 'IN-20261124-0001' };
    await rig.handle(number).signal('linkIncident', message);
    await rig.audited(number, 'linkIncident.refused');
    expect((await rig.state(number)).incidents).toBeUndefined();
    const refused = await rig.db.select().from(audit).where(eq(audit.action, 'linkIncident.refused'));
    expect(refused).toMatchObject([{ actor: 'unknown' }]);
  });
});
