import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  Worker,
} from '@temporalio/worker';
import { asc, desc, eq } from 'drizzle-orm';
import { pino } from 'pino';
import { inject } from 'vitest';
import type { Channel, Delivery } from '../../activities/adapters/channel.js';
import { createActivities } from '../../activities/index.js';
import { acceptOrder } from '../../app/accept-order.js';
import { completeTask } from '../../app/complete-task.js';
import type { AppContext } from '../../app/context.js';
import { createLinks } from '../../app/links.js';
import type { PersonPrincipal, Principal } from '../../app/principal.js';
import { relayOnce } from '../../app/relay.js';
import { connectTemporal, taskQueue } from '../../app/temporal.js';
import { connectDatabase } from '../../db/connect.js';
import { audit, commands, deadlines, orders, people, tasks } from '../../db/schema/index.js';
import { type OrderInput, POINTS } from '../../domain/order/shape.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { type Part, stopPart } from '../../local/part.js';
import { findAnyPort } from '../../local/ports.js';
import { startTemporalServer } from '../../local/temporal-server.js';
import { workflowBundle } from '../support/temporal.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitUntil } from '../support/wait-until.js';

// A server that goes away is what these tests do all the time: not worth a line each.
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) } },
});

export type RelayRig = Awaited<ReturnType<typeof createRelayRig>>;

/** A mail adapter that sends nothing and answers as it is told to: mail is not what these tests are about. */
function fakeMail() {
  const mail = { outcome: 'accepted' as Delivery['outcome'] };
  const channel: Channel = {
    addressOf: ({ email }) => email,
    send: async ({ to, id }) =>
      to.map((address) => ({ address, outcome: mail.outcome, why: null, reference: id })),
    close: () => undefined,
  };
  return { mail, channel };
}

/**
 * The demo company on a real PostgreSQL, a real Temporal dev server with a file, and a worker, both of which a test
 * stops and starts; at first both are away.
 */
export async function createRelayRig() {
  const database = await createTestDatabase();
  const tokens = Object.fromEntries(['client', ...ROLES].map((role) => [role, `test-${role}`]));
  await loadDemo({ databaseUrl: database.url, tokens: tokens as DemoTokens });
  const db = connectDatabase(database.appUrl, 10);
  const folder = await mkdtemp(join(tmpdir(), 'redmark-relay-'));
  const port = await findAnyPort();
  const address = `127.0.0.1:${port}`;
  const { client, connection } = connectTemporal({ address, namespace: 'default' });
  const log = pino({ level: 'silent' });
  const publicUrl = 'http://127.0.0.1:7300';
  const ctx: AppContext = { db, temporal: client, log, publicUrl, now: () => new Date() };
  const links = createLinks('a secret of the tests, long enough for it', publicUrl);
  const { mail, channel } = fakeMail();
  let server: Part | undefined;
  let worker: { instance: Worker; native: NativeConnection; running: Promise<void> } | undefined;

  const principal: Principal = {
    kind: 'client',
    id: 'demo-shop',
    credentialId: 'dev-client',
    credential: 'key',
  };

  const rig = {
    db,
    ctx,
    client,
    principal,
    mail,

    async startTemporal(): Promise<void> {
      server = await startTemporalServer({
        binary: inject('services').binaries.temporal,
        port,
        namespace: 'default',
        databaseFile: join(folder, 'temporal.db'),
        logFile: join(folder, 'temporal.log'),
      });
      // The client's channel waits a little after a failure; a test does not begin before it is through.
      await waitUntil(() => connection.workflowService.getSystemInfo({}), { withinMs: 20_000 });
    },

    async stopTemporal(): Promise<void> {
      if (server) await stopPart(server, 5_000);
      server = undefined;
    },

    async startWorker(): Promise<void> {
      const native = await NativeConnection.connect({ address });
      const now = () => new Date();
      const instance = await Worker.create({
        connection: native,
        namespace: 'default',
        taskQueue,
        workflowBundle: workflowBundle(),
        activities: createActivities({
          db,
          channels: { mail: channel },
          links,
          zone: 'Asia/Shanghai',
          log,
          now,
        }),
      });
      worker = { instance, native, running: instance.run() };
    },

    async stopWorker(): Promise<void> {
      if (!worker) return;
      const { instance, native, running } = worker;
      worker = undefined;
      instance.shutdown();
      await running;
      await native.close();
    },

    /** One pass of a relay whose clock is `aheadMs` ahead, so that no waiting time is still running. */
    relay: (aheadMs = 120_000) => relayOnce({ ...ctx, now: () => new Date(Date.now() + aheadMs) }),

    /** Relays until a command is settled: a worker that has just started needs a moment. */
    async relayUntilSettled(id: string, aheadMs?: number): Promise<typeof commands.$inferSelect> {
      return waitUntil(
        async () => {
          await rig.relay(aheadMs);
          const row = await rig.command(id);
          return row.state !== 'pending' && row;
        },
        { withinMs: 40_000, what: `an answer to command ${id}` },
      );
    },

    async order(change: Partial<OrderInput> = {}, idempotencyKey?: string) {
      const { started, ...accepted } = await acceptOrder(ctx, {
        principal,
        body: { ...urgentOrder(), ...change },
        idempotencyKey,
      });
      await started;
      return accepted;
    },

    /** Waits for the workflow to have told the departments. */
    begun: (number: string) =>
      waitUntil(async () => (await rig.openTasks(number)).length === 4, { withinMs: 30_000 }),

    async complete(taskId: string, form: unknown = allOk, idempotencyKey?: string) {
      const [task] = await db.select().from(tasks).where(eq(tasks.id, taskId));
      return completeTask(ctx, {
        principal: await rig.person(task?.role as Role),
        taskId,
        form,
        idempotencyKey,
      });
    },

    /** The person who holds a role; of a department, its head. */
    async person(role: Role): Promise<PersonPrincipal> {
      const rows = (await db.select().from(people)).filter(({ roles }) => roles.includes(role));
      const row = rows.find(({ head }) => head) ?? rows[0];
      if (!row) throw new Error(`nobody holds ${role}`);
      return principalOf(row);
    },

    async personById(id: string): Promise<PersonPrincipal> {
      const [row] = await db.select().from(people).where(eq(people.id, id));
      if (!row) throw new Error(`there is no person ${id}`);
      return principalOf(row);
    },

    async command(id: string) {
      const [row] = await db.select().from(commands).where(eq(commands.id, id));
      if (!row) throw new Error(`no command ${id}`);
      return row;
    },
    /** The latest command of an order. */
    async lastCommand(number: string) {
      const mine = eq(commands.target, `order/${number}`);
      const [row] = await db.select().from(commands).where(mine).orderBy(desc(commands.createdAt)).limit(1);
      if (!row) throw new Error(`no command of ${number}`);
      return row;
    },
    async row(number: string) {
      const [row] = await db.select().from(orders).where(eq(orders.number, number));
      if (!row) throw new Error(`no order ${number}`);
      return row;
    },
    openTasks: async (number: string) =>
      (await db.select().from(tasks).where(eq(tasks.orderNumber, number))).filter(
        ({ state }) => state === 'open',
      ),
    deadlines: (number: string) =>
      db.select().from(deadlines).where(eq(deadlines.orderNumber, number)).orderBy(asc(deadlines.id)),
    audit: (number: string) =>
      db.select().from(audit).where(eq(audit.subject, number)).orderBy(asc(audit.seq)),
    handle: (number: string) => client.workflow.getHandle(`order/${number}`),
    /** The latest run of an order's workflow, as the server has it. */
    run: (number: string) => rig.handle(number).describe(),

    async stop(): Promise<void> {
      await rig.stopWorker();
      await connection.close();
      await rig.stopTemporal();
      await db.$client.end();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return rig;
}

function principalOf({ id, name, roles, department }: typeof people.$inferSelect): PersonPrincipal {
  return { kind: 'person', id, name, roles, department, credentialId: `test-${id}`, credential: 'token' };
}

/** All six points confirmed. */
export const allOk = { points: Object.fromEntries(POINTS.map((point) => [point, { ok: true }])) };

/** One line, ten days where thirty are normal, no doubt. */
export function urgentOrder(): OrderInput {
  return {
    channel: 'online',
    customer: { name: '测试机械有限公司', email: 'buyer@test.example' },
    lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
    requestedDelivery: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
    shipTo: { name: '收货人', country: 'CN', city: '苏州', line1: '工业园区星湖街 1 号' },
  };
}
