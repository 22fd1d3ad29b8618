import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { ACTIONS_BY_ITSELF } from '../../app/record/incident-actions.js';
import type { IncidentStep } from '../../app/record/incident-context.js';
import { recordIncidentStep } from '../../app/record/incident-step.js';
import type { IncidentChange } from '../../contracts/incident-record.js';
import type { IncidentState } from '../../contracts/incident-state.js';
import {
  commands,
  holds,
  incidentSteps,
  incidents,
  notices,
  playbooks,
  purchaseOrders,
  suppliers,
  tasks,
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
