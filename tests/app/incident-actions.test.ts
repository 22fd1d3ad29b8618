import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getIncident } from '../../app/incidents/get-incident.js';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { ACTIONS_BY_ITSELF } from '../../app/record/incident-actions.js';
import type { IncidentStep } from '../../app/record/incident-context.js';
import { recordIncidentStep } from '../../app/record/incident-step.js';
import type { IncidentChange } from '../../contracts/incident-record.js';
import type { IncidentState } from '../../contracts/incident-state.js';
import { findLostNotices } from '../../db/queries/notice-step.js';
import {
  commands,
  holds,
  incidentSteps,
  incidents,
  notices,
  playbooks,
  purchaseOrderLines,
  purchaseOrders,
  purchaseWaits,
  shipments,
  suppliers,
  tasks,
  warehouses,
} from '../../db/schema/index.js';
import type { ActionName } from '../../domain/playbooks/actions/shape.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { type Playbook, playbookSchema } from '../../domain/playbooks/shape.js';
import { type ApiRig, goodOrder, NOW, startApiRig } from '../api/api-rig.js';

let rig: ApiRig;
let order: string;
let normal: string;
let sku: string;
let number: string;
let playbook: Playbook;

const principal = {
  kind: 'person' as const,
  id: 'xiao.peng',
  name: '肖鹏',
  roles: ['purchasing' as const],
  department: 'purchasing',
  credentialId: 'test',
  credential: 'token' as const,
};

async function place(requestedDelivery: string): Promise<string> {
  const placed = await rig.send({
    method: 'POST',
    url: '/v1/orders',
    as: 'client',
    payload: { ...goodOrder, requestedDelivery },
  });
  expect(placed.statusCode, placed.body).toBe(201);
  return placed.json().number;
}

beforeAll(async () => {
  rig = await startApiRig();
  const { db } = rig.ctx;
  await publishBuiltIns(db, NOW);
  order = await place('2026-12-01');
  normal = await place('2027-12-01');
  sku = goodOrder.lines[0]?.sku ?? '';
  const at = { createdAt: NOW, updatedAt: NOW };
  await db
    .insert(suppliers)
    .values({ number: 'SUP-T', name: '试验厂', email: 't@t.example', standing: 'approved', ...at });
  await db.insert(purchaseOrders).values({
    number: 'PO-T',
    supplierNumber: 'SUP-T',
    currency: 'CNY',
    orderedAt: NOW,
    neededBy: '2026-12-10',
    state: 'ordered',
    createdAt: NOW,
  });
});
afterAll(() => rig?.stop());

/** An incident with every automatic action in its playbook, on the record and not begun. */
beforeEach(async () => {
  const { db } = rig.ctx;
  // What an earlier incident holds would answer for this one.
  await db.update(incidents).set({ endedAt: NOW, phase: 'falseAlarm' });
  const source = playbookSchema.parse(BUILT_IN_PLAYBOOKS.find(({ type }) => type === 'quality-problem'));
  const steps = (Object.keys(ACTIONS_BY_ITSELF) as ActionName[]).map((action) => ({
    key: `act-${action.toLowerCase()}`,
    phase: 'contain' as const,
    kind: 'action' as const,
    action,
    role: 'logistics' as const,
    title: { zh: '办理', en: 'Do it' },
    due: { workingHours: 1 },
    cites: ['P13.2'],
    ...(action.startsWith('notify')
      ? { nature: { zh: '质量问题', en: 'Quality' }, measures: { zh: '停发', en: 'held' } }
      : { about: { zh: '整改', en: 'Improve' } }),
  }));
  playbook = playbookSchema.parse({ ...source, steps: [...source.steps, ...steps] });
  await db.update(playbooks).set({ playbook }).where(eq(playbooks.type, 'quality-problem'));
  const reported = await reportIncident(rig.ctx, {
    principal,
    body: {
      type: 'quality-problem',
      summary: '轴径超差',
      severity: 2,
      facts: { skus: [sku], supplier: 'SUP-T', purchaseOrder: 'PO-T' },
    },
  });
  number = reported.number;
});

async function step(changes: IncidentChange[], key = 'incident/test/1'): Promise<IncidentStep> {
  const [row] = await rig.ctx.db.select().from(incidents).where(eq(incidents.number, number));
  const state: IncidentState = {
    version: row?.stateVersion ?? 0,
    phase: 'responding',
    severity: 2,
    begun: true,
    acknowledged: true,
    activated: true,
    steps: playbook.steps.map(({ key: one }) => ({
      key: one,
      state: one.startsWith('act-') ? ('open' as const) : ('waiting' as const),
    })),
    tasks: {},
    rounds: {},
    deadlines: [],
    breached: false,
    events: [],
  };
  return {
    key: `${key}/${number}`,
    number,
    workflowRunId: 'a run',
    at: NOW,
    action: 'test',
    version: state.version,
    changes,
    next: state,
  };
}

const actKeys = () => Object.keys(ACTIONS_BY_ITSELF).map((action) => `act-${action.toLowerCase()}`);
const everyAction = (): IncidentChange[] => [
  { do: 'proposeTeam' },
  ...actKeys().flatMap((key): IncidentChange[] => [
    { do: 'markStep', key, state: 'open' },
    { do: 'act', step: key },
    {
      do: 'openTask',
      id: `${number}.action.${key}`,
      kind: 'action',
      role: 'logistics',
      department: 'logistics',
      round: 1,
      assign: 'byLoad',
      facts: { step: key },
    },
  ]),
];

const saidOf = async () =>
  new Map(
    (await rig.ctx.db.select().from(incidentSteps).where(eq(incidentSteps.incident, number))).map(
      ({ key, said }) => [key, said],
    ),
  );
const outside = async () => ({
  commands: (
    await rig.ctx.db
      .select()
      .from(commands)
      .where(eq(commands.credentialId, `incident/${number}`))
  ).map(({ name, target }) => `${name} ${target}`),
  notices: (await rig.ctx.db.select().from(notices).where(eq(notices.incidentNumber, number))).length,
  holds: (await rig.ctx.db.select().from(holds).where(eq(holds.incident, number))).map((one) => one.order),
});

describe('every action that the product carries out by itself', () => {
  it('says in plain words what it did, in both languages', async () => {
    await recordIncidentStep(rig.ctx.db, await step(everyAction()));
    const said = await saidOf();
    for (const key of actKeys()) {
      expect(said.get(key)?.zh, key).toMatch(/^[\u3400-\u9fff]/);
      expect(said.get(key)?.en, key).toMatch(/^[A-Z][^\u3400-\u9fff]*/);
      expect(`${said.get(key)?.zh} ${said.get(key)?.en}`).not.toMatch(/undefined|null|\[object/);
    }
    const done = await outside();
    expect(done.commands).toContain(`hold order/${order}`);
    expect(done.holds).toEqual([normal]);
    expect(done.notices).toBeGreaterThan(0);
    const [asked] = await rig.ctx.db
      .select()
      .from(tasks)
      .where(eq(tasks.id, `${number}.action.act-expedite`));
    expect(asked?.facts).toMatchObject({ supplier: 'SUP-T', purchases: [{ number: 'PO-T' }] });
  });

  it('touches nothing outside in a drill, and says so', async () => {
    await rig.ctx.db.update(incidents).set({ drill: true }).where(eq(incidents.number, number));
    await recordIncidentStep(rig.ctx.db, await step([{ do: 'linkAffected' }, ...everyAction()]));
    const said = await saidOf();
    for (const key of actKeys()) {
      expect(said.get(key)?.zh, key).toMatch(/^演练，未实际执行：/);
      expect(said.get(key)?.en, key).toMatch(/^Drill, nothing was carried out: /);
    }
    expect(await outside()).toEqual({ commands: [], notices: 0, holds: [] });
    const [asked] = await rig.ctx.db
      .select()
      .from(tasks)
      .where(eq(tasks.id, `${number}.action.act-expedite`));
    expect(asked?.facts.supplier).toBeUndefined();
  });

  it('happens once, though its step is run again after a crash, or carried out again by a later step', async () => {
    const one = await step([{ do: 'linkAffected' }, ...everyAction()]);
    await recordIncidentStep(rig.ctx.db, one);
    const first = await outside();
    await recordIncidentStep(rig.ctx.db, one);
    expect(await outside()).toEqual(first);
    await recordIncidentStep(
      rig.ctx.db,
      await step([{ do: 'linkAffected' }, { do: 'act', step: 'act-holdshipments' }], 'incident/test/2'),
    );
    expect(await outside()).toEqual(first);
    expect(first.commands.filter((command) => command.startsWith('linkIncident'))).toEqual([
      `linkIncident order/${order}`,
    ]);
  });

  it('is released once for each order, whoever asks again, and an order on its way to be held as well', async () => {
    await recordIncidentStep(rig.ctx.db, await step(everyAction()));
    await recordIncidentStep(
      rig.ctx.db,
      await step(
        [{ do: 'releaseHolds', step: 'act-holdshipments' }, { do: 'releaseHolds' }],
        'incident/test/2',
      ),
    );
    const released = await outside();
    expect(released.commands.filter((command) => command.startsWith('release'))).toEqual([
      `release order/${order}`,
    ]);
    const [held] = await rig.ctx.db.select().from(holds).where(eq(holds.incident, number));
    expect(held).toMatchObject({ releasedBy: `incident/${number}`, releasedAt: NOW });
    await recordIncidentStep(
      rig.ctx.db,
      await step([{ do: 'releaseHolds', step: 'act-holdshipments' }], 'incident/test/3'),
    );
    const [again] = await rig.ctx.db.select().from(holds).where(eq(holds.incident, number));
    expect(again).toEqual(held);
  });
});

describe('whom an incident concerns outside, by the record (P03.5, P14.4)', () => {
  beforeAll(async () => {
    const { db } = rig.ctx;
    const at = { createdAt: NOW, updatedAt: NOW };
    const sellers = [
      { number: 'SUP-A', name: '甲厂', email: 'a@a.example' },
      { number: 'SUP-B', name: '乙厂', phone: '021-555' },
      { number: 'SUP-C', name: '丙厂', email: 'c@c.example' },
    ];
    await db
      .insert(suppliers)
      .values(sellers.map((one) => ({ ...one, standing: 'approved' as const, ...at })));
    for (const { number: seller } of sellers) {
      const purchase = `PO-${seller}`;
      await db.insert(purchaseOrders).values({
        number: purchase,
        supplierNumber: seller,
        currency: 'CNY',
        orderedAt: NOW,
        neededBy: '2026-12-10',
        state: 'ordered',
        createdAt: NOW,
      });
      await db
        .insert(purchaseOrderLines)
        .values({ purchaseOrder: purchase, line: 1, sku, quantity: 5, unitPriceMinor: 1 });
    }
    // Nothing of the third one is waited for.
    await db.insert(purchaseWaits).values(
      ['PO-SUP-A', 'PO-SUP-B'].map((purchaseOrder) => ({
        purchaseOrder,
        line: 1,
        orderNumber: order,
        orderLine: 1,
      })),
    );
    await db
      .insert(warehouses)
      .values({ id: 'WH-SH', name: '上海仓', country: 'CN', city: '上海' })
      .onConflictDoNothing();
    await db.insert(shipments).values(
      (['underway', 'signedFor'] as const).map((status, index) => ({
        id: `SH-${index}`,
        carrier: index === 0 ? 'SF' : 'YTO',
        trackingNumber: `T${index}`,
        orderNumber: order,
        warehouseId: 'WH-SH',
        promisedDay: '2026-12-01',
        status,
        createdAt: NOW,
      })),
    );
  });

  const recipients = async () =>
    (await rig.ctx.db.select().from(notices).where(eq(notices.incidentNumber, number)))
      .flatMap(({ recipient }) => (recipient.startsWith('supplier:') ? [recipient] : []))
      .sort();
  const tell: IncidentChange[] = [
    { do: 'linkAffected' },
    { do: 'markStep', key: 'act-notifysuppliers', state: 'open' },
    { do: 'act', step: 'act-notifysuppliers' },
  ];

  it('writes to the supplier named and to those that affected orders wait for, and shows them with the carriers', async () => {
    await recordIncidentStep(rig.ctx.db, await step(tell));
    expect(await recipients()).toEqual(['supplier:SUP-A', 'supplier:SUP-B', 'supplier:SUP-T']);
    expect((await saidOf()).get('act-notifysuppliers')?.zh).toBe(
      '已通知供应商2家：甲厂、试验厂。没有可用的邮箱：乙厂。',
    );
    const { affected } = await getIncident(rig.ctx.db, number, principal);
    expect(affected.suppliers).toEqual([
      { number: 'SUP-A', name: '甲厂', reachable: true, purchaseOrders: ['PO-SUP-A'] },
      { number: 'SUP-B', name: '乙厂', reachable: false, purchaseOrders: ['PO-SUP-B'] },
      { number: 'SUP-T', name: '试验厂', reachable: true, purchaseOrders: [] },
    ]);
    expect(affected.partners).toEqual([{ kind: 'carrier', name: 'SF', shipments: ['T0'], total: 1 }]);
  });

  it('names in the task whom no letter reached, and tries these alone again', async () => {
    const first = await step(tell);
    await recordIncidentStep(rig.ctx.db, first);
    const settle = (recipient: string, state: 'delivered' | 'failed') =>
      rig.ctx.db
        .update(notices)
        .set({ state })
        .where(and(eq(notices.incidentNumber, number), eq(notices.recipient, recipient)));
    await settle('supplier:SUP-A', 'delivered');
    await settle('supplier:SUP-T', 'delivered');
    expect(await findLostNotices(rig.ctx.db, first.key)).toEqual([]);
    await settle('supplier:SUP-B', 'failed');
    expect(await findLostNotices(rig.ctx.db, first.key)).toEqual(['act-notifysuppliers']);
    const id = `${number}.action.act-notifysuppliers`;
    await recordIncidentStep(rig.ctx.db, await step([taskFor('act-notifysuppliers', id)], 'incident/test/2'));
    const [task] = await rig.ctx.db.select().from(tasks).where(eq(tasks.id, id));
    expect(task?.facts).toMatchObject({
      unreached: ['SUP-B'],
      said: { zh: '未能以邮件通知：乙厂 (021-555)。请以电话等方式告知。' },
    });
    await recordIncidentStep(rig.ctx.db, await step(tell, 'incident/test/3'));
    expect(await recipients()).toEqual([
      'supplier:SUP-A',
      'supplier:SUP-B',
      'supplier:SUP-B',
      'supplier:SUP-T',
    ]);
  });

  it('lists in the task of our people whom they tell of the partners', async () => {
    const act = 'act-notifyteam';
    playbook = playbookSchema.parse({
      ...playbook,
      steps: playbook.steps.map((one) => (one.key === act ? { ...one, action: 'notifyPartners' } : one)),
    });
    await rig.ctx.db.update(playbooks).set({ playbook }).where(eq(playbooks.type, 'quality-problem'));
    const id = `${number}.action.${act}`;
    await recordIncidentStep(rig.ctx.db, await step([{ do: 'linkAffected' }, taskFor(act, id)]));
    const [task] = await rig.ctx.db.select().from(tasks).where(eq(tasks.id, id));
    expect(task?.facts).toMatchObject({
      partners: [{ name: 'SF' }],
      said: { zh: '需告知的合作伙伴（承运商）：SF (T0)。' },
    });
  });
});

const taskFor = (key: string, id: string): IncidentChange => ({
  do: 'openTask',
  id,
  kind: 'action',
  role: 'logistics',
  department: 'logistics',
  round: 1,
  assign: 'byLoad',
  facts: { step: key },
});
