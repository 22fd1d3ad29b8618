import { and, inArray, isNull } from 'drizzle-orm';
import { findHeldOrders, findReachedOrders, type ReachedOrder } from '../../db/queries/incident-reach.js';
import { audit, holds } from '../../db/schema/index.js';
import type { HoldRule } from '../../domain/holds/shape.js';
import { addCommands, type ProcessRequest } from './add-command.js';
import type { Action, ActionStep } from './incident-actions.js';
import type { IncidentContext } from './incident-context.js';
import { holderOf } from './staff.js';
import { addWrite } from './step-context.js';

const reason = 'shipment';
/** So many numbers are said; the record has them all. */
const mostNamed = 20;

/**
 * 暂停发货: nothing more leaves of what the incident affects (P08.2, P13.2). Each open order is held once by each step, by
 * its process; a normal order has none, and is held on the record by this very step. What has left already is for people
 * to stop, and the step's task says so.
 */
export const holdShipments: Action = async (context, step) => {
  const found = await findReachedOrders(context.db, {
    incident: context.incident.number,
    numbers: context.affected,
    scope: step.scope ?? 'affected',
  });
  const gone = found.filter(({ phase }) => phase === 'delivering');
  const held = found.filter(({ phase }) => phase !== 'delivering');
  await holdOrders(context, step.key, held);
  return say(held, gone);
};

/** Holds those that this step of the playbook has not held before. */
export async function holdOrders(
  context: IncidentContext,
  step: ActionStep['key'],
  found: readonly ReachedOrder[],
): Promise<void> {
  const news = found.filter(
    ({ number, asked, heldBy }) => !heldBy.includes(step) && !asked.includes(partOf(step, number)),
  );
  if (news.length === 0) return;
  const { policy } = await context.rules();
  const rule = policy.holds[reason] ?? { stops: [], shipping: true };
  const owner = await ownerOf(context);
  addCommands(
    context,
    news.flatMap((order) =>
      order.class === 'normal' ? [] : [request(context, { order, step, owner, rule })],
    ),
  );
  const normal = news.filter((order) => order.class === 'normal');
  if (normal.length === 0) return;
  const { db, incident, subject } = context;
  const rows = normal.map(({ number, holds: before }) => ({
    id: nextHold(context, number, before),
    order: number,
    reason,
    ownerId: owner,
    incident: incident.number,
    step,
    heldBy: subject.workflowId,
    heldAt: context.step.at,
  }));
  addWrite(context, db.insert(holds).values(rows));
  writeEntries(
    context,
    'hold',
    rows.map(({ order }) => order),
    { reason, incident: incident.number, step },
  );
}

/**
 * What the incident holds goes on: on a false alarm or routine handling, when it is resolved, and of one step when that
 * is passed over. Each once: what is released already is left alone.
 */
export async function releaseHolds(context: IncidentContext, { step }: { step?: string }): Promise<void> {
  const { db, incident, subject } = context;
  // Resolved by passing over what is still open: all is released, which is this one as well.
  const areAll = context.step.changes.some((one) => one.do === 'releaseHolds' && one.step === undefined);
  if (step !== undefined && areAll) return;
  const found = await findHeldOrders(db, { incident: incident.number, step });
  addCommands(
    context,
    found.flatMap(({ number, class: of }) =>
      of === 'normal'
        ? []
        : [
            {
              kind: 'update' as const,
              target: `order/${number}`,
              name: 'release',
              part: `release/${step ?? 'all'}/${number}`,
              payload: { incident: incident.number, step },
            },
          ],
    ),
  );
  const normal = found.filter(({ class: of }) => of === 'normal');
  if (normal.length === 0) return;
  const change = { releasedBy: subject.workflowId, releasedAt: context.step.at, releasedBecause: 'incident' };
  const ids = normal.flatMap((one) => one.ids);
  addWrite(
    context,
    db
      .update(holds)
      .set(change)
      .where(and(inArray(holds.id, ids), isNull(holds.releasedAt))),
  );
  writeEntries(
    context,
    'release',
    normal.map(({ number }) => number),
    { incident: incident.number, step },
  );
}

/** The same for an order that comes in while the incident lasts. */
export function holdRequest(about: {
  incident: string;
  order: string;
  step: string;
  owner: string;
  rule: HoldRule;
}): ProcessRequest {
  const { incident, order, step, owner, rule } = about;
  return {
    kind: 'update',
    target: `order/${order}`,
    name: 'hold',
    part: partOf(step, order),
    body: { reason, owner },
    payload: { reason, owner, role: 'orderManager', department: 'management', ...rule, incident, step },
  };
}

const partOf = (step: string, order: string) => `hold/${step}/${order}`;

function request(
  { incident }: IncidentContext,
  about: { order: ReachedOrder; step: string; owner: string; rule: HoldRule },
): ProcessRequest {
  return holdRequest({ ...about, incident: incident.number, order: about.order.number });
}

/** Several steps of the playbook may hold one order, within one step of the process as well. */
function nextHold({ holdsGiven }: IncidentContext, number: string, before: number): string {
  const given = (holdsGiven.get(number) ?? 0) + 1;
  holdsGiven.set(number, given);
  const round = before + given;
  return round === 1 ? `${number}.hold` : `${number}.hold.${round}`;
}

/** The incident's owner; where it has none yet, who commands an emergency. */
async function ownerOf(context: IncidentContext): Promise<string> {
  const { set, incident, step } = context;
  const owner = set.ownerId ?? incident.ownerId;
  return owner ?? holderOf(await context.staff(), 'emergencyManager', step.at)?.id ?? 'redmark';
}

/** A normal order has no process that would say what happened to it. */
function writeEntries(
  context: IncidentContext,
  action: string,
  orders: string[],
  detail: Record<string, unknown>,
): void {
  const { db, step, subject } = context;
  const rows = orders.map((order) => ({
    key: `${step.key}/${action}/${detail.step ?? 'all'}/${order}`,
    at: step.at,
    subject: order,
    actor: subject.workflowId,
    credential: 'workflow',
    action,
    detail,
  }));
  addWrite(context, db.insert(audit).values(rows).onConflictDoNothing());
}

function say(held: readonly ReachedOrder[], gone: readonly ReachedOrder[]) {
  const names = (of: readonly ReachedOrder[]) =>
    of
      .slice(0, mostNamed)
      .map(({ number }) => number)
      .join(', ') + (of.length > mostNamed ? ' …' : '');
  const zh =
    held.length === 0 ? '没有可暂停发货的未完成订单。' : `已暂停${held.length}个订单发货：${names(held)}。`;
  const en =
    held.length === 0
      ? 'No open order could be held.'
      : `Held the shipments of ${held.length} ${held.length === 1 ? 'order' : 'orders'}: ${names(held)}.`;
  if (gone.length === 0)
    return { zh: `${zh}已打包未发出的，请拦下。`, en: `${en} Please stop what is packed and has not left.` };
  return {
    zh: `${zh}已发出${gone.length}个，请联系承运方拦截：${names(gone)}。`,
    en: `${en} ${gone.length} had left: please have the carrier stop ${names(gone)}.`,
  };
}
