import type { ScheduleSummary } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.js';
import { createMonitorActivities } from '../../activities/monitor.js';
import { createLinks } from '../../app/links.js';
import { forgetRuns } from '../../app/monitors/forget-runs.js';
import { ensureRule, ensureSchedules } from '../../app/monitors/schedules.js';
import { tendMonitors } from '../../app/monitors/tend-monitors.js';
import { taskQueue } from '../../app/temporal.js';
import { selectMonitors } from '../../db/queries/monitors.js';
import { monitors, stock } from '../../db/schema/index.js';
import { defaultMonitors } from '../../domain/monitors/defaults.js';
import type { Role } from '../../domain/roles/shape.js';
import { type MonitorRig, NOW, ruleOf, startMonitorRig } from '../app/monitor-rig.js';
import { workflowBundle } from '../support/temporal.js';
import { waitUntil } from '../support/wait-until.js';
import { createFakeMail } from './fake-mail.js';
import { startRealServer } from './real-server.js';
import type { TemporalForTest } from './rig.js';

let rig: MonitorRig;
let server: TemporalForTest;
beforeAll(async () => {
  rig = await startMonitorRig();
  server = await startRealServer({ cutAfterEvents: 4_096 });
});
afterAll(async () => {
  await server?.teardown();
  await rig?.stop();
});

const ctx = () => ({ ...rig.ctx, temporal: server.client, now: () => new Date() });
const listSchedules = async () => {
  const found: ScheduleSummary[] = [];
  for await (const schedule of server.client.schedule.list()) found.push(schedule);
  return found.map(({ scheduleId }) => scheduleId).sort();
};
const rules = async () => (await selectMonitors(rig.db)).map(({ rule }) => rule);
const wanted = [
  ...defaultMonitors.map(({ key }) => `monitor/${key}`),
  'monitor/order-risk',
  'monitor/tending',
].sort();

/** A worker of the monitors with a mailbox, for the time of `work`. */
async function withWorker<T>(work: (mail: ReturnType<typeof createFakeMail>) => Promise<T>): Promise<T> {
  const mail = createFakeMail();
  const { db, log, publicUrl, now } = ctx();
  const worker = await Worker.create({
    connection: server.nativeConnection,
    namespace: server.namespace,
    taskQueue,
    workflowBundle: workflowBundle(),
    activities: {
      ...createActivities({
        db,
        channels: { mail: mail.channel },
        links: createLinks('a secret of the tests, long enough for it', publicUrl),
        zone: 'Asia/Shanghai',
        log,
        now,
      }),
      ...createMonitorActivities(ctx(), async () => ({ ok: true, tookMs: 1, error: null })),
    },
  });
  return worker.runUntil(work(mail));
}

describe('the Schedules of the monitors', () => {
  it('are one for each rule and the product’s own, made once however many workers start at once', async () => {
    await Promise.all([
      ensureSchedules(server.client, await rules()),
      ensureSchedules(server.client, await rules()),
    ]);
    await waitUntil(async () => (await listSchedules()).length === wanted.length, { what: 'the Schedules' });
    expect(await listSchedules()).toEqual(wanted);
    const {
      spec,
      action,
      policies,
      memo: _,
    } = await server.client.schedule.getHandle('monitor/stock-level').describe();
    expect(spec.intervals).toMatchObject([{ every: 60_000 }]);
    expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 10_000 });
    expect(action).toMatchObject({
      workflowType: 'monitor',
      args: [{ do: 'look', key: 'stock-level' }],
      staticSummary: '监控 monitor 库存水位 stock levels',
    });
  });

  it('are left alone by another start, follow a changed rule, and go with one that is not active', async () => {
    const handle = server.client.schedule.getHandle('monitor/late-orders');
    const before = await handle.describe();
    await ensureSchedules(server.client, await rules());
    expect((await handle.describe()).info.lastUpdatedAt).toEqual(before.info.lastUpdatedAt);

    const rule = ruleOf('pastPromise');
    await ensureRule(server.client, { ...rule, every: 'PT15M' });
    expect((await handle.describe()).spec.intervals).toMatchObject([{ every: 900_000 }]);
    await ensureRule(server.client, { ...rule, active: false });
    await ensureRule(server.client, { ...rule, active: false });
    await expect(handle.describe()).rejects.toThrow(/not found/i);
    // As the rule on record says: the tending of the monitors puts it right.
    await tendMonitors(ctx(), { at: new Date().toISOString() });
    expect((await handle.describe()).spec.intervals).toMatchObject([{ every: 300_000 }]);
  });
});

describe('a run of a monitor', () => {
  it('looks, reports once, tells whom the rule names, and leaves a history of a few events', async () => {
    await rig.db
      .insert(stock)
      .values({ warehouseId: 'WH-SH', sku: 'RM-BRG-6208', onHand: 1, reorderLevel: 100, countedAt: NOW });
    const told = { ...ruleOf('stockBelowLevel'), tells: ['finance'] as Role[] };
    await rig.db.update(monitors).set({ rule: told }).where(eq(monitors.key, 'stock-level'));
    const handle = server.client.schedule.getHandle('monitor/stock-level');
    await withWorker(async (mail) => {
      // By hand, so that nobody waits for the minute; the second look is the one that opens.
      await waitUntil(
        async () => {
          await handle.trigger();
          return (await rig.db.$client.query('select from incidents')).rowCount === 1;
        },
        { what: 'the incident', withinMs: 45_000, everyMs: 500 },
      );
      await waitUntil(() => mail.sent.some(({ to }) => to.includes('feng.xue@redmark.example')), {
        what: 'the mail to the finance department',
        withinMs: 30_000,
      });
    });
    const { rows } = await rig.db.$client.query('select type, count from incidents');
    expect(rows).toEqual([{ type: 'stock-shortage', count: 1 }]);
    const { recentActions } = (await handle.describe()).info;
    for (const { action } of recentActions) {
      const run = server.client.workflow.getHandle(
        action.workflow.workflowId,
        action.workflow.firstExecutionRunId,
      );
      const { historyLength } = await run.describe();
      expect(historyLength).toBeLessThanOrEqual(17);
    }
  });

  it('is forgotten a day after it ended well', async () => {
    const tomorrow = new Date(Date.now() + 25 * 3_600_000).toISOString();
    expect(await forgetRuns(server.client, new Date().toISOString())).toBe(0);
    let forgotten = 0;
    await waitUntil(
      async () => {
        forgotten += await forgetRuns(server.client, tomorrow);
        return forgotten >= 2;
      },
      { what: 'that runs are forgotten' },
    );
    expect((await rig.db.$client.query('select from incidents')).rowCount).toBe(1);
  });
});
