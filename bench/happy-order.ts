import { and, eq } from 'drizzle-orm';
import { acceptOrder } from '../app/accept-order.js';
import { completeTask } from '../app/complete-task.js';
import type { AppContext } from '../app/context.js';
import type { PersonPrincipal, Principal } from '../app/principal.js';
import { recordProgress } from '../app/record-progress.js';
import { signOff } from '../app/sign-off.js';
import { proposals, tasks } from '../db/schema/index.js';
import { EVALUATORS, MILESTONES, type OrderInput, POINTS } from '../domain/order/shape.js';
import type { Role } from '../domain/roles/shape.js';
import { findHolder } from './find-holder.js';

export const shop: Principal = {
  kind: 'client',
  id: 'demo-shop',
  credentialId: 'dev-client',
  credential: 'key',
};

/** One line, short of its normal lead time, nothing to doubt. */
export function happyOrderBody(now: Date): OrderInput {
  const requestedDelivery = new Date(now.getTime() + 10 * 86_400_000).toISOString().slice(0, 10);
  return {
    channel: 'online',
    customer: { name: '测试机械有限公司', email: 'buyer@bench.example' },
    lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
    requestedDelivery,
    shipTo: { name: '收货人', country: 'CN', city: '苏州', line1: '工业园区星湖街 1 号' },
  };
}

/**
 * Drives orders from receipt to closed through the use cases, as the API would: four evaluations, measure, sign-off,
 * six milestones, the customer's contact, each awaited before the next.
 */
export async function createHappyOrders(ctx: AppContext) {
  const holder = new Map<Role, PersonPrincipal>();
  for (const role of [...EVALUATORS, 'vp'] as const) holder.set(role, await findHolder(ctx, role));
  const by = (role: Role) => {
    const found = holder.get(role);
    if (!found) throw new Error(`nobody holds ${role}`);
    return found;
  };
  const complete = async (taskId: string, role: Role, form: unknown) => {
    const answer = await completeTask(ctx, { principal: by(role), taskId, form });
    if (answer.status !== 200) throw new Error(`${taskId} was not answered in time`);
  };

  return async (): Promise<string> => {
    const { number, started } = await acceptOrder(ctx, { principal: shop, body: happyOrderBody(ctx.now()) });
    await started;
    await untilAsked(ctx, `${number}.evaluate.sales`);
    for (const department of EVALUATORS) {
      await complete(`${number}.evaluate.${department}`, department, allConfirmed);
    }
    await complete(`${number}.measure.manufacturing`, 'manufacturing', { option: 'overtime' });
    const proposal = await findOpenProposal(ctx, number);
    await signOff(ctx, { principal: by('vp'), number, form: { proposal, decision: 'approve' } });
    for (const milestone of MILESTONES) {
      const principal = by(milestone === 'inspect' ? 'quality' : 'manufacturing');
      await recordProgress(ctx, { principal, number, form: { milestone } });
    }
    const at = ctx.now().toISOString();
    await complete(`${number}.customerContact.sales`, 'sales', { how: 'phone', confirmedBy: '王工', at });
    await ctx.temporal.workflow.getHandle(`order/${number}`).result();
    return number;
  };
}

const allConfirmed = { points: Object.fromEntries(POINTS.map((point) => [point, { ok: true }])) };

/** The order's workflow has told the departments. Looks as often as the bare side does. */
async function untilAsked({ db }: AppContext, taskId: string): Promise<void> {
  for (const stopAt = Date.now() + 60_000; Date.now() < stopAt; ) {
    const [task] = await db.select({ id: tasks.id }).from(tasks).where(eq(tasks.id, taskId));
    if (task) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${taskId} was not asked within a minute`);
}

async function findOpenProposal({ db }: AppContext, number: string): Promise<string> {
  const [open] = await db
    .select({ id: proposals.id })
    .from(proposals)
    .where(and(eq(proposals.orderNumber, number), eq(proposals.state, 'open')));
  if (!open) throw new Error(`no proposal of ${number} is open`);
  return open.id;
}
