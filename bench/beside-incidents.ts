import { isNull, sql } from 'drizzle-orm';
import { acceptOrder } from '../app/accept-order.js';
import type { AppContext } from '../app/context.js';
import { incidents, orders } from '../db/schema/index.js';
import { findHolder } from './find-holder.js';
import { report } from './happy-incident.js';
import { happyOrderBody, shop } from './happy-order.js';

const atOnce = 8;

/**
 * Leaves so many incidents and as many orders open, each waiting for its first answer, for the order's figures to be
 * measured beside them: deadlines, tasks and timers of all of them are there, and none is due.
 */
export async function openBeside(ctx: AppContext, count: number, say: (line: string) => void): Promise<void> {
  const manager = await findHolder(ctx, 'emergencyManager');
  const since = performance.now();
  await several(count, async () => void (await report(ctx, manager)));
  await several(count, async () => {
    const { started } = await acceptOrder(ctx, { principal: shop, body: happyOrderBody(ctx.now()) });
    await started;
  });
  await untilBegun(ctx);
  say(
    `${count} incidents and ${count} orders are open, after ${Math.round((performance.now() - since) / 1000)} s`,
  );
}

async function several(count: number, one: () => Promise<void>): Promise<void> {
  let begun = 0;
  const work = async () => {
    while (begun < count) {
      begun += 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** Every process has had its first step, and the mails of it have gone out. */
async function untilBegun({ db }: AppContext): Promise<void> {
  for (const stopAt = Date.now() + 600_000; Date.now() < stopAt; ) {
    const [open] = await db
      .select({
        orders: sql<number>`count(*) filter (where ${orders.resume} is null and ${orders.class} <> 'normal')::int`,
        unsent: sql<number>`(select count(*)::int from notices where state in ('queued', 'sending'))`,
        incidents: sql<number>`(select count(*)::int from ${incidents} where resume is null)`,
      })
      .from(orders)
      .where(isNull(orders.endedAt));
    if (open && open.orders + open.incidents + open.unsent === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
  throw new Error('not all have begun within ten minutes');
}
