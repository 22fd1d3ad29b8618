import { pino } from 'pino';
import type { AppContext } from '../../app/context.js';
import { loadRules } from '../../app/load-rules.js';
import { addBuiltInMonitors } from '../../app/monitors/add-built-ins.js';
import type { Probe } from '../../app/monitors/collect/collector.js';
import { collectSamples } from '../../app/monitors/collect/index.js';
import { lookAtMonitor } from '../../app/monitors/look-at-monitor.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { connectTemporal } from '../../app/temporal.js';
import { connectDatabase } from '../../db/connect.js';
import { orderLines, orders, suppliers, warehouses } from '../../db/schema/index.js';
import { defaultMonitors } from '../../domain/monitors/defaults.js';
import type { MonitorKind, MonitorRule } from '../../domain/monitors/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { createTestDatabase } from '../support/test-database.js';

/** A working Tuesday, 09:30 in Shanghai. */
export const NOW = '2026-11-24T01:30:00.000Z';

export const minutesOn = (minutes: number, from = NOW) =>
  new Date(Date.parse(from) + minutes * 60_000).toISOString();

export type MonitorRig = Awaited<ReturnType<typeof startMonitorRig>>;

/** The demo company without facts on a real PostgreSQL, playbooks and monitors in force; Temporal is away. */
export async function startMonitorRig() {
  const database = await createTestDatabase();
  const tokens = Object.fromEntries(['client', ...ROLES].map((role) => [role, `test-${role}`])) as DemoTokens;
  await loadDemo({ databaseUrl: database.url, tokens });
  const db = connectDatabase(database.appUrl, 8);
  const owner = connectDatabase(database.url, 1);
  const { client } = connectTemporal({ address: '127.0.0.1:1', namespace: 'default' });
  const ctx: AppContext = {
    db,
    temporal: client,
    log: pino({ level: 'silent' }),
    publicUrl: 'http://127.0.0.1:7300',
    now: () => new Date(NOW),
  };
  await publishBuiltIns(db, NOW);
  await addBuiltInMonitors(db, NOW);
  await db.insert(warehouses).values({ id: 'WH-SH', name: '上海仓', country: 'CN', city: '上海' });
  await db.insert(suppliers).values({
    number: 'SUP-0001',
    name: '无锡宏达轴承有限公司',
    standing: 'preferred',
    createdAt: NOW,
    updatedAt: NOW,
  });
  let probe: Probe = async () => ({ ok: true, tookMs: 1, error: null });
  let made = 0;

  return {
    db,
    /** As the owner of the tables, who may break them. */
    owner,
    ctx,
    setProbe(next: Probe) {
      probe = next;
    },
    /** What a kind measures, as subject and value. */
    async measure(kind: MonitorKind, at = NOW, given: Partial<MonitorRule> = {}) {
      const rule = { ...ruleOf(kind), ...given };
      const { calendar } = await loadRules(db);
      return collectSamples({ db, rule, at, calendar, probe });
    },
    look: (key: string, at: string) => lookAtMonitor({ ctx, probe }, { key, at }),
    async addOrder(given: Partial<typeof orders.$inferInsert> & { skus?: string[] } = {}) {
      made += 1;
      const { skus = ['RM-BRG-6208'], ...row } = given;
      const number = row.number ?? `SO-20261101-${String(made).padStart(4, '0')}`;
      await db.insert(orders).values({
        number,
        customerId: 'C-0004',
        channel: 'online',
        receivedAt: minutesOn(-24 * 60),
        class: 'normal',
        grade: 0,
        red: false,
        keyOrder: false,
        urgency: 0,
        importance: 0,
        score: 0,
        reasons: [],
        decisions: [{ to: 'normal', by: 'policy', at: NOW, reason: null } as never],
        policyRevision: 1,
        phase: 'executing',
        currency: 'CNY',
        amountMinor: 100,
        requestedDelivery: '2026-12-24',
        shipTo: { name: '王磊', country: 'CN', city: '苏州', line1: '星湖街 328 号' },
        createdAt: NOW,
        ...row,
      });
      await db.insert(orderLines).values(
        skus.map((sku, index) => ({
          orderNumber: number,
          line: index + 1,
          sku,
          quantity: 10,
          unitPriceMinor: 10,
          amountMinor: 100,
        })),
      );
      return number;
    },
    async stop() {
      await Promise.all([db.$client.end(), owner.$client.end()]);
      await database.drop();
    },
  };
}

export const ruleOf = (kind: MonitorKind): MonitorRule => {
  const rule = defaultMonitors.find((one) => one.kind === kind);
  if (!rule) throw new Error(`no rule measures ${kind}`);
  return rule;
};
