import type { OrderView } from '../contracts/http.js';
import type { Queryable } from '../db/connect.js';
import { insertAll, newRows } from '../db/queries/insert-all.js';
import type { HoldRow } from '../db/queries/orders.js';
import {
  audit,
  commands,
  deadlineInstants,
  deadlines,
  holds,
  incidentOrders,
  orderLines,
  orders,
} from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { createCustomer } from './create-customer.js';
import { viewOrder } from './get-order.js';
import { type CommandRow, isKeyTaken, newCommand, type RequestIdentity } from './idempotency.js';
import { linkOnArrival } from './incidents/link-on-arrival.js';
import { findingOf, makeIntakeEntry, makeLineRows, makeOrderRow } from './make-order-rows.js';
import type { Customer } from './match-customer.js';
import { makePlan } from './plan-order.js';
import type { PreparedOrder } from './prepare-order.js';
import { addDeadline } from './record/plan-rows.js';
import { emptyBatch, type RecordBatch } from './record/record-batch.js';
import { orderSubject } from './record/subject.js';

/** Another request with the same key was first: all of this one is rolled back, its new customer too. */
export class KeyTaken extends Error {}

/** What was stored: the command that starts the order, and the order as whoever placed it sees it. */
export interface StoredOrder {
  command: CommandRow;
  view: OrderView;
}

interface Intake {
  publicUrl: string;
  identity: RequestIdentity;
  order: PreparedOrder;
}

/** Order, lines, deadlines, start command and audit, all or none. Throws KeyTaken. */
export async function storeOrder(
  { db, publicUrl }: AppContext,
  identity: RequestIdentity,
  order: PreparedOrder,
): Promise<StoredOrder> {
  const intake: Intake = { publicUrl, identity, order };
  const { customer, body, now } = order;
  try {
    if (customer) return await insertOrder(db, intake, customer);
    return await db.transaction(async (tx) =>
      insertOrder(tx, intake, await createCustomer(tx, identity.principal, body, now)),
    );
  } catch (error) {
    throw isKeyTaken(error) ? new KeyTaken() : error;
  }
}

/** One statement, which commits by itself: the client waits through each round trip. */
async function insertOrder(db: Queryable, intake: Intake, customer: Customer): Promise<StoredOrder> {
  const { order, identity } = intake;
  const { principal, key } = identity;
  const batch = emptyBatch();
  const command = makeCommand(intake, customer, batch);
  const row = makeOrderRow(order, customer, principal);
  const arrival = linkOnArrival(order);
  const finding = findingOf(row, order, customer, batch);
  const view = viewOrder({ ...finding, holds: arrival.holds.map(asFound) }, principal);
  await insertAll(db, [
    newRows(orders, [row]),
    newRows(orderLines, makeLineRows(order)),
    newRows(audit, [makeIntakeEntry(order, principal), ...arrival.audit]),
    newRows(deadlines, batch.deadlines),
    newRows(deadlineInstants, batch.instants),
    // The answer stands beside the key it belongs to: a repeat gets what the first request got.
    newRows(commands, [{ ...command, answer: key === undefined ? null : view }]),
    newRows(incidentOrders, arrival.links),
    newRows(holds, arrival.holds),
    newRows(commands, arrival.commands),
  ]);
  return { command, view };
}

/** A hold of the new order, as it will be read. */
function asFound(row: typeof holds.$inferInsert): HoldRow {
  const { id, reason, ownerId, heldBy, heldAt, incident = null, step = null } = row;
  return { id, reason, ownerId, ownerName: null, note: null, dueAt: null, incident, step, heldBy, heldAt };
}

/** The command that starts the order's process; its deadlines go to `batch`. */
function makeCommand(
  { publicUrl, identity, order }: Intake,
  customer: Customer,
  batch: RecordBatch,
): CommandRow {
  const { number, assessment, rules, body, now, start } = order;
  const deadlines = (start ? [start.evaluation, start.confirmation] : []).map((planned) =>
    addDeadline(batch, {
      id: `${number}.${planned.kind}`,
      subject: orderSubject(number),
      round: 1,
      class: assessment.class,
      policyRevision: rules.revision,
      planned,
    }),
  );
  const plan = makePlan(rules, {
    number,
    assessment,
    tier: customer.tier,
    receivedAt: order.receivedAt,
    requestedDelivery: body.requestedDelivery,
    planNumber: 1,
    recordVersion: 0,
    ground: body.ground !== undefined,
    salesOwnerId: customer.salesOwnerId,
    deliveryBeforeConfirmation: start?.confirmation.deliveryBeforeConfirmation ?? false,
    rounds: { evaluation: 1, confirmation: 1 },
    deadlines,
    publicUrl,
  });
  return newCommand(identity, {
    kind: start ? 'start' : 'record',
    target: `order/${number}`,
    name: 'urgentOrder',
    // The order's own row holds what was sent; here it would be a second copy of personal data.
    body: {},
    payload: start ? { plan } : null,
    answer: null,
    state: start ? 'pending' : 'done',
    createdAt: now,
  });
}
