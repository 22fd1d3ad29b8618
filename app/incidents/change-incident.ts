import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import { findRepeated } from '../idempotency.js';
import { holdsRole, type Principal } from '../principal.js';
import { answerOf, type CommandAnswer, submitCommand } from '../submit-command.js';
import { findRunningIncident } from './find-running-incident.js';
import {
  allowedBy,
  INCIDENT_CHANGES,
  type IncidentChangeName,
  type IncidentForms,
} from './incident-change.js';

export interface ChangeIncidentRequest<N extends IncidentChangeName> {
  principal: Principal;
  number: string;
  form: IncidentForms[N];
  idempotencyKey?: string | undefined;
}

/**
 * What a person does to an incident as a whole (P03.3, P11.1, P12.2): each is a command to its process. What can be told
 * at once is told at once; the record transaction has the last word. Throws `not-found`, `incident-ended`, `forbidden`,
 * `invalid-input` by the field, `task-not-open`, and the workflow's `wrong-phase`.
 */
export async function changeIncident<N extends IncidentChangeName>(
  ctx: AppContext,
  name: N,
  { principal, number, form, idempotencyKey }: ChangeIncidentRequest<N>,
): Promise<CommandAnswer> {
  const route = `POST /v1/incidents/${number}/${name}`;
  const identity = { principal, route, key: idempotencyKey, body: form };
  const repeated = await findRepeated(ctx.db, identity);
  if (repeated) return answerOf(repeated);
  const incident = await findRunningIncident(ctx, number);
  const { roles, people } = allowedBy(name, incident, form);
  const isNamed = principal.kind === 'person' && people.includes(principal.id);
  if (!isNamed && !holdsRole(principal, roles)) {
    throw new AppError('forbidden', `its owner or ${[...new Set(roles)].join(', ')} may do this`);
  }
  const change = INCIDENT_CHANGES[name];
  await change.check?.(incident, form, ctx.db);
  return submitCommand(ctx, {
    ...identity,
    target: `incident/${number}`,
    name: change.update,
    message: change.message(form),
  });
}
