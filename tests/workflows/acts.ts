import { eq } from 'drizzle-orm';
import { acceptOrder } from '../../app/accept-order.js';
import { classifyOrder } from '../../app/classify-order.js';
import { completeTask } from '../../app/complete-task.js';
import type { AppContext } from '../../app/context.js';
import type { CustomerPrincipal, PersonPrincipal, Principal } from '../../app/principal.js';
import { recordDelivery } from '../../app/record-delivery.js';
import { recordProgress } from '../../app/record-progress.js';
import { signOff } from '../../app/sign-off.js';
import type { CommandAnswer } from '../../app/submit-command.js';
import { connectTemporal } from '../../app/temporal.js';
import type { ClassifyForm, ProgressForm, TaskForm } from '../../contracts/forms.js';
import { people } from '../../db/schema/index.js';
import { MILESTONES, type Milestone, type OrderInput, POINTS, type Point } from '../../domain/order/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { readRecord } from './record.js';

const DEPARTMENTS = ['sales', 'manufacturing', 'technical', 'quality'] as const;

/** The demo's web shop. */
export const client: Principal = {
  kind: 'client',
  id: 'demo-shop',
  credentialId: 'test-key',
  credential: 'key',
};

/**
 * What people, clients and customers do, through the use cases that the API calls. `sync` sets the clock before;
 * `whenLater` gets what was accepted and not answered at once (202).
 */
export function actOn(
  ctx: AppContext,
  record: ReturnType<typeof readRecord>,
  sync: () => Promise<void>,
  whenLater: (commandId: string) => Promise<unknown>,
) {
  const done = async (answer: CommandAnswer): Promise<unknown> =>
    answer.status === 200 ? answer.body : whenLater(answer.body.id);
  const acts = {
    /** The person who holds a role; of a department, its head. */
    async person(role: Role): Promise<PersonPrincipal> {
      const holders = (await ctx.db.select().from(people).orderBy(people.id)).filter(
        (one) => one.roles.includes(role) && one.active,
      );
      const holder = holders.find((one) => one.head && one.department === role) ?? holders[0];
      if (!holder) throw new Error(`nobody holds ${role}`);
      return principalOf(holder);
    },

    async personById(id: string): Promise<PersonPrincipal> {
      const [row] = await ctx.db.select().from(people).where(eq(people.id, id));
      if (!row) throw new Error(`there is no ${id}`);
      return principalOf(row);
    },

    /** The order's customer, as the link in a mail makes them known. */
    async customerOf(number: string): Promise<CustomerPrincipal> {
      const { customerId } = await record.row(number);
      return { kind: 'customer', id: customerId, credentialId: `test-${number}`, credential: 'link' };
    },

    /** An urgent order: one line, short of lead time, no doubt. */
    async accept(change: Partial<OrderInput> = {}, principal: Principal = client): Promise<string> {
      await sync();
      const body = { ...urgentOrder(ctx.now()), ...change };
      const { number, started } = await acceptOrder(ctx, { principal, body });
      await started;
      return number;
    },

    /** Finishes a task, as who it is assigned to unless `by` somebody else. Throws the refusal as AppError. */
    async complete(taskId: string, form: unknown, by?: Principal): Promise<unknown> {
      await sync();
      const { assigneeId } = await record.task(taskId);
      const principal = by ?? (await acts.personById(assigneeId ?? 'nobody'));
      return done(await completeTask(ctx, { principal, taskId, form }));
    },

    /** Accepted and stored, and not delivered: 202. */
    async completeWhileTemporalIsAway(taskId: string, form: unknown): Promise<void> {
      await sync();
      const { assigneeId } = await record.task(taskId);
      const principal = await acts.personById(assigneeId ?? 'nobody');
      const { client, connection } = connectTemporal({ address: '127.0.0.1:1', namespace: 'default' });
      const answer = await completeTask({ ...ctx, temporal: client }, { principal, taskId, form });
      await connection.close();
      if (answer.status !== 202) throw new Error(`${taskId} was answered, and Temporal is away`);
    },

    async evaluate(number: string, { round = 1, except = [] as string[] } = {}): Promise<void> {
      const departments = DEPARTMENTS.filter((department) => !except.includes(department));
      for (const department of departments) {
        await acts.complete(`${number}.evaluate.${department}${round === 1 ? '' : `.${round}`}`, allOk);
      }
    },

    /** Signs or rejects the open proposal, as the vice president unless `by` somebody else. */
    async sign(number: string, decision: 'approve' | 'reject' = 'approve', by?: Principal): Promise<unknown> {
      const open = (await record.proposals(number)).find(({ state }) => state === 'open');
      const note = decision === 'reject' ? 'the price does not cover the overtime' : undefined;
      return acts.signProposal(number, { proposal: open?.id ?? `${number}.proposal`, decision, note }, by);
    },

    async signProposal(number: string, form: TaskForm<'signOff'>, by?: Principal): Promise<unknown> {
      await sync();
      return done(await signOff(ctx, { principal: by ?? (await acts.person('vp')), number, form }));
    },

    /** Records a milestone, as quality for the inspection and else as manufacturing, unless `by` somebody else. */
    async progress(
      number: string,
      milestone: Milestone,
      more: Partial<ProgressForm> = {},
      by?: Principal,
    ): Promise<unknown> {
      await sync();
      const principal = by ?? (await acts.person(milestone === 'inspect' ? 'quality' : 'manufacturing'));
      return done(await recordProgress(ctx, { principal, number, form: { milestone, ...more } }));
    },

    async deliver(
      number: string,
      form: Partial<TaskForm<'customerContact'>>,
      by?: Principal,
    ): Promise<unknown> {
      await sync();
      const principal = by ?? (await acts.person('sales'));
      const at = ctx.now().toISOString();
      return done(await recordDelivery(ctx, { principal, number, form: { how: 'phone', at, ...form } }));
    },

    async classify(number: string, form: Omit<ClassifyForm, 'reason'>): Promise<unknown> {
      await sync();
      const principal = await acts.person('orderManager');
      return done(await classifyOrder(ctx, { principal, number, form: { reason: 'by telephone', ...form } }));
    },

    /** From the evaluations to the open proposal. */
    async propose(number: string): Promise<void> {
      await acts.evaluate(number);
      await acts.complete(`${number}.measure.manufacturing`, { option: 'overtime' });
    },

    async produce(number: string): Promise<void> {
      for (const milestone of MILESTONES) await acts.progress(number, milestone);
    },
  };
  return acts;
}

function principalOf(row: typeof people.$inferSelect): PersonPrincipal {
  const { id, name, roles, department } = row;
  return { kind: 'person', id, name, roles, department, credentialId: `test-${id}`, credential: 'token' };
}

/** All six points confirmed. */
export const allOk = { points: Object.fromEntries(POINTS.map((point) => [point, { ok: true }])) };

/** An evaluation that asks the customer about one point. */
export const asking = (point: Point, ask: string) => ({
  points: { ...allOk.points, [point]: { ok: false, ask } },
});

/** An evaluation that does not confirm one point. */
export const objecting = (point: Point) => ({
  points: { ...allOk.points, [point]: { ok: false, note: 'cannot be done' } },
});

/** Delivery in ten days where thirty are normal. */
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
