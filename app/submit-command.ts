import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import type { Actor } from '../contracts/messages.js';
import { prepareOnce } from '../db/prepare-once.js';
import { commands } from '../db/schema/index.js';
import type { AppContext } from './context.js';
import { deliverCommand, refusalError, settleCommand } from './deliver-command.js';
import { isErrorCode } from './errors.js';
import { type CommandRow, findRepeated, type RequestIdentity, requestColumns } from './idempotency.js';
import { principalRef } from './principal.js';

/** How long a caller waits for the workflow's answer before it gets 202 (design §3.2). */
const ANSWER_WITHIN_MS = 2_000;

/** The update's result, or where to ask for it later. */
export type CommandAnswer =
  | { status: 200; body: unknown }
  | { status: 202; location: string; body: { id: string; state: 'pending' } };

export interface CommandRequest extends RequestIdentity {
  /** Workflow id. */
  target: string;
  /** The update's name. */
  name: string;
  /** The message without its envelope. */
  message: Record<string, unknown>;
  /** The body as it was read, where that is stored; what came tells repeats, so it stays the body. */
  form?: unknown;
}

const given = (column: string) => sql.placeholder(column);

const insertUpdate = prepareOnce((db) =>
  db
    .insert(commands)
    .values({
      id: given('id'),
      key: given('key'),
      credentialId: given('credentialId'),
      route: given('route'),
      bodyHash: given('bodyHash'),
      principal: given('principal'),
      credential: given('credential'),
      kind: 'update',
      target: given('target'),
      name: given('name'),
      body: given('body'),
      payload: given('payload'),
      state: 'pending',
      createdAt: given('createdAt'),
    })
    .onConflictDoNothing()
    .returning()
    .prepare('insert-update'),
);

/**
 * Puts an update on the record and tries to deliver it at once. From the insert on it is accepted and survives
 * anything: what is not delivered now, the relay delivers, with the same id. A repeat of the same request gives the
 * first one's answer. Throws the refusal as AppError.
 */
export async function submitCommand(ctx: AppContext, request: CommandRequest): Promise<CommandAnswer> {
  const repeated = await findRepeated(ctx.db, request);
  if (repeated) return answerOf(repeated);
  const at = ctx.now().toISOString();
  const id = randomUUID();
  const actor: Actor = {
    principal: principalRef(request.principal),
    credential: request.principal.credential,
  };
  const [command] = await insertUpdate(ctx.db).execute({
    id,
    ...requestColumns(request),
    target: request.target,
    name: request.name,
    body: request.form ?? request.body,
    payload: { ...request.message, id, actor, at },
    createdAt: at,
  });
  if (!command) {
    const winner = await findRepeated(ctx.db, request);
    if (!winner) throw new Error('a repeated request lost its first one');
    return answerOf(winner);
  }
  const delivery = await deliverCommand(ctx, command, ANSWER_WITHIN_MS);
  // What the workflow did has settled the command in the same transaction; a refusal may not have got that far.
  if (delivery.state === 'done') return { status: 200, body: delivery.result };
  await settleCommand(ctx, id, delivery);
  if (delivery.state === 'refused') throw refusalError(delivery);
  ctx.log.warn({ command: id, error: delivery.error }, 'update is left to the relay');
  return later(id);
}

/** The stored answer of a command, or where it will be. */
export function answerOf(command: CommandRow): CommandAnswer {
  if (command.state === 'pending') return later(command.id);
  const result = command.result as { code?: string; detail?: string } | null;
  if (command.state === 'refused' && isErrorCode(result?.code)) {
    throw refusalError({ code: result.code, detail: result.detail ?? '' });
  }
  return { status: 200, body: command.result };
}

function later(id: string): CommandAnswer {
  return { status: 202, location: `/v1/commands/${id}`, body: { id, state: 'pending' } };
}

/** One command's row by id. */
export async function findCommand(ctx: Pick<AppContext, 'db'>, id: string): Promise<CommandRow | undefined> {
  const [row] = await ctx.db.select().from(commands).where(eq(commands.id, id));
  return row;
}
