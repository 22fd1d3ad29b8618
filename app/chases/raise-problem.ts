import { eq } from 'drizzle-orm';
import type { ChaseView, ProblemInput } from '../../contracts/http-chases.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { audit, orders } from '../../db/schema/index.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { CommandRow } from '../idempotency.js';
import { loadRules } from '../load-rules.js';
import { type Principal, principalRef } from '../principal.js';
import { emptyBatch } from '../record/record-batch.js';
import { type ChangeAnswer, recordChange } from '../record-change.js';
import { startNow } from '../start-now.js';
import { addChase } from './add-chase.js';
import { getChase } from './get-chase.js';
import { storeChases } from './store-chases.js';

export interface RaiseProblemRequest {
  principal: Principal;
  /** Of the order. */
  number: string;
  body: ProblemInput;
  idempotencyKey?: string | undefined;
}

/**
 * A production problem is raised in one call (P09.3): it is chased by the times and the ladder of its order's class, and
 * order manager and manufacturing are told. Throws `not-found`, `order-ended`.
 */
export async function raiseProblem(
  ctx: AppContext,
  { principal, number, body, idempotencyKey: key }: RaiseProblemRequest,
): Promise<ChangeAnswer<ChaseView>> {
  const route = `POST /v1/orders/${number}/problems`;
  let starts: CommandRow[] = [];
  const answer = await recordChange(
    ctx,
    { principal, route, key, body },
    { action: 'raiseProblem' },
    async (tx, at) => {
      const [order] = await tx.select().from(orders).where(eq(orders.number, number));
      if (!order) throw new AppError('not-found', `there is no order ${number.slice(0, 40)}`);
      if (order.endedAt) throw new AppError('order-ended', `order ${number} is ${order.phase}`);
      const rules = await loadRules(tx, { revision: order.policyRevision });
      const [chase = ''] = await takeNumbers(tx, 'CH', rules.calendar.localDate(at));
      const batch = emptyBatch();
      const by = principalRef(principal);
      const { what, note, role } = body;
      const plan = addChase(batch, rules, {
        number: chase,
        kind: 'problem',
        role,
        ownerId: null,
        class: order.class,
        at,
        by,
        order: number,
        facts: { what, ...(note === undefined ? {} : { note }) },
      });
      starts = await storeChases(tx, batch, [plan], { principal, route, at });
      // The order's own timeline shows it too.
      await tx.insert(audit).values({
        key: `order/${number}/problem/${chase}`,
        at,
        subject: number,
        actor: by,
        credential: principal.credential,
        action: 'raiseProblem',
        detail: { chase, role },
      });
      const view = await getChase(tx, chase);
      return {
        view,
        subject: chase,
        detail: { order: number, role },
        status: 201,
        result: { number: chase },
      };
    },
  );
  for (const start of starts) await startNow(ctx, start);
  return answer;
}
