import { eq } from 'drizzle-orm';
import type { MonitorView, RevisionedRule } from '../../contracts/http-monitors.js';
import type { Queryable } from '../../db/connect.js';
import { findMonitor, lockMonitor } from '../../db/queries/monitors.js';
import { findRevision } from '../../db/queries/playbooks.js';
import { monitors } from '../../db/schema/index.js';
import { untouchedMonitor } from '../../domain/monitors/evaluate-monitor.js';
import type { MonitorRule } from '../../domain/monitors/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import { answerWithin } from '../answer-within.js';
import type { AppContext } from '../context.js';
import { AppError, refuseField } from '../errors.js';
import { requireRole } from '../playbooks/rights.js';
import { type Principal, principalRef } from '../principal.js';
import { recordChange } from '../record-change.js';
import { viewMonitor } from './list-monitors.js';
import { MONITOR_MANAGERS } from './rights.js';
import { ensureRule, RESERVED_KEYS } from './schedules.js';

const scheduledWithinMs = 1_000;

/**
 * Puts a rule in force as its next revision, or a new one where the revision is 0; managers only. It looks by it from the
 * next look on. What it had open stays open where it is still measured the same way; of another kind it begins anew.
 *
 * Errors: `forbidden`; `not-found`; `stale-revision` when somebody changed it meanwhile; `invalid-input` for a key that is
 * not that of the address, or a type without a playbook in force.
 */
export async function putMonitor(
  ctx: AppContext,
  principal: Principal,
  key: string,
  body: RevisionedRule,
): Promise<MonitorView> {
  requireRole(principal, MONITOR_MANAGERS);
  const { revision, rule } = body;
  if (rule.key !== key) throw refuseField('rule.key', `must be ${key}, as in the address`);
  if (RESERVED_KEYS.includes(key))
    throw refuseField('rule.key', 'is one of the product’s own: choose another');
  const identity = { principal, route: `PUT /v1/monitors/${key}`, body };
  const { view } = await recordChange(ctx, identity, { action: 'putMonitor' }, async (tx, at) => {
    if (!(await findRevision(tx, rule.opens, 'published')))
      throw refuseField('rule.opens', `no playbook of the type ${rule.opens} is in force`);
    const by = principalRef(principal);
    if (revision === 0) await add(tx, rule, by, at);
    else await change(tx, { rule, revision, by, at });
    const row = await findMonitor(tx, key);
    if (!row) throw new Error(`the monitor ${key} was not stored`);
    const detail = { revision: row.revision, active: rule.active };
    return { view: viewMonitor(row), subject: `monitor/${key}`, detail };
  });
  await scheduleNow(ctx, rule);
  return view;
}

async function add(tx: Queryable, rule: MonitorRule, by: string, at: Instant): Promise<void> {
  const [added] = await tx
    .insert(monitors)
    .values({ key: rule.key, rule, state: untouchedMonitor, updatedBy: by, updatedAt: at })
    .onConflictDoNothing()
    .returning({ key: monitors.key });
  if (!added) throw new AppError('stale-revision', `there is a monitor ${rule.key} already: read it first`);
}

async function change(
  tx: Queryable,
  { rule, revision, by, at }: { rule: MonitorRule; revision: number; by: string; at: Instant },
): Promise<void> {
  const row = await lockMonitor(tx, rule.key);
  if (!row) throw new AppError('not-found', `there is no monitor ${rule.key}`);
  if (row.revision !== revision)
    throw new AppError('stale-revision', `revision ${revision} is not the one in force: read it again`);
  const isOther = row.rule.kind !== rule.kind || row.rule.dedupKey !== rule.dedupKey;
  await tx
    .update(monitors)
    .set({
      rule,
      revision: revision + 1,
      updatedBy: by,
      updatedAt: at,
      ...(isOther && { state: untouchedMonitor }),
    })
    .where(eq(monitors.key, rule.key));
}

/** Its Schedule at once where Temporal answers; else the next tending of the monitors sees to it. */
async function scheduleNow({ temporal, log }: AppContext, rule: MonitorRule): Promise<void> {
  const make = () =>
    temporal.connection.withDeadline(Date.now() + scheduledWithinMs, () => ensureRule(temporal, rule));
  await answerWithin(scheduledWithinMs, make, undefined).catch((err: unknown) =>
    log.warn({ err, monitor: rule.key }, 'the Schedule is left to the next tending'),
  );
}
