import type { CommandView } from '../contracts/http-tasks.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { holdsRole, type Principal } from './principal.js';
import { COMMAND_ROLES } from './read-rights.js';
import { findCommand } from './submit-command.js';

/**
 * How a command came out. Only who gave it sees it, and managers and ops; for anybody else it is not there. Throws
 * `not-found`.
 */
export async function getCommand(
  ctx: Pick<AppContext, 'db'>,
  id: string,
  viewer: Principal,
): Promise<CommandView> {
  const command = await findCommand(ctx, id);
  const isOwn = command?.credentialId === viewer.credentialId || command?.principal === viewer.id;
  if (!command || !(isOwn || holdsRole(viewer, COMMAND_ROLES))) {
    throw new AppError('not-found', `there is no command ${id}`);
  }
  const { kind, name, target, state, status, attempts, createdAt, settledAt } = command;
  const refusal =
    state === 'refused' || state === 'failed'
      ? (command.result as { code?: string; detail?: string } | null)
      : null;
  return {
    id: command.id,
    kind,
    name,
    order: numberOf('order', target),
    incident: numberOf('incident', target),
    state,
    status,
    result: state === 'done' ? (command.result ?? null) : null,
    refusal: refusal && { code: refusal.code ?? 'internal', detail: refusal.detail ?? '' },
    attempts,
    createdAt,
    settledAt,
  };
}

/** The number in the id of a process of one kind, `order/SO-20261124-0001`; null for another kind's. */
function numberOf(kind: string, target: string): string | null {
  const [first, number] = target.split('/');
  return first === kind && number ? number : null;
}
