import { eq } from 'drizzle-orm';
import { commands } from '../db/schema/index.js';
import type { OrderInput } from '../domain/order/shape.js';
import { ORDERING_ROLES } from '../domain/roles/shape.js';
import type { AppContext } from './context.js';
import { deliverCommand, settleCommand } from './deliver-command.js';
import { AppError } from './errors.js';
import { getOrder } from './get-order.js';
import { type CommandRow, findRepeated, type RequestIdentity } from './idempotency.js';
import { nextOrderNumber } from './next-number.js';
import { prepareOrder } from './prepare-order.js';
import { holdsRole, type Principal } from './principal.js';
import { KeyTaken, storeOrder } from './store-order.js';

/** How long the API waits for Temporal to take a start; later, the relay delivers it (design §3.2). */
const START_WITHIN_MS = 300;

export interface AcceptOrderRequest {
  principal: Principal;
  body: OrderInput;
  idempotencyKey?: string;
}

/** The answer of `POST /v1/orders`: the order as it was stored; `replayed` where the key was used before. */
export interface AcceptedOrder {
  status: 201;
  number: string;
  replayed: boolean;
  body: unknown;
}

/**
 * Takes an order (P05.1, P06.1): validates, assesses, plans, and writes the order with its start command in one
 * transaction; then tries to start its workflow at once. Committed means accepted, started or not.
 * Throws AppError: `forbidden`, `invalid-input` with the field, `ambiguous-customer`, `idempotency-key-reused`.
 */
export async function acceptOrder(ctx: AppContext, request: AcceptOrderRequest): Promise<AcceptedOrder> {
  const { principal, body, idempotencyKey } = request;
  if (principal.kind !== 'client' && !holdsRole(principal, ORDERING_ROLES)) {
    throw new AppError(
      'forbidden',
      'orders are placed by clients, sales, customer service and the order manager',
    );
  }
  const identity: RequestIdentity = { principal, route: 'POST /v1/orders', key: idempotencyKey, body };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return replay(ctx, principal, repeated);

  const order = await prepareOrder(ctx, principal, body);
  const number = await nextOrderNumber(ctx.db, order.receivedOn);
  const command = await storeOrder(ctx, identity, number, order).catch(rejectUnlessKeyTaken);
  if (!command) {
    const winner = await findRepeated(ctx.db, identity);
    if (!winner) throw new Error('a repeated request lost its first one');
    return replay(ctx, principal, winner);
  }
  // The answer is read while Temporal takes the start: the record does not depend on it.
  const [answer] = await Promise.all([
    getOrder(ctx.db, number, principal),
    command.kind === 'start' ? startNow(ctx, command) : undefined,
  ]);
  if (idempotencyKey !== undefined) await keepAnswer(ctx, command.id, answer);
  return { status: 201, number, replayed: false, body: answer };
}

function rejectUnlessKeyTaken(error: unknown): undefined {
  if (!(error instanceof KeyTaken)) throw error;
}

async function startNow(ctx: AppContext, command: CommandRow): Promise<void> {
  const delivery = await deliverCommand(ctx, command, START_WITHIN_MS);
  if (delivery.state === 'pending') {
    ctx.log.warn({ command: command.id, error: delivery.error }, 'start is left to the relay');
    return;
  }
  // Not awaited: if it is lost, the relay delivers the start again, to the same effect.
  settleCommand(ctx, command.id, delivery).catch((error) =>
    ctx.log.warn({ err: error }, 'start not settled'),
  );
}

/** A repeat gives the stored status and body; a first answer that was lost on the way is read again. */
async function replay(ctx: AppContext, principal: Principal, command: CommandRow): Promise<AcceptedOrder> {
  const number = command.target.split('/')[1] ?? '';
  const kept = command.answer;
  return { status: 201, number, replayed: true, body: kept ?? (await getOrder(ctx.db, number, principal)) };
}

async function keepAnswer(ctx: AppContext, id: string, answer: unknown): Promise<void> {
  await ctx.db.update(commands).set({ answer }).where(eq(commands.id, id));
}
