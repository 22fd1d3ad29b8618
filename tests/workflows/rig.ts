import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { and, eq, inArray } from 'drizzle-orm';
import { pino } from 'pino';
import { createActivities } from '../../activities/index.js';
import type { AppContext } from '../../app/context.js';
import { createLinks } from '../../app/links.js';
import { loadRules } from '../../app/load-rules.js';
import type { PersonPrincipal, Principal } from '../../app/principal.js';
import { relayOnce } from '../../app/relay.js';
import { findCommand } from '../../app/submit-command.js';
import { taskQueue } from '../../app/temporal.js';
import type { OrderState, UrgentOrderInput } from '../../contracts/order-state.js';
import { connectDatabase } from '../../db/connect.js';
import { commands, people, policies } from '../../db/schema/index.js';
import type { OrderInput } from '../../domain/order/shape.js';
import type { Policy } from '../../domain/policy/shape.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import { demoPeople } from '../../local/demo/demo-people.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { startTimeSkipping, workflowBundle } from '../support/temporal.js';
import { createTestDatabase } from '../support/test-database.js';
import { waitUntil } from '../support/wait-until.js';
import { actOn } from './acts.js';
import { createFakeMail } from './fake-mail.js';
import { readRecord } from './record.js';

export type Rig = Awaited<ReturnType<typeof startRig>>;

/** What the rig needs of a Temporal server; on a real one time passes by itself. */
export type TemporalForTest = Pick<
  TestWorkflowEnvironment,
  'client' | 'nativeConnection' | 'namespace' | 'currentTimeMs' | 'sleep' | 'teardown'
>;

// Once a process, before any connection: a worker's comings and goings are the tests' own.
Runtime.install({ logger: new DefaultLogger('ERROR') });

const publicUrl = 'http://127.0.0.1:7300';

const refuseLater = async (id: string) => Promise.reject(new Error(`command ${id} was not answered in time`));

/**
 * The demo company on a real PostgreSQL, the time-skipping Temporal server, the real activities and use cases; only the
 * mail adapter is a fake. The application's clock is the server's. `afterEach(rig.clear)`: an order left open would
 * climb its ladder in the next test's time.
 */
export async function startRig(
  startServer: () => Promise<TemporalForTest> = startTimeSkipping,
  patience: 'answered' | 'relayed' = 'answered',
) {
  const database = await createTestDatabase();
  const db = connectDatabase(database.url, 10);
  const tokens = Object.fromEntries(['client', ...ROLES].map((role) => [role, `test-${role}`]));
  await loadDemo({ databaseUrl: database.url, tokens: tokens as DemoTokens });
  const environment = await startServer();
  const mail = createFakeMail();
  const log = pino({ level: 'silent' });
  let clockMs = await environment.currentTimeMs();
  const now = () => new Date(clockMs);
  const sync = async () => {
    clockMs = await environment.currentTimeMs();
  };
  const ctx: AppContext = { db, temporal: environment.client, log, publicUrl, now };
  const activities = createActivities({
    db,
    channels: { mail: mail.channel },
    links: createLinks('a secret of the tests, long enough for it', publicUrl),
    zone: 'Asia/Shanghai',
    processUrl: (number) => `${publicUrl}/process/${number}`,
    log,
    now,
  });
  const record = readRecord(db);
  /** As a client does that asks again: the relay delivers meanwhile. */
  const untilRelayed = async (id: string) =>
    waitUntil(
      async () => {
        await sync();
        await relayOnce(ctx);
        const command = await findCommand(ctx, id);
        return command?.state !== 'pending' && command?.result;
      },
      { withinMs: 30_000, what: `the answer of command ${id}` },
    );
  const acts = actOn(ctx, record, sync, patience === 'relayed' ? untilRelayed : refuseLater);
  const accepted: string[] = [];
  const first = await loadRules(db);
  let worker: { stop: () => Promise<void> } | undefined;

  const rig = {
    ...record,
    ...acts,
    db,
    ctx,
    mail,
    environment,
    now,
    sync,

    async startWorker(): Promise<void> {
      const made = await Worker.create({
        connection: environment.nativeConnection,
        namespace: environment.namespace,
        taskQueue,
        workflowBundle: workflowBundle(),
        activities,
      });
      const running = made.run();
      worker = {
        async stop() {
          made.shutdown();
          await running;
        },
      };
    },

    async stopWorker(): Promise<void> {
      await worker?.stop();
      worker = undefined;
    },

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

    /** Goes to a time of day of the next working day; then whole working days follow, two at least. */
    async startWorkday(hour: number, minute = 0): Promise<void> {
      await sync();
      const { calendar } = await loadRules(db);
      const next = calendar.addWorkingDays(now().toISOString(), 1);
      const opening = Date.parse(calendar.opening(calendar.localDate(next)));
      await rig.skipTo(new Date(opening + (hour - 8) * 3_600_000 + minute * 60_000).toISOString());
    },

    /** Publishes a changed policy for the orders to come; `clear` puts the first one in force again. */
    async changePolicy(change: (policy: Policy) => Policy): Promise<void> {
      const { revision, policy } = await loadRules(db);
      const row = { revision: revision + 1, policy: change(policy), by: 'test', at: now().toISOString() };
      await db.insert(policies).values(row);
    },

    /** Nobody holds these roles until `clear`. */
    async vacate(...roles: Role[]): Promise<void> {
      const holders = (await db.select().from(people)).filter((one) =>
        one.roles.some((role) => roles.includes(role)),
      );
      await db
        .update(people)
        .set({ active: false })
        .where(
          inArray(
            people.id,
            holders.map(({ id }) => id),
          ),
        );
    },

    /** Gives a person one role more until `clear`. */
    async promote(id: string, role: Role): Promise<PersonPrincipal> {
      const [row] = await db.select().from(people).where(eq(people.id, id));
      await db
        .update(people)
        .set({ roles: [...(row?.roles ?? []), role] })
        .where(eq(people.id, id));
      return acts.personById(id);
    },

    /** An order whose departments have been told. */
    async order(change: Partial<OrderInput> = {}, principal?: Principal): Promise<string> {
      const number = await acts.accept(change, principal);
      accepted.push(number);
      await waitUntil(async () => (await record.openTasks(number)).length >= 4, {
        withinMs: 20_000,
        what: `the begin of ${number}`,
      });
      return number;
    },

    handle: (number: string) => environment.client.workflow.getHandle(`order/${number}`),
    state: (number: string): Promise<OrderState> => rig.handle(number).query<OrderState>('state'),
    signal: (number: string, message: unknown) => rig.handle(number).signal('signOff', message),

    /** An order that `clear` ends, though it was not made by {@link order}. */
    watch: (number: string) => void accepted.push(number),

    /** What the worker does each second. */
    relay: () => relayOnce(ctx),

    /** Starts a lost process again from its record, as the reconciler does. */
    async restart(number: string): Promise<void> {
      const { resume, stateVersion } = await record.row(number);
      const [start] = await db
        .select()
        .from(commands)
        .where(and(eq(commands.target, `order/${number}`), eq(commands.kind, 'start')));
      if (!start) throw new Error(`${number} was never started`);
      const { plan } = start.payload as UrgentOrderInput;
      await environment.client.workflow.start('urgentOrder', {
        workflowId: `order/${number}`,
        taskQueue,
        args: [{ plan, resume: resume ? { ...resume, version: stateVersion } : undefined }],
      });
    },

    /** How the process ended; waits for its last notices too. */
    ends: async (number: string): Promise<string> =>
      ((await rig.handle(number).result()) as { phase: string }).phase,

    async waitFor<T>(what: string, probe: () => Promise<T>, withinMs = 20_000) {
      return waitUntil(probe, { withinMs, everyMs: 25, what });
    },

    /** Waits for an entry in the order's audit log. */
    audited: (number: string, action: string) =>
      rig.waitFor(`${action} in the audit of ${number}`, async () =>
        (await record.audit(number)).findLast((entry) => entry.action === action),
      ),

    /**
     * Cancels a process once nothing of it is under way, be it an activity or its own answer: the server's clock would
     * wait for that for ever.
     */
    async end(workflowId: string): Promise<void> {
      const handle = environment.client.workflow.getHandle(workflowId);
      const isQuiet = async () => {
        const { status, raw } = await handle.describe();
        const pending = raw.pendingActivities ?? [];
        // One that waits for its next try gets the time for it.
        if (pending.some(({ attempt }) => Number(attempt) > 1)) await environment.sleep('1 minute');
        return status.name !== 'RUNNING' || (pending.length === 0 && !raw.pendingWorkflowTask);
      };
      await rig.waitFor(`the rest of ${workflowId}`, isQuiet);
      // A run that goes on as a new one at this moment does not hand the cancellation on: the new one is asked as well.
      await waitUntil(
        async () => {
          await handle.cancel().catch(() => undefined);
          return waitUntil(async () => (await handle.describe()).status.name !== 'RUNNING', {
            withinMs: 2_000,
            everyMs: 25,
          }).catch(() => false);
        },
        { withinMs: 20_000, what: `the end of ${workflowId}` },
      );
    },

    /** Ends what a test left running and takes back what it changed of people, policy and mail. */
    async clear(): Promise<void> {
      mail.state.outcome = 'accepted';
      if (!worker) await rig.startWorker();
      for (const number of accepted.splice(0)) {
        // An activity under way holds the server's clock, and its mails would be taken for the next test's. A notice that
        // a test itself wrote, without its workflow, is waited for in vain, and not for long.
        const tried = async () => (await rig.notices(number)).every(isTried);
        await waitUntil(tried, { withinMs: 2_000 }).catch(() => undefined);
        await rig.end(`order/${number}`);
      }
      mail.sent.length = 0;
      for (const { id, roles } of demoPeople) {
        await db.update(people).set({ active: true, roles }).where(eq(people.id, id));
      }
      await rig.changePolicy(() => first.policy);
    },

    async stop(): Promise<void> {
      await rig.stopWorker();
      await environment.teardown();
      await db.$client.end();
      await database.drop();
    },
  };
  await rig.startWorker();
  return rig;
}

/** Sent, given up, or waiting for another try: nothing is being sent now. */
function isTried({ state, attempts }: { state: string; attempts: number }): boolean {
  return state !== 'sending' && (state !== 'queued' || attempts > 0);
}
