import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addBuiltInMonitors } from '../../app/monitors/add-built-ins.js';
import { tellMutedOwners } from '../../app/monitors/tell-muted.js';
import { endpoints, incidents, monitors, mutes, playbooks, stock } from '../../db/schema/index.js';
import { defaultMonitors } from '../../domain/monitors/defaults.js';
import { untouchedMonitor } from '../../domain/monitors/evaluate-monitor.js';
import type { Role } from '../../domain/roles/shape.js';
import { type MonitorRig, minutesOn, NOW, ruleOf, startMonitorRig } from './monitor-rig.js';

let rig: MonitorRig;
beforeAll(async () => {
  rig = await startMonitorRig();
  // Somebody who hears of it from this rule alone.
  const rule = { ...ruleOf('stockBelowLevel'), tells: ['orderManager', 'inventory', 'finance'] as Role[] };
  await rig.db.update(monitors).set({ rule, updatedBy: 'wu.lei' }).where(eq(monitors.key, 'stock-level'));
});
afterAll(() => rig?.stop());
afterEach(async () => {
  await rig.owner.$client.query(`truncate stock, endpoints, probes, incidents, incident_reports, commands, mutes,
    notices, audit, deadlines, deadline_instants cascade`);
  await rig.db
    .update(monitors)
    .set({ state: untouchedMonitor, lookedAt: null, lastError: null, revision: 1 });
});

const low = (onHand: number) =>
  rig.db
    .insert(stock)
    .values({ warehouseId: 'WH-SH', sku: 'RM-BRG-6208', onHand, reorderLevel: 100, countedAt: NOW })
    .onConflictDoUpdate({ target: [stock.warehouseId, stock.sku], set: { onHand } });
const look = (minute: number) => rig.look('stock-level', minutesOn(minute));
const listIncidents = () =>
  rig.db
    .select({
      number: incidents.number,
      type: incidents.type,
      source: incidents.source,
      dedupKey: incidents.dedupKey,
      count: incidents.count,
      severity: incidents.severity,
      reportedBy: incidents.reportedBy,
      facts: incidents.facts,
      summary: incidents.summary,
      words: incidents.summaryWords,
    })
    .from(incidents)
    .orderBy(incidents.number);
const stateOf = async (key: string) => {
  const [row] = await rig.db.select().from(monitors).where(eq(monitors.key, key));
  if (!row) throw new Error(`there is no monitor ${key}`);
  return row;
};
const mute = (given: Partial<typeof mutes.$inferInsert>) =>
  rig.db
    .insert(mutes)
    .values({
      id: randomUUID(),
      kind: 'mute',
      reason: '盘点',
      ownerId: 'han.mei',
      from: minutesOn(-60),
      until: minutesOn(60),
      createdBy: 'wu.lei',
      createdAt: NOW,
      ...given,
    })
    .returning({ id: mutes.id })
    .then(([row]) => row?.id ?? '');

describe('what a monitor finds', () => {
  it('is one incident, opened after as many bad looks as its rule says', async () => {
    await low(40);
    expect((await look(0)).opened).toEqual([]);
    const { opened, unsent } = await look(1);
    expect(await listIncidents()).toEqual([
      {
        number: opened[0],
        type: 'stock-shortage',
        source: 'monitor/stock-level',
        dedupKey: 'stock/RM-BRG-6208@WH-SH',
        count: 1,
        severity: 1,
        reportedBy: 'monitor/stock-level',
        facts: { skus: ['RM-BRG-6208'], warehouse: 'WH-SH' },
        summary: expect.stringMatching(/低于再订货点 60 件[^/]*$/),
        words: { zh: expect.stringContaining('低于再订货点'), en: expect.stringMatching(/60 pieces/) },
      },
    ]);
    // The warehouse owns it, and hears of it as the order manager does; the finance department by this rule alone.
    expect(unsent).toEqual([`incident/${opened[0]}/monitor-tells`]);
    const { rows } = await rig.db.$client.query('select recipient, template from notices');
    expect(rows).toEqual([{ recipient: 'person:feng.xue', template: 'incidentReported' }]);
    expect((await look(2)).opened).toEqual([]);
    expect(await listIncidents()).toHaveLength(1);
  });

  it('is not reported again by a look that is repeated, nor by two of them at once', async () => {
    await low(40);
    await look(0);
    await Promise.all([look(1), look(1), look(1)]);
    await look(1);
    expect(await listIncidents()).toMatchObject([{ count: 1 }]);
    const { rows } = await rig.db.$client.query(`select state from commands where kind = 'start'`);
    expect(rows).toHaveLength(1);
  });

  it('is reported by the next look where the worker died before it was stored, once', async () => {
    await low(40);
    await look(0);
    // All of a look is one transaction: what cannot be stored was not reported either.
    await rig.owner.$client.query('alter table notices rename to notices_elsewhere');
    await expect(look(1)).rejects.toThrow();
    await rig.owner.$client.query('alter table notices_elsewhere rename to notices');
    expect(await listIncidents()).toEqual([]);
    expect((await look(1)).opened).toHaveLength(1);
    expect(await listIncidents()).toMatchObject([{ count: 1 }]);
  });

  it('joins the open incident that somebody else reported, and is counted', async () => {
    await low(40);
    await look(0);
    await look(1);
    await rig.db.update(monitors).set({ state: untouchedMonitor }).where(eq(monitors.key, 'stock-level'));
    await look(2);
    await look(3);
    expect(await listIncidents()).toMatchObject([{ count: 2 }]);
  });

  it('that is over is noted on the open incident, and its owner told; it is not closed', async () => {
    await low(40);
    await look(0);
    await look(1);
    const [incident] = await listIncidents();
    await rig.db.update(incidents).set({ ownerId: 'dong.chao' });
    await low(400);
    expect((await look(2)).closed).toBe(0);
    const { closed, unsent } = await look(3);
    expect(closed).toBe(1);
    const { rows } = await rig.db.$client.query(
      `select actor, action from audit where subject = $1 and action = 'faultOver'`,
      [incident?.number],
    );
    expect(rows).toEqual([{ actor: 'monitor/stock-level', action: 'faultOver' }]);
    const told = await rig.db.$client.query('select step, recipient from notices where template = $1', [
      'faultOver',
    ]);
    expect(told.rows).toEqual([{ step: unsent[0], recipient: 'person:dong.chao' }]);
    const open = await rig.db.select().from(incidents);
    expect(open[0]?.resolvedAt).toBeNull();
  });

  it('that flaps stays one incident', async () => {
    const onHand = [40, 40, 400, 400, 40, 40, 400, 400, 40, 400, 40, 40];
    const opened: string[] = [];
    for (const [minute, count] of onHand.entries()) {
      await low(count);
      opened.push(...(await look(minute)).opened);
    }
    // It closed once and opened again, under the same key; after that it takes twice as many good looks.
    expect(new Set(opened).size).toBe(1);
    expect(await listIncidents()).toMatchObject([{ count: 2 }]);
  });

  it('of a type whose playbook was retired is reported as a failure of the system', async () => {
    await rig.db.update(playbooks).set({ state: 'retired' }).where(eq(playbooks.type, 'stock-shortage'));
    try {
      await low(40);
      await look(0);
      await look(1);
      expect(await listIncidents()).toMatchObject([
        { type: 'system-failure', dedupKey: 'stock/RM-BRG-6208@WH-SH' },
      ]);
    } finally {
      await rig.db.update(playbooks).set({ state: 'published' }).where(eq(playbooks.type, 'stock-shortage'));
    }
  });
});

describe('a monitor that cannot measure', () => {
  it('is an incident of its own, and its sight returns', async () => {
    await rig.owner.$client.query('alter table stock rename to stock_elsewhere');
    try {
      expect((await look(0)).blind).toBe(true);
      await look(1);
      expect(await listIncidents()).toMatchObject([
        { type: 'system-failure', dedupKey: 'monitor-blind/stock-level', source: 'monitor/stock-level' },
      ]);
      expect((await stateOf('stock-level')).lastError).toContain('42P01');
    } finally {
      await rig.owner.$client.query('alter table stock_elsewhere rename to stock');
    }
    await look(2);
    expect((await look(3)).closed).toBe(1);
    expect((await stateOf('stock-level')).lastError).toBeNull();
  });
});

describe('while a mute is in force', () => {
  it('openings are counted and not reported; at its end the fault that is still there is (P12.4)', async () => {
    const id = await mute({ monitor: 'stock-level', until: minutesOn(5) });
    await low(40);
    await look(0);
    expect(await look(1)).toMatchObject({ opened: [], quieted: 1 });
    await look(4);
    expect(await listIncidents()).toEqual([]);
    expect((await look(5)).opened).toHaveLength(1);
    expect(await listIncidents()).toMatchObject([{ dedupKey: 'stock/RM-BRG-6208@WH-SH', count: 1 }]);
    const [row] = await rig.db.select().from(mutes).where(eq(mutes.id, id));
    expect(row?.quieted).toBe(1);
  });

  it('a fault that is over before its end was never reported, and nobody is told that it is over', async () => {
    await mute({ type: 'stock-shortage' });
    await low(40);
    await look(0);
    await look(1);
    await low(400);
    await look(2);
    expect(await look(3)).toMatchObject({ closed: 0, unsent: [] });
    await look(61);
    expect(await listIncidents()).toEqual([]);
  });

  it('only what it names is quiet', async () => {
    await mute({ monitor: 'stock-level', subject: 'RM-SEAL-62@WH-SH' });
    await mute({ monitor: 'supplier-receipts' });
    await mute({ monitor: 'stock-level', until: minutesOn(1) });
    await mute({ monitor: 'stock-level', endedAt: minutesOn(-1) });
    await low(40);
    await look(0);
    expect((await look(1)).opened).toHaveLength(1);
  });

  it('endpoints in maintenance are probed all the same, and no incident is opened', async () => {
    await mute({ kind: 'maintenance', subject: 'web-shop' });
    await rig.db.insert(endpoints).values({
      id: 'web-shop',
      name: '网上商城',
      kind: 'http',
      address: 'http://127.0.0.1:1',
      intervalSeconds: 10,
      serves: '网上订单',
      severityHint: 3,
      ownerId: 'dong.chao',
      updatedAt: NOW,
    });
    rig.setProbe(async () => ({ ok: false, tookMs: 1, error: 'ECONNREFUSED' }));
    for (const minute of [0, 1, 2, 3]) await rig.look('endpoints', minutesOn(minute));
    expect(await listIncidents()).toEqual([]);
    expect((await rig.db.$client.query('select from probes')).rowCount).toBe(4);
    await rig.look('endpoints', minutesOn(60));
    expect(await listIncidents()).toMatchObject([
      { type: 'server-failure', severity: 3, facts: { endpoint: 'web-shop' } },
    ]);
  });
});

it('the owner of a mute that is over hears once what it kept quiet; of one that quieted nothing, nothing', async () => {
  const id = await mute({ monitor: 'stock-level', until: minutesOn(5), quieted: 2 });
  await mute({ monitor: 'endpoints', until: minutesOn(5) });
  await mute({ monitor: 'late-orders', until: minutesOn(9), quieted: 1 });
  expect(await tellMutedOwners(rig.db, minutesOn(4))).toEqual([]);
  expect(await tellMutedOwners(rig.db, minutesOn(5))).toEqual([`mute/${id}`]);
  expect(await tellMutedOwners(rig.db, minutesOn(6))).toEqual([]);
  const { rows } = await rig.db.$client.query('select recipient, template, facts from notices');
  expect(rows).toEqual([
    { recipient: 'person:han.mei', template: 'muteOver', facts: expect.objectContaining({ quieted: 2 }) },
  ]);
});

describe('the rules that come with the product', () => {
  const [first] = defaultMonitors;
  if (!first) throw new Error('there are no built-in monitors');

  it('are added once; a changed one follows while nobody has edited it, and never overwrites an edit', async () => {
    await addBuiltInMonitors(rig.db, NOW);
    expect(await stateOf(first.key)).toMatchObject({ revision: 1, rule: first });
    const changed = { ...first, window: 'PT2H' };
    await addBuiltInMonitors(rig.db, NOW, [changed]);
    expect(await stateOf(first.key)).toMatchObject({ revision: 2, rule: changed });
    const edited = { ...first, window: 'PT3H' };
    await rig.db
      .update(monitors)
      .set({ rule: edited, updatedBy: 'wu.lei' })
      .where(eq(monitors.key, first.key));
    await addBuiltInMonitors(rig.db, NOW);
    expect(await stateOf(first.key)).toMatchObject({ revision: 2, rule: edited });
    await rig.db
      .update(monitors)
      .set({ rule: first, updatedBy: 'redmark' })
      .where(eq(monitors.key, first.key));
  });

  it('that are not active are not looked at', async () => {
    const { rule } = await stateOf('stock-level');
    const off = { ...rule, active: false };
    await rig.db.update(monitors).set({ rule: off }).where(eq(monitors.key, 'stock-level'));
    await low(40);
    await look(0);
    expect((await stateOf('stock-level')).lookedAt).toBeNull();
    await rig.db.update(monitors).set({ rule }).where(eq(monitors.key, 'stock-level'));
  });
});
