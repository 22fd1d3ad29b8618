import type { Client } from '@temporalio/client';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../../api/app.js';
import type { AppContext } from '../../app/context.js';
import type { WarningSource } from '../../app/get-readiness.js';
import { createLinks } from '../../app/links.js';
import { connectTemporal } from '../../app/temporal.js';
import type { WebhookSources } from '../../app/webhook-sources.js';
import { connectDatabase } from '../../db/connect.js';
import { ROLES } from '../../domain/roles/shape.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { createTestDatabase } from '../support/test-database.js';

export type TokenName = keyof DemoTokens;

/** The clock of these tests: a working Tuesday morning, 09:30 in Shanghai. */
export const NOW = '2026-11-24T01:30:00.000Z';

export interface ApiRig {
  app: FastifyInstance;
  ctx: AppContext;
  /** As the owner of the tables, who may empty those that only grow. */
  databaseUrl: string;
  /** Sends a request as the holder of a token; `as: null` sends none. */
  send(options: InjectOptions & { as?: TokenName | null }): Promise<LightMyRequestResponse>;
  /** Rows of every table that a request could write to. */
  countRows(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export interface ApiRigOptions {
  /** Without it Temporal is away: at a port where nothing listens. */
  temporal?: Client;
  now?: () => Date;
  warnings?: WarningSource[];
  developmentTokens?: boolean;
  webhooks?: WebhookSources;
}

/** The API on a real PostgreSQL with the demo company, as the application's role. Stop it in `afterAll`. */
export async function startApiRig(options: ApiRigOptions = {}): Promise<ApiRig> {
  const database = await createTestDatabase();
  const tokens = Object.fromEntries(['client', ...ROLES].map((role) => [role, `test-${role}`])) as DemoTokens;
  await loadDemo({ databaseUrl: database.url, tokens });
  const db = connectDatabase(database.appUrl, 8);
  const away = connectTemporal({ address: '127.0.0.1:1', namespace: 'default' });
  const { temporal = away.client, now = () => new Date(NOW) } = options;
  const publicUrl = 'http://127.0.0.1:7300';
  const ctx: AppContext = { db, temporal, log: pino({ level: 'silent' }), publicUrl, now };
  const app = await buildApp({
    ctx,
    links: createLinks('a secret of the tests, long enough for it', publicUrl),
    developmentTokens: options.developmentTokens ?? true,
    warningSources: options.warnings ?? [],
    webhooks: options.webhooks,
  });
  await app.ready();
  return {
    app,
    ctx,
    databaseUrl: database.url,
    async send({ as = 'sales', headers, ...request }) {
      const authorization = as === null ? {} : { authorization: `Bearer ${tokens[as]}` };
      return app.inject({ ...request, headers: { ...authorization, ...headers } });
    },
    async countRows() {
      const tables = [
        'orders',
        'order_lines',
        'customers',
        'commands',
        'deadlines',
        'audit',
        'policies',
        'tasks',
        'suppliers',
        'supplier_offers',
        'warehouses',
        'stock',
        'purchase_orders',
        'purchase_order_lines',
        'receipts',
        'shipments',
        'carrier_scans',
        'payments',
        'endpoints',
        'webhook_deliveries',
        'playbooks',
        'incidents',
        'incident_reports',
        'incident_orders',
        'monitors',
        'mutes',
        'signal_maps',
      ];
      const counts = await Promise.all(
        tables.map((table) => db.$client.query(`select count(*)::int as rows from ${table}`)),
      );
      return Object.fromEntries(tables.map((table, index) => [table, counts[index]?.rows[0].rows as number]));
    },
    async stop() {
      await app.close();
      // Temporal's client may still be trying to reach a server that is not there; a closed one would throw at that.
      await db.$client.end();
      await database.drop();
    },
  };
}

/** An order that is accepted as it stands. */
export const goodOrder = {
  channel: 'online',
  customer: { name: '苏州精工机械有限公司', email: 'purchase@jinggong.example', phone: '+86 512 5555 0101' },
  lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
  requestedDelivery: '2026-12-01',
  shipTo: { name: '王磊', phone: '+86 512 5555 0101', country: 'CN', city: '苏州', line1: '星湖街 328 号' },
} as const;
