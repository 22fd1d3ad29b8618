import { eq, sql } from 'drizzle-orm';
import { prepareOnce } from '../db/prepare-once.js';
import { type RulesStamp, rulesStampSql } from '../db/queries/policies.js';
import { orders } from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { loadRules } from './load-rules.js';

const target = prepareOnce((db) =>
  db
    .select({
      phase: orders.phase,
      class: orders.class,
      endedAt: orders.endedAt,
      policyRevision: orders.policyRevision,
      stamp: sql<RulesStamp | null>`(select to_jsonb(s) from (${rulesStampSql(sql`${orders.policyRevision}`)}) s)`,
    })
    .from(orders)
    .where(eq(orders.number, sql.placeholder('number')))
    .prepare('message-target'),
);

/**
 * The order a message is for, with a process that runs, and the policy it goes by. Throws `not-found`, `not-started`
 * for a normal order, `order-ended` for one that is closed, rejected, declined or cancelled.
 */
export async function findRunningOrder({ db }: Pick<AppContext, 'db'>, number: string) {
  const [order] = await target(db).execute({ number });
  if (!order) throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
  if (order.endedAt) throw new AppError('order-ended', `order ${number} is ${order.phase}`);
  if (order.class === 'normal')
    throw new AppError('not-started', `order ${number} is a normal one: no process runs`);
  const { policy } = await loadRules(db, { revision: order.policyRevision, stamp: order.stamp });
  const { phase, policyRevision } = order;
  return { phase, policy, policyRevision, target: `order/${number}` };
}
