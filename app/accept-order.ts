import type { OrderInput } from '../domain/order/shape.js';
import { ORDERING_ROLES } from '../domain/roles/shape.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { type CommandRow, findRepeated, type RequestIdentity } from './idempotency.js';
import { prepareOrder } from './prepare-order.js';
import { holdsRole, type Principal } from './principal.js';
import { startNow } from './start-now.js';
import { KeyTaken, storeOrder } from './store-order.js';

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
  /** Resolves when the workflow was started, or its start is left to the relay; never rejects. */
  started: Promise<void>;
}

/**
 * Takes an order (P05.1, P06.1, P15.1): validates, assesses, plans, and writes the order with its start command in one
 * transaction; then tries to start its workflow at once, which the caller may await. Committed means accepted, started
 * or not.
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
  if (repeated) return replay(repeated);

  const order = await prepareOrder(ctx, principal, body);
  const stored = await storeOrder(ctx, identity, order).catch(rejectUnlessKeyTaken);
  if (!stored) {
    const winner = await findRepeated(ctx.db, identity);
    if (!winner) throw new Error('a repeated request lost its first one');
    return replay(winner);
  }
  const { command, view } = stored;
  const started = command.kind === 'start' ? startNow(ctx, command) : Promise.resolve();
  return { status: 201, number: order.number, replayed: false, body: view, started };
}

function rejectUnlessKeyTaken(error: unknown): undefined {
  if (!(error instanceof KeyTaken)) throw error;
}

/** A repeat gives the body that was stored with its first request. */
function replay({ target, answer }: CommandRow): AcceptedOrder {
  return {
    status: 201,
    number: target.split('/')[1] ?? '',
    replayed: true,
    body: answer,
    started: Promise.resolve(),
  };
}
