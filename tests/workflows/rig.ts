import { Worker } from '@temporalio/worker';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import type { Channel, OutgoingMessage } from '../../activities/adapters/channel.js';
import { createActivities } from '../../activities/index.js';
import { acceptOrder } from '../../app/accept-order.js';
import { completeTask } from '../../app/complete-task.js';
import type { AppContext } from '../../app/context.js';
import { createLinks } from '../../app/links.js';
import { loadRules } from '../../app/load-rules.js';
import type { PersonPrincipal, Principal } from '../../app/principal.js';
import { recordProgress } from '../../app/record-progress.js';
import { signOff } from '../../app/sign-off.js';
import { taskQueue } from '../../app/temporal.js';
import type { OrderState } from '../../contracts/order-state.js';
import { connectDatabase } from '../../db/connect.js';
import {
  audit,
  deadlineInstants,
  deadlines,
  notices,
  orders,
  people,
  policies,
  proposals,
  tasks,
} from '../../db/schema/index.js';
import { MILESTONES, type OrderInput, POINTS } from '../../domain/order/shape.js';
import type { Policy } from '../../domain/policy/shape.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { startTimeSkipping, workflowBundle } from '../support/temporal.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitUntil } from '../support/wait-until.js';

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** A mail adapter that keeps what it is given; `fail` makes it refuse or defer. The only fake of these tests. */
function fakeMail() {
  const sent: OutgoingMessage[] = [];
  const state = { outcome: 'accepted' as 'accepted' | 'refused' | 'deferred' };
  const channel: Channel = {
    addressOf: ({ email }) => email,
    async send(message) {
      if (state.outcome === 'accepted') sent.push(message);
      const why = state.outcome === 'accepted' ? null : 'the test says so';
      return message.to.map((address) => ({ address, outcome: state.outcome, why, reference: `<${message.id}@test>` }));
    },
    close: () => undefined,
  };
  return { sent, state, channel };
}

/**
 * The demo company on a real PostgreSQL, the time-skipping Temporal server, the real activities and use cases; only the
 * mail adapter is a fake. The application's clock is the server's.
 */
export async function startRig() {
  const database = await createTestDatabase();
  const db = connectDatabase(database.url, 10);
  const tokens = Object.fromEntries(['client', ...ROLES].map((role) => [role, `test-${role}`]));
  await loadDemo({ databaseUrl: database.url, tokens: tokens as DemoTokens });
  const environment = await startTimeSkipping();
  const mail = fakeMail();
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' });
  let clockMs = await environment.currentTimeMs();
  const now = () => new Date(clockMs);
  const links = createLinks('a secret of the tests, long enough for it', 'http://127.0.0.1:7300');
  const ctx: AppContext = {
    db,
    temporal: environment.client,
    log,
    publicUrl: 'http://127.0.0.1:7300',
    now,
  };
  const worker = await Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace,
    taskQueue,
    workflowBundle: workflowBundle(),
    activities: createActivities({ db, channels: { mail: mail.channel }, links, zone: 'Asia/Shanghai', log, now }),
  });
  const running = worker.run();

  const sync = async () => {
    clockMs = await environment.currentTimeMs();
  };

  /** The person who holds a role; of a department, its head. */
  async function person(role: Role): Promise<PersonPrincipal> {
    const rows = (await db.select().from(people)).filter((row) => row.roles.includes(role) && row.active);
    const row = rows.find((one) => one.head) ?? rows[0];
    if (!row) throw new Error(`nobody holds ${role}`);
    return personPrincipal(row);
  }

  const client: Principal = { kind: 'client', id: 'demo-shop', credentialId: 'test-key', credential: 'key' };

  const rig = {
    db,
    ctx,
    mail,
    links,
    environment,
    client,
    person,
    sync,
    now,

    /** Lets time pass, for the workflows too. */
    async skip(ms: number): Promise<void> {
      await environment.sleep(ms);
      await sync();
    },

    async skipTo(at: string): Promise<void> {
      await sync();
      const ms = Date.parse(at) - clockMs;
      if (ms > 0) await rig.skip(ms);
    },

    /** Goes to a time of day of the next working day that has two working days after it. */
    async startWorkday(hour: number, minute = 0): Promise<void> {
      await sync();
      const { calendar } = await loadRules(db);
      const next = calendar.addWorkingDays(now().toISOString(), 1);
      const opening = Date.parse(calendar.opening(calendar.localDate(next)));
      await rig.skipTo(new Date(opening + (hour - 8) * 3_600_000 + minute * 60_000).toISOString());
    },

    /** Publishes a changed policy for the orders to come. */
    async changePolicy(change: (policy: Policy) => Policy): Promise<void> {
      const { revision, policy } = await loadRules(db);
      await db
        .insert(policies)
        .values({ revision: revision + 1, policy: change(policy), by: 'test', at: now().toISOString() });
    },

    /** An urgent order: one line, short of lead time, no doubt. */
    async order(change: Partial<OrderInput> = {}): Promise<string> {
      await sync();
      const { number } = await acceptOrder(ctx, { principal: client, body: { ...urgentOrder(now()), ...change } });
      return number;
    },

    async complete(taskId: string, form: unknown, by?: Principal): Promise<unknown> {
      await sync();
      const [task] = await db.select().from(tasks).where(eq(tasks.id, taskId));
      const principal = by ?? (await person((task?.role ?? 'ops') as Role));
      const answer = await completeTask(ctx, { principal, taskId, form });
      if (answer.status !== 200) throw new Error(`${taskId} was not answered in time`);
      return answer.body;
    },

    async evaluate(number: string, departments = ['sales', 'manufacturing', 'technical', 'quality'], round = 1) {
      for (const department of departments) {
        const id = `${number}.evaluate.${department}${round === 1 ? '' : `.${round}`}`;
        await rig.complete(id, allOk);
      }
    },

    async sign(number: string, decision: 'approve' | 'reject' = 'approve', note?: string): Promise<void> {
      await sync();
      const [open] = (await rig.proposals(number)).filter(({ state }) => state === 'open');
      if (!open) throw new Error(`no proposal of ${number} is open`);
      const form = { proposal: open.id, decision, note: note ?? (decision === 'reject' ? 'price too low' : undefined) };
      await signOff(ctx, { principal: await person('vp'), number, form });
    },

    async progress(number: string, milestone: (typeof MILESTONES)[number], more = {}): Promise<void> {
      await sync();
      const principal = await person(milestone === 'inspect' ? 'quality' : 'manufacturing');
      await recordProgress(ctx, { principal, number, form: { milestone, ...more } });
    },

    async produce(number: string): Promise<void> {
      for (const milestone of MILESTONES) await rig.progress(number, milestone);
    },

    row: async (number: string) => {
      const [row] = await db.select().from(orders).where(eq(orders.number, number));
      if (!row) throw new Error(`${number} is not on record`);
      return row;
    },
    openTasks: async (number: string) =>
      (await db.select().from(tasks).where(eq(tasks.orderNumber, number))).filter(({ state }) => state === 'open'),
    proposals: (number: string) => db.select().from(proposals).where(eq(proposals.orderNumber, number)),
    deadlines: (number: string) => db.select().from(deadlines).where(eq(deadlines.orderNumber, number)),
    instants: async (deadlineId: string) =>
      (await db.select().from(deadlineInstants).where(eq(deadlineInstants.deadlineId, deadlineId))).sort(
        (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.index - b.index),
      ),
    notices: (number: string) => db.select().from(notices).where(eq(notices.orderNumber, number)),
    audit: (number: string) => db.select().from(audit).where(eq(audit.subject, number)).orderBy(audit.seq),
    handle: (number: string) => environment.client.workflow.getHandle(`order/${number}`),

    async state(number: string): Promise<OrderState> {
      return rig.handle(number).query<OrderState>('state');
    },

    /** Waits for the workflow to have told the departments. */
    async begun(number: string): Promise<void> {
      await waitUntil(async () => (await rig.openTasks(number)).length >= 4, { withinMs: 20_000 });
    },

    async reaches(number: string, phase: string): Promise<void> {
      await waitUntil(async () => (await rig.row(number)).phase === phase, { withinMs: 20_000 });
    },

    async stop(): Promise<void> {
      worker.shutdown();
      await running;
      await environment.teardown();
      await db.$client.end();
      await database.drop();
    },
  };
  return rig;
}

function personPrincipal(row: typeof people.$inferSelect): PersonPrincipal {
  const { id, name, roles, department } = row;
  return { kind: 'person', id, name, roles, department, credentialId: `test-${id}`, credential: 'token' };
}

/** All six points confirmed. */
export const allOk = { points: Object.fromEntries(POINTS.map((point) => [point, { ok: true }])) };

/** The order most tests begin with: delivery in ten days where thirty are normal. */
export function urgentOrder(now: Date): OrderInput {
  const requestedDelivery = new Date(now.getTime() + 10 * 86_400_000).toISOString().slice(0, 10);
  return {
    channel: 'online',
    customer: { name: '测试机械有限公司', email: 'buyer@test.example' },
    lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
    requestedDelivery,
    shipTo: { name: '收货人', country: 'CN', city: '苏州', line1: '工业园区星湖街 1 号' },
  };
}
